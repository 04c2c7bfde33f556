/** Every page, and every dead end, as somebody meets it. A page that is missing here is named by a test. */
import { asLocalDate, asPersonId } from '../../domain/ids.ts';
import { asse, londerzeel, meise, type SampleName, wemmel } from './sample-paths.ts';
import type { Visitor } from './visitor.ts';
import type { SampleWorld } from './world.ts';

export interface PageSample {
  /** Stable: the gallery's file is named after it. */
  name: string;
  group: 'municipality' | 'dead-end' | 'coordinator' | 'account';
  /** Goes to the page. */
  visit: (world: SampleWorld) => Promise<Visitor>;
}

/** The mail in the mailbox, by the name of its file. */
export const SAMPLE_MAIL = '1936080000000-000000000001';
const ANSWERING = '2031-05-12T08:00:00.000Z';
const INTENT = 'antwoord-declaration-of-intent';
const who = { name: 'An Peeters', function: 'secretariaat' };

/** A contact of a municipality who follows the link in a mail, and goes on from there. */
function asContact(
  name: string,
  go: {
    path?: SampleName;
    party?: typeof wemmel;
    at?: string;
    to?: string;
    then?: (visitor: Visitor) => Promise<void>;
  },
  group: PageSample['group'] = 'municipality',
): PageSample {
  const { path = 'asked', party = wemmel, at = ANSWERING, to = '', then } = go;
  return {
    ...{ name, group },
    visit: async (world) => {
      world.setTime(at);
      const visitor = world.visitor();
      await visitor.get(await world.link(path, party));
      const home = `/m/p/${world.paths[path].id}/${party.slice('nis:'.length)}`;
      if (to !== '') await visitor.get(`${home}${to}`);
      await then?.(visitor);
      return visitor;
    },
  };
}

/** Somebody who has signed in and opens an address. */
function signedIn(
  name: string,
  url: string,
  then?: (visitor: Visitor) => Promise<void>,
  role: 'coordinator' | 'administrator' | 'stranger' = 'coordinator',
): PageSample {
  return {
    ...{ name, group: role === 'stranger' ? 'dead-end' : 'coordinator' },
    visit: async (world) => {
      world.setTime('2031-06-04T08:00:00.000Z');
      const visitor = world.visitor();
      const link = await world.signInLink(role);
      await visitor.get(link);
      await visitor.submit(link, {});
      await visitor.get(url);
      await then?.(visitor);
      return visitor;
    },
  };
}

/** Somebody without anything. */
const open = (name: string, group: PageSample['group'], url: string): PageSample => ({
  ...{ name, group },
  visit: async (world) => {
    world.setTime(ANSWERING);
    const visitor = world.visitor();
    await visitor.get(url);
    return visitor;
  },
});

const linkThat = (name: string, changed: Parameters<SampleWorld['link']>[2]): PageSample => ({
  ...{ name, group: 'dead-end' },
  visit: async (world) => {
    world.setTime(ANSWERING);
    const visitor = world.visitor();
    await visitor.get(await world.link('asked', wemmel, changed));
    return visitor;
  },
});

/** Somebody who opens the address at the end of a digest. */
const digestPage = (name: string, then?: (visitor: Visitor, link: string) => Promise<void>): PageSample => ({
  ...{ name, group: 'account' },
  visit: async (world) => {
    const visitor = world.visitor();
    const link = await world.digestLink();
    await visitor.get(link);
    await then?.(visitor, link);
    return visitor;
  },
});

const path = '/paden/noordrand-2033';
const ask = (decision: string, party: string): string => `${path}/beslissingen/${decision}/${party}`;

const municipality: PageSample[] = [
  asContact('vraag', {}),
  asContact('vraag-fout', { then: (visitor) => visitor.submit(INTENT, { answer: 'approved', ...who }) }),
  asContact('vraag-geagendeerd', { party: asse }),
  asContact('vraag-na-zitting', { party: asse, at: '2031-05-27T08:00:00.000Z' }),
  asContact('vraag-opnieuw', { path: 'underWay', at: '2031-06-04T08:00:00.000Z' }),
  asContact('vraag-verdaagd', { path: 'underWay', party: meise, at: '2031-06-04T08:00:00.000Z' }),
  asContact('vraag-te-laat', { at: '2031-07-02T08:00:00.000Z' }),
  asContact('antwoord-genoteerd', {
    path: 'underWay',
    party: asse,
    at: '2031-06-04T08:00:00.000Z',
    to: '?genoteerd=1',
  }),
  asContact('traject-gepauzeerd', { path: 'paused' }),
  asContact('traject-afgelopen', { path: 'ended', at: '2033-02-01T08:00:00.000Z' }),
  asContact('zittingen', { to: '/zittingen' }),
  asContact('gegevens', { to: '/gegevens' }),
  asContact('gegevens', { to: '/gegevens' }),
  asContact('collega', { to: '/collega' }),
  asContact('collega-doorgegeven', { then: (visitor) => visitor.get('/m/doorgegeven') }),
  asContact('opnieuw-proberen', {
    then: (visitor) => visitor.submit(INTENT, { answer: 'scheduled', 'scheduled.date': '2031-06-24', ...who }),
  }),
];

