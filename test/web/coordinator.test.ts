import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RefusedError, UnavailableError } from '../../client/path-client.ts';
import type { Command } from '../../domain/commands.ts';
import { asLocalDate, type PartyId } from '../../domain/ids.ts';
import {
  ASSE,
  type Browser,
  createHarness,
  type Harness,
  PATH,
  request,
  startPath,
  WEMMEL,
  ZAVENTEM,
} from './harness.ts';

const ASKED = 'declaration-of-intent';
const home = `/paden/${PATH}`;
let harness: Harness;
let browser: Browser;

beforeEach(async () => {
  harness = await createHarness();
  await startPath(harness.store, harness.paths);
  browser = await harness.signIn('coordinator');
});
afterEach(() => harness.close());

const said = (party: PartyId, answer: 'approved' | 'rejected' | 'approved-with-changes'): Command => ({
  type: 'answer',
  data: { party, decision: ASKED, answer, on: asLocalDate('2031-02-11'), changes: 'Artikel 3' },
});
const askOf = (party: PartyId) =>
  harness.state().asks[`${ASKED}/${party}` as keyof ReturnType<Harness['state']>['asks']];
const askPage = (party: PartyId): string => `${home}/beslissingen/${ASKED}/${party}`;

describe('the overview', () => {
  test('shows each region by steps, what counts now and how many answers there are', async () => {
    expect(browser.text).toContain('Mijn regio: niets vraagt nu uw keuze');
    await request(harness, ASKED);
    await harness.tell(said(ASSE, 'approved'));
    await harness.tell(said(WEMMEL, 'rejected'));
    await browser.get('/');
    expect(browser.text).toContain('Mijn regio: 1 vraagt nu uw keuze');
    expect(browser.text).toContain('Wemmel keurde af: intentieverklaring. Opnieuw vragen of verder zonder?');
    expect(browser.text).toContain('1/3');
    expect(browser.text).toContain('nog 414 dagen');
  });
});

