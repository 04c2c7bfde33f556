/** Every page of the application, for the role for whom it is the most work, in a world with many paths. */
import { tableNames } from '../client/exports/tables.ts';
import { formats } from '../client/exports/write.ts';
import { asLocalDate, asPartyId, type PathId } from '../domain/ids.ts';
import type { Browser } from '../test/web/harness.ts';
import { type BusyWorld, KRAAINEM } from './busy-world.ts';
import type { Page } from './measure.ts';

const NIS = '23102';
const INTENT = 'declaration-of-intent';

interface People {
  administrator: Browser;
  /** Of all paths. */
  coordinator: Browser;
  /** The contact of one municipality, of each path. */
  contact: Browser;
}

export async function everyPage(world: BusyWorld): Promise<Page[]> {
  const people: People = {
    administrator: await world.signIn('administrator'),
    coordinator: await world.signIn('coordinator'),
    contact: world.visitor(),
  };
  return [
    ...listPages(world, people),
    ...(await startPages(people)),
    ...(await linkPages(world, people)),
    ...(await pathPages(world, people)),
  ];
}

/** Those about all regions; most of them show all to an administrator, and more of each to who coordinates them. */
function listPages({ account }: BusyWorld, { administrator, coordinator }: People): Page[] {
  const page = (url: string, browser = administrator, name = url): Page => ({ name, browser, urls: [url] });
  return [
    ...['/', '/komende-weken', '/bellen', '/gemeenten'].flatMap((url) => [
      page(url),
      page(url, coordinator, `${url} coordinator`),
    ]),
    page('/?zoek=wemmel', administrator, '/ search'),
    page(`/gemeenten/${KRAAINEM}`, administrator, '/gemeenten/:nis'),
    page(`/gemeenten/${NIS}`, administrator, '/gemeenten/:nis in all paths'),
    page('/overdracht', coordinator),
    page('/overdracht/aanspreekpunten.csv?traject=regio-1', coordinator, '/overdracht/aanspreekpunten.csv'),
    page('/accounts'),
    page(`/accounts/${account}`, administrator, '/accounts/:id'),
    page('/account', coordinator),
    ...['/toegankelijkheid', '/aanmelden/verstuurd', '/m/doorgegeven', '/m/code'].map((url) => page(url)),
    ...tableNames.flatMap((table) =>
      formats.map((format) =>
        // People are taken out one region at a time.
        page(
          `/uitvoer/${table}.${format}${table === 'personen' ? '?pad=regio-1' : ''}`,
          coordinator,
          `/uitvoer/${table}.${format}`,
        ),
      ),
    ),
  ];
}

const rows = [
  'Gemeente\tNaam\tMail',
  ...'Affligem,Asse,Kapelle-op-den-Bos,Liedekerke,Londerzeel,Meise,Merchtem'.split(','),
]
  .concat('Opwijk,Ternat,Wemmel,Grimbergen,Vilvoorde,Machelen'.split(','))
  .map((line, index) => (index === 0 ? line : `${line}\tAn Peeters\tan${String(index)}@example.org`));

/** A region that is being prepared, with thirteen municipalities. */
async function startPages({ coordinator }: People): Promise<Page[]> {
  await coordinator.get('/starten');
  const form = coordinator.forms().find(({ fields }) => fields['path'] === 'igs-cultuur');
  if (form === undefined) throw new Error('nothing can be started');
  await coordinator.post(form.action, form.fields);
  await coordinator.submit('wat', { partnership: 'Cultuur Zennevallei', route: 'continue-existing' });
  await coordinator.submit('plak', { rows: rows.join('\n') });
  const draft = coordinator.url.replace(/\/gemeenten.*$/, '');
  return ['', '/gemeenten', '/vooruitblik']
    .map((part): Page => ({ name: `/starten/:draft${part}`, browser: coordinator, urls: [`${draft}${part}`] }))
    .concat({ name: '/starten', browser: coordinator, urls: ['/starten'] });
}