const deadEnds: PageSample[] = [
  asContact('formulier-te-oud', { then: (visitor) => visitor.submit(INTENT, { _form: '' }) }, 'dead-end'),
  open('link-klopt-niet', 'dead-end', '/m/abc.def.ghi'),
  linkThat('link-verlopen', { expires: asLocalDate('2020-01-01') }),
  linkThat('link-werkt-niet-meer', { person: asPersonId('noordrand-gevraagd.999') }),
  open('link-zonder-cookie', 'dead-end', '/m/p/noordrand-gevraagd/23102'),
  asContact('gemeente-neemt-niet-deel', { path: 'smaller' }, 'dead-end'),
  asContact('gemeente-gefuseerd', { path: 'smaller', party: londerzeel }, 'dead-end'),
  open('code-typen', 'municipality', '/m/code'),
  open('pagina-bestaat-niet', 'dead-end', '/bestaat-niet'),
  open('aanmelden-nodig', 'dead-end', path),
  open('aanmeldlink-klopt-niet', 'dead-end', '/aanmelden/abc'),
  signedIn('regio-van-iemand-anders', path, undefined, 'stranger'),
  signedIn('traject-onbekend', '/paden/bestaat-niet', undefined, 'stranger'),
];

/** A path that is being prepared: rows from a spreadsheet. */
const begin = (visitor: Visitor): Promise<void> => visitor.submit('/starten', {});

async function pasted(visitor: Visitor): Promise<void> {
  await begin(visitor);
  const what = { partnership: 'Cultuur Zennevallei', coordinatorName: 'Lore Van Nuffel', route: 'continue-existing' };
  await visitor.submit('wat', { round: 'igs-cultuur-2033', ...what });
  const rows = ['Asse;Griet Moortgat;griet@example.org;diensthoofd;;14500;vierde maandag', 'Meise'];
  await visitor.submit('plak', { rows: rows.join('\n') });
}

const coordinator: PageSample[] = [
  signedIn('overzicht', '/'),
  signedIn('bellen', '/bellen'),
  signedIn('komende-weken', '/komende-weken'),
  signedIn('traject', path),
  signedIn('traject-genoteerd', `${path}?gedaan`),
  signedIn('traject-gepauzeerd-coordinator', '/paden/noordrand-pauze'),
  signedIn('traject-toegekend', '/paden/noordrand-toegekend'),
  signedIn('beslissing', ask('declaration-of-intent', wemmel)),
  signedIn('beslissing-verdaagd', ask('declaration-of-intent', meise)),
  signedIn('beslissing-goedgekeurd', ask('declaration-of-intent', asse)),
  signedIn('gemeente', `${path}/gemeenten/${wemmel}`),
  signedIn('voorwaarden', `${path}/voorwaarden`),
  signedIn('voorwaarden-wat-als', `${path}/voorwaarden?zonder=${wemmel}`),
  signedIn('beheer', `${path}/beheer`),
  signedIn('mails', `${path}/mails`),
  signedIn('post', `${path}/post`),
  signedIn('post-mail', `${path}/post`, (visitor) => visitor.follow(/href="([^"]*\/post\/[^"]+)"/)),
  signedIn('teksten', `${path}/teksten`),
  signedIn('tekst', `${path}/teksten/declaration-of-intent`),
  signedIn('wijzigingen', `/paden/noordrand-kleiner/beslissingen/declaration-of-intent/${asse}/wijzigingen`),
  signedIn('logboek', `${path}/logboek`),
  signedIn('muur', `${path}/muur`),
  signedIn('dossier', `${path}/dossier`),
  signedIn('notities', `${path}/notities`),
  signedIn('notitie-ontbreekt', `${path}/notities`, (visitor) => visitor.submit('notitie', { text: '' })),
  signedIn('delen', `${path}/delen`),
  signedIn('regio-lezen', '/regio/noordrand-2033'),
  signedIn('bekijk-eerst', `${path}/beheer`, (visitor) =>
    visitor.submit('move-deadline', {
      ...{ item: 'declaration-of-intent', to: '2031-09-30', reason: 'De tekst is later klaar.' },
      _preview: '1',
    }),
  ),
  signedIn('gemeenten', '/gemeenten'),
  signedIn('gemeenten-een', `/gemeenten/${wemmel.slice('nis:'.length)}`),
  signedIn('overdracht', '/overdracht', (visitor) =>
    visitor.submit('plak', { rows: 'Wemmel;Ilse Claes;ilse.claes@example.org;algemeen directeur\nAssee;Jan' }),
  ),
  signedIn('starten', '/starten'),
  signedIn('starten-waarover', '/starten', begin),
  signedIn('starten-wie', '/starten', pasted),
  signedIn('starten-vooruitblik', '/starten', async (visitor) => {
    await pasted(visitor);
    await visitor.follow(/href="([^"]*\/vooruitblik)"/);
  }),
  signedIn('mailbox', '/mailbox'),
  signedIn('mailbox-mail', `/mailbox/${SAMPLE_MAIL}`),
];

const account: PageSample[] = [
  open('aanmelden', 'account', '/aanmelden'),
  open('aanmelden-verstuurd', 'account', '/aanmelden/verstuurd'),
  {
    ...{ name: 'aanmelden-bevestigen', group: 'account' },
    visit: async (world) => {
      const visitor = world.visitor();
      await visitor.get(await world.signInLink('coordinator'));
      return visitor;
    },
  },
  digestPage('weekoverzicht-stoppen'),
  digestPage('weekoverzicht-gestopt', (visitor, link) => visitor.submit(link, {})),
  open('toegankelijkheid', 'account', '/toegankelijkheid'),
  signedIn('account', '/account'),
  signedIn('accounts', '/accounts', undefined, 'administrator'),
  signedIn('accounts-een', '/accounts', (visitor) => visitor.follow(/href="(\/accounts\/[^"]+)"/), 'administrator'),
  signedIn('account-token-gemaakt', '/account', (visitor) =>
    visitor.submit('token', { name: 'Maandrapport', role: 'reader', until: '2031-09-01' }),
  ),
  signedIn('overzicht-leeg', '/', undefined, 'stranger'),
];

export const pageSamples: PageSample[] = [...municipality, ...deadEnds, ...coordinator, ...account];