describe('running a path from its pages', () => {
  test('a task is ticked with one button, and opened again with a reason', async () => {
    await browser.get(home);
    await browser.submit('complete-task-own-time', {});
    expect(browser.url).toContain('gedaan');
    expect(harness.state().tasks['own-time']).toMatchObject({
      on: '2031-02-12',
      by: { kind: 'coordinator', via: 'web' },
    });
    await browser.get(`${home}/beheer`);
    await browser.submit('reopen-task', { task: 'own-time', reason: 'Te vroeg' });
    expect(harness.state().tasks['own-time']).toBeUndefined();
  });

  test('a decision is sent when it is ready', async () => {
    await request(harness, 'statement-of-commitment');
    await browser.get(home);
    await browser.submit(`request-${ASKED}`, {});
    expect(askOf(WEMMEL)?.status).toBe('requested');
    expect(browser.text).toContain('3 zittingen');
  });

  test('an answer is entered for a municipality, by whom it came, and marked "namens"', async () => {
    await request(harness, ASKED);
    await browser.get(askPage(WEMMEL));
    expect(browser.text).not.toContain('U hoort ons pas na de zitting');
    await browser.submit(`antwoord-${ASKED}`, {
      ...{ answer: 'approved', 'approved.session': 'other', 'approved.date': '2031-02-11' },
      ...{ name: 'An Peeters', function: 'secretariaat' },
    });
    expect(askOf(WEMMEL)?.answer?.by).toMatchObject({ kind: 'coordinator', onBehalfOf: WEMMEL });
    expect(browser.text).toContain(
      'Fien De Smet (coördinator), namens Wemmel, op zeggen van An Peeters (secretariaat)',
    );
    await browser.get(home);
    expect(browser.text).toMatch(/✓ 11 feb\S* namens/);
    await browser.get(askPage(WEMMEL));
    await browser.submit(`verbetering-${ASKED}`, {
      ...{
        answer: 'rejected',
        'rejected.session': 'other',
        'rejected.date': '2031-02-11',
        because: 'Verkeerd gelezen',
      },
    });
    expect(askOf(WEMMEL)?.status).toBe('rejected');
  });

  test('what the law makes of a decision is told, and a complaint starts its term again', async () => {
    await request(harness, ASKED);
    await browser.get(askPage(WEMMEL));
    expect(browser.text).toContain('De oproeping vertrekt minstens 8 volle dagen vooraf (artikel 19)');
    expect(browser.text).toMatch(/De administratie heeft de tekst het best tegen \d+ mei/);
    expect(browser.forms().map(({ id }) => id)).not.toContain('record-complaint');
    await harness.tell(said(WEMMEL, 'approved'));
    await browser.get(askPage(WEMMEL));
    // 11 February + 10 days is a Friday; + 30 is Sunday 23 March.
    expect(browser.text).toContain('uiterlijk op 21 februari online (artikelen 285-287)');
    expect(browser.text).toContain('vernietigen tot 24 maart');
    await browser.submit('record-complaint', { on: '2031-02-12' });
    expect(askOf(WEMMEL)).toMatchObject({ status: 'approved', complaintOn: '2031-02-12' });
    expect(browser.text).toContain('Na de klacht van 12 februari loopt die termijn opnieuw');
    expect(browser.text).toContain('Klacht bij de toezichthouder op 12 februari 2031');
  });

  test('texts that can be sent say by when every administration needs them', async () => {
    await request(harness, 'statement-of-commitment');
    await browser.get(home);
    expect(browser.text).toMatch(/Elke administratie heeft haar voorbereidingstijd als de tekst er tegen \d+ \w+ is/);
    harness.setTime('2031-06-20T10:00:00.000Z');
    browser = await harness.signIn('coordinator');
    await browser.get(home);
    expect(browser.text).toContain('moest de tekst er op 6 mei al zijn');
  });

  test('a council that will have no session in time is said months ahead, on the overview and on the page of the region', async () => {
    const dates = ['2031-02-25', '2031-07-08'].map(asLocalDate);
    await harness.tell({
      type: 'change-party',
      data: { party: WEMMEL, sessions: { council: { dates: [...dates, asLocalDate('2031-05-13')] } } },
    });
    const late = asLocalDate('2031-04-30');
    await harness.tell({ type: 'move-deadline', data: { item: 'representatives', to: late, reason: 'Vroeger nodig' } });
    await browser.get(home);
    expect(browser.text).toMatch(/U kunt de aanduiding vertegenwoordigers .* vragen; nodig tegen 30 april\./);
    expect(browser.text).toContain('Wemmel (volgende op 13 mei)');
    await browser.get('/');
    expect(browser.text).toMatch(/Wemmel heeft geen zitting op tijd voor: .* \(nodig tegen 30 (april|juni)\)/);
  });

  test('dates that come before a decision can be asked are said once, not for every council, and nobody is on course', async () => {
    const soon = asLocalDate('2031-02-28');
    await harness.tell({
      type: 'move-deadline',
      data: { item: 'declaration-of-intent', to: soon, reason: 'Vroeger nodig' },
    });
    await browser.get(home);
    expect(browser.text).toContain(
      'Datums die niet meer lukken Intentieverklaring: nodig tegen 28 februari 2031, maar',
    );
    expect(browser.text).not.toContain('Geen zitting op tijd');
    expect(browser.text).toContain('0 van 3 gemeenten op koers');
    expect(browser.text).toContain('intentieverklaring: datum te vroeg');
    expect(browser.html).toContain(`${home}/beheer#move-deadline`);
    await browser.get('/');
    expect(browser.text).toContain('Deze datum lukt niet meer: intentieverklaring (28 februari 2031)');
  });

  test('a day in another year is told with its year', async () => {
    await browser.get(home);
    expect(browser.text).toMatch(/cultuurnota: vanaf \d+ \w+ 2032/);
  });

  test('a page for the wall is one click away, for who may see the region only', async () => {
    await browser.get(home);
    expect(browser.html).toContain(`${home}/muur`);
    await browser.get(`${home}/muur`);
    expect(browser.status).toBe(200);
    expect(browser.text).toContain('De laatste zitting die op tijd komt');
    expect(browser.html).toContain('/assets/wall.css');
    const stranger = await harness.signIn('coordinator', 'anders@example.org');
    await stranger.get(`${home}/muur`);
    expect(stranger.status).toBe(403);
  });

  test('a body that exists once answers through the coordinator', async () => {
    await browser.get(`${home}/beslissingen/culture-plan-board/board`);
    await browser.submit('antwoord-culture-plan-board', {
      ...{ answer: 'approved', 'approved.session': 'other', 'approved.date': '2031-02-11' },
    });
    expect(browser.text).toContain('namens raad van bestuur');
  });

  test('changes are accepted, or the text is asked again of one or of all', async () => {
    await request(harness, ASKED);
    for (const party of [ASSE, WEMMEL]) await harness.tell(said(party, 'approved-with-changes'));
    await harness.tell(said(ZAVENTEM, 'approved'));
    await browser.get(home);
    expect(browser.text).toContain('Asse keurde goed met wijzigingen');
    await browser.get(askPage(ASSE));
    await browser.submit('accept-changes', {});
    expect(askOf(ASSE)?.status).toBe('approved');
    await browser.get(askPage(WEMMEL));
    await browser.submit('request', {});
    expect(askOf(WEMMEL)).toMatchObject({ status: 'requested', attempt: 2 });
    await harness.tell(said(WEMMEL, 'rejected'));
    await browser.get(askPage(WEMMEL));
    await browser.submit('request-all', {});
    expect(askOf(ZAVENTEM)).toMatchObject({ status: 'requested', textVersion: 2 });
  });

  test('after a rejection the region goes on without that municipality', async () => {
    await request(harness, ASKED);
    await harness.tell(said(WEMMEL, 'rejected'));
    await browser.get(askPage(WEMMEL));
    await browser.submit('remove-party', { reason: 'De raad stapt niet mee' });
    expect(browser.status).toBe(422);
    expect(browser.text).toContain('Vink aan dat u dit wilt');
    expect(harness.state().parties[WEMMEL]?.leftOn).toBeUndefined();
    await browser.submit('remove-party', { confirmed: 'ja' });
    expect(harness.state().parties[WEMMEL]?.leftOn).toBe('2031-02-12');
  });

  test('after the rejection of what is not obligatory it is let go of, not the municipality', async () => {
    const optional = harness
      .state()
      .definition.steps.flatMap(({ decisions }) => decisions)
      .find((each) => each.optional)!;
    const data = { party: WEMMEL, decision: optional.key, answer: 'rejected' as const, on: asLocalDate('2031-02-11') };
    await harness.tell({ type: 'answer', data });
    await browser.get(`${home}/beslissingen/${optional.key}/${WEMMEL}`);
    const ids = browser.forms().map(({ id }) => id);
    expect(ids).toContain('waive');
    expect(ids).not.toContain('remove-party');
  });

  test('only dates that lie ahead can be moved', async () => {
    await browser.get(`${home}/beheer`);
    const select = /<select[^>]*name="item"[\s\S]*?<\/select>/.exec(browser.html)![0];
    expect(select).toContain('value="closesOn"');
    expect(select).not.toContain('value="installedOn"');
  });

  test('a deadline is moved with a reason, for all or for one', async () => {
    await request(harness, ASKED);
    await browser.get(`${home}/beheer`);
    await browser.submit('move-deadline', { item: ASKED, to: '2031-09-30' });
    expect(browser.status).toBe(422);
    expect(browser.text).toContain('Reden: Vul dit in');
    await browser.submit('move-deadline', { reason: 'De tekst kwam later' });
    expect(harness.state().moved[ASKED]).toMatchObject({ to: '2031-09-30', reason: 'De tekst kwam later' });
    await browser.get(askPage(WEMMEL));
    await browser.submit('move-deadline', { to: '31-10-2031', reason: 'Extra zitting' });
    expect(browser.text).toContain('Nodig tegen 31 oktober 2031');
  });

  test('handing in and the decision are noted, and the contacts hear of it', async () => {
    for (const decision of [
      ASKED,
      'representatives',
      'internal-rules',
      'extension',
      'culture-plan-board',
      'culture-plan',
    ]) {
      for (const party of decision.endsWith('board') || decision === 'internal-rules'
        ? ['board']
        : [ASSE, WEMMEL, ZAVENTEM]) {
        const data = { party: party as PartyId, decision, answer: 'approved' as const, on: asLocalDate('2031-02-11') };
        await harness.tell({ type: 'answer', data });
      }
    }
    await request(harness, 'statement-of-commitment');
    await browser.get(home);
    await browser.submit('record-submission', { number: 'KIOSK-123', on: '12-02-2031' });
    expect(browser.text).toContain('Ingediend in KIOSK op 12 februari 2031, nummer KIOSK-123');
    await browser.submit('record-decision', { outcome: 'granted', on: '2031-02-12', amount: '120.000' });
    expect(harness.state().outcome).toMatchObject({ outcome: 'granted', amount: 120_000 });
    expect(browser.text).toContain('Subsidie toegekend op 12 februari 2031');
  });

  test('contact, deputy, contribution and sessions of a municipality are kept up to date', async () => {
    const page = `${home}/gemeenten/${WEMMEL}`;
    await browser.get(page);
    await browser.submit('replace-contact', { name: 'Jan', email: 'jan@example.org' });
    await browser.submit('replace-deputy', { name: 'Mia', email: 'mia@example.org', function: 'cultuurdienst' });
    expect(browser.text).toContain('Mia (cultuurdienst)');
    await browser.submit('change-party-contribution', { contribution: '13.500,50' });
    await browser.submit('zittingen-council', { 'council.0': '2031-03-27' });
    const party = harness.state().parties[WEMMEL]!;
    expect(party.contribution).toBe(13_500.5);
    expect(party.sessions['council']!.dates).toEqual(['2031-03-27']);
    expect(await harness.store.people.person(party.contact!)).toMatchObject({ email: 'jan@example.org' });
    await browser.submit('change-party-contribution', { contribution: 'veel' });
    expect(browser.status).toBe(422);
  });

  test('a municipality joins, by a name that exists', async () => {
    await browser.get(`${home}/beheer`);
    const person = { name: 'Jo', email: 'jo@example.org' };
    await browser.submit('add-party', { municipality: 'Atlantis', ...person });
    expect(browser.text).toContain('Deze gemeente kennen we niet');
    await browser.submit('add-party', { municipality: 'Meise', ...person });
    expect(Object.keys(harness.state().parties)).toContain('nis:23050');
  });

  test('a path is paused, resumed, stopped, and opened again by an administrator only', async () => {
    await browser.get(`${home}/beheer`);
    await browser.submit('pause', { reason: 'Verkiezingen' });
    expect(browser.text).toContain('Gepauzeerd: Verkiezingen');
    await browser.submit('resume', {});
    await browser.submit('stop', { reason: 'Te weinig draagvlak' });
    expect(browser.status).toBe(422);
    expect(harness.state().ending).toBeUndefined();
    await browser.submit('stop', { confirmed: 'ja' });
    expect(browser.text).toContain('Alleen een beheerder kan het heropenen');
    const administrator = await harness.signIn('administrator');
    await administrator.get(`${home}/beheer`);
    await administrator.submit('reopen', { reason: 'Toch verder' });
    expect(harness.state().ending).toBeUndefined();
    expect(administrator.text).toContain('Genoteerd');
  });

  test('a refusal is a sentence at the top, and what was filled in stays', async () => {
    await browser.get(`${home}/beheer`);
    await browser.submit('move-deadline', { item: 'closesOn', to: '2032-04-01', reason: 'Zelfde dag' });
    expect(browser.status).toBe(422);
    expect(browser.text).toContain('Dit was al zo; er is niets veranderd');
    expect(browser.html).toContain('Zelfde dag');
  });

  test('a date that cannot be right is refused at its field', async () => {
    await browser.get(`${home}/beheer`);
    harness.paths.failure = new RefusedError({ code: 'date-too-far', detail: { on: '2061-01-10' } });
    await browser.submit('move-deadline', { item: 'closesOn', to: '2061-01-10', reason: 'Uitstel' });
    expect(browser.status).toBe(422);
    expect(browser.html).toContain('id="move-deadline-to-error"');
    expect(browser.html).toMatch(/<title>Fout: Beheer/);
  });

  test('who does not know the weekday of a college leaves it as it is', async () => {
    const before = harness.state().seq;
    await browser.get(`${home}/gemeenten/${WEMMEL}`);
    await browser.submit('zittingen-college', { 'college.weekday': '' });
    expect(browser.status).toBe(200);
    expect(harness.state().seq).toBe(before);
  });

  test('an answer from a page that is out of date is not dropped in silence', async () => {
    await request(harness, ASKED);
    await browser.get(askPage(WEMMEL));
    await harness.tell(said(WEMMEL, 'approved'));
    await browser.submit(`antwoord-${ASKED}`, {
      ...{ answer: 'rejected', 'rejected.session': 'other', 'rejected.date': '2031-02-11' },
    });
    expect(browser.status).toBe(422);
    expect(browser.html).toMatch(/<title>Fout: /);
    expect(browser.text).toContain('Dit is niet genoteerd. Hier is al een beslissing genoteerd');
    expect(browser.text).toContain('Goedgekeurd op 11 februari');
  });

  test('a click that nobody answers is kept and can be sent again', async () => {
    await browser.get(home);
    harness.paths.failure = new UnavailableError('away');
    await browser.submit('complete-task-own-time', {});
    expect(browser.status).toBe(503);
    harness.paths.failure = undefined;
    await browser.submit(0, {});
    expect(harness.state().tasks['own-time']).toBeDefined();
  });
});