/** Those that open with a link and no account. */
async function linkPages({ links, store, paths, account }: BusyWorld, { contact }: People): Promise<Page[]> {
  const tokens: string[] = [];
  for (const path of paths) {
    const state = await store.snapshots.snapshot(path);
    const party = state?.parties[asPartyId(`nis:${NIS}`)];
    if (party?.contact === undefined) continue;
    const { id, contact: person, linkGeneration: generation } = party;
    const expires = asLocalDate('2099-12-31');
    tokens.push(`/m/${await links.contactToken({ path, party: id, person, generation, expires })}`);
  }
  for (const token of tokens) await contact.get(token);
  const calendar = await links.privateToken({ purpose: 'calendar', id: account, generation: 0 });
  const lookers: string[] = [];
  for (const path of paths) {
    await store.regionShares.open(path, account);
    const generation = (await store.regionShares.shareOf(path))?.generation ?? 1;
    lookers.push(`/lezen/${await links.privateToken({ purpose: 'region', id: path, generation })}`);
  }
  return [
    { name: '/m/:token', browser: contact, urls: tokens },
    ...['', '/gegevens', '/collega', '/zittingen'].map((part): Page => ({
      ...{ name: `/m/p/:path/:nis${part}`, browser: contact },
      urls: paths.map((path) => `/m/p/${path}/${NIS}${part}`),
    })),
    { name: '/lezen/:token', browser: contact, urls: lookers },
    { name: '/agenda/:token all regions', browser: contact, urls: [`/agenda/${calendar}.ics`] },
    { name: '/digest/:token', browser: contact, urls: [new URL(await links.digestUrl(account)).pathname] },
  ];
}

async function pathPages(world: BusyWorld, { coordinator, administrator }: People): Promise<Page[]> {
  const { paths, touch } = world;
  const mails = await firstMails(world, coordinator);
  const page = (name: string, urlOf: (path: PathId) => string | undefined, browser = coordinator): Page => ({
    ...{ name, browser },
    urls: paths.flatMap((path) => urlOf(path) ?? []),
  });
  const party = `nis:${NIS}`;
  const below = (part: string, of = part): Page =>
    page(`/paden/:path${part}`, (path) => `/paden/${path}${of.replace(':decision', INTENT).replace(':party', party)}`);
  const known = [
    ...['', '/voorwaarden', '/beheer', '/teksten', '/post', '/mails', '/logboek', '/muur', '/notities', '/delen'],
    ...[
      '/dossier',
      '/gemeenten/:party',
      '/beslissingen/:decision/:party',
      '/beslissingen/:decision/:party/wijzigingen',
    ],
    ...['/teksten/:decision', '/teksten/:decision/sjabloon', '/dossier/overzicht.pdf'],
    ...['/dossier/archief.zip', '/dossier/kiosk.zip'],
  ].map((part) => below(part));
  const drafts = ['voorbeeld', 'ontwerp'].map((file) =>
    below(`/teksten/:decision/${file}/:party/:version`, `/teksten/:decision/${file}/:party/1`),
  );
  const mail = ['', '/html'].map((part) =>
    page(`/paden/:path/post/:mail${part}`, (path) => mails.get(path)?.concat(part)),
  );
  const region = page('/regio/:path', (path) => `/regio/${path}`, administrator);
  const settled = [...known, ...drafts, ...mail, region];
  // Nothing that was worked out earlier holds any more, as after an answer that came in this very moment.
  const heavy = settled.filter(({ name }) => /:path(\/post|\/gemeenten\/:party|\/dossier|\/muur)?$/.test(name));
  const changed = heavy.map((each): Page => ({ ...each, name: `${each.name} just changed`, before: touch }));
  return [...settled, ...changed];
}

/** The page of a mail to come, of each path that has one. */
async function firstMails({ paths }: BusyWorld, browser: Browser): Promise<Map<PathId, string>> {
  const found = new Map<PathId, string>();
  for (const path of paths) {
    await browser.get(`/paden/${path}/post`);
    const [address] = /\/paden\/[^/"]+\/post\/[0-9a-f]{16}(?=")/.exec(browser.html) ?? [];
    if (address !== undefined) found.set(path, address);
  }
  return found;
}