describe('what is on record', () => {
  test('the log says who did what and when; the mails say what became of each', async () => {
    await request(harness, ASKED);
    const { contact } = harness.state().parties[WEMMEL]!;
    const mail = { path: PATH, person: contact!, kind: 'request', address: 'secretariaat@example.org' } as const;
    const day = asLocalDate('2031-02-12');
    for (const [outcome, response] of [
      ['accepted', '250 ok'],
      ['refused', '550 no such user'],
    ] as const) {
      await harness.store.ledger.noteAttempt({
        ...{ ...mail, day, outcome, code: response.slice(0, 3), response, at: harness.now() },
        ...{ messageId: `<${outcome}@example.org>`, messageKey: outcome, subject: `Mail ${outcome}` },
      });
    }
    await browser.get(`${home}/mails`);
    expect(browser.text).toContain('Mail accepted');
    expect(browser.text).toMatch(/geweigerd door de mailserver .* 550 no such user/);
    expect(browser.text).toContain('Vertrekt op');
    await browser.get(`${home}/logboek`);
    expect(browser.text).toContain('Gevraagd: intentieverklaring (tekst 1) aan 3 gemeenten');
    expect(browser.text).toContain('Fien De Smet (coördinator)');
    expect(browser.text).toContain('Traject gestart met 3 gemeenten');
  });
});
