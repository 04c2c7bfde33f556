import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RefusedError, UnavailableError } from '../../client/path-client.ts';
import { createHarness, type Harness, PATH, request, startPath, WEMMEL, ASSE } from './harness.ts';
import { type asLocalDate } from '../../domain/ids.ts';

const ASKED = 'declaration-of-intent';
const FORM = `antwoord-${ASKED}`;
const who = { name: 'An Peeters', function: 'secretariaat' };
let harness: Harness;

beforeEach(async () => {
  harness = await createHarness();
  await startPath(harness.store, harness.paths);
  await request(harness, ASKED);
});
afterEach(() => harness.close());

const wemmel = () => harness.state().asks[`${ASKED}/${WEMMEL}` as keyof ReturnType<Harness['state']>['asks']];

describe('the page behind the link', () => {
  test('says what is asked, which session still makes it, until when, and that the dates are an estimate', async () => {
    const browser = await harness.visit(WEMMEL);
    expect(browser.status).toBe(200);
    expect(browser.url).toBe(`/m/p/${PATH}/23102`);
    expect(browser.html).not.toContain(await harness.token(WEMMEL));
    expect(browser.text).toContain('Gemeenteraad van Wemmel');
    expect(browser.text).toContain('Staat de intentieverklaring op de agenda van 18 maart?');
    expect(browser.text).toContain('sluit op 7 maart');
    expect(browser.text).toContain('nog 3 zittingen');
    expect(browser.text).toContain('Deze zittingsdagen zijn een schatting');
    expect(browser.text).toContain('De zitting van 18 februari lukt niet meer');
    expect(browser.text).toContain('dinsdag 18 februari 2031 (schatting, agenda gesloten)');
  });

  test('counts the days when only one session is left, and says what comes too late', async () => {
    harness.setTime('2031-05-25T09:00:00.000Z');
    const browser = await harness.visit(WEMMEL);
    expect(browser.text).toContain('Staat de intentieverklaring op de agenda van 17 juni?');
    expect(browser.text).toContain('nog 12 dagen');
    expect(browser.text).toContain('Na 17 juni volgt pas 16 september, en dat is te laat');
  });

  test('says plainly that no session is left', async () => {
    harness.setTime('2031-06-10T09:00:00.000Z');
    const browser = await harness.visit(WEMMEL);
    expect(browser.text).toContain('geen zitting meer');
    expect(browser.text).toContain('Bespreek het met Fien De Smet');
  });

  test('changes nothing when a link is opened, once, twice, or only asked for its head', async () => {
    const before = harness.state().seq;
    const url = `/m/${await harness.token(WEMMEL)}`;
    for (const method of ['HEAD', 'GET', 'GET', 'HEAD'] as const) {
      const response = await harness.app.inject({ method, url });
      expect(response.statusCode).toBe(302);
      expect(response.headers['referrer-policy']).toBe('no-referrer');
      const cookie = String(response.headers['set-cookie']);
      expect(cookie).toContain('HttpOnly');
      expect(cookie).toContain('SameSite=Lax');
      expect(cookie).toContain(`Path=/m/p/${PATH}/23102`);
    }
    const browser = await harness.visit(WEMMEL);
    await browser.request({ method: 'HEAD', url: browser.url });
    expect(browser.status).toBe(200);
    expect(harness.state().seq).toBe(before);
  });
});

describe('an answer', () => {
  test('"geagendeerd" is noted with who said it, and the page then asks nothing until the session', async () => {
    const browser = await harness.visit(WEMMEL);
    await browser.submit(FORM, { ...who, answer: 'scheduled', 'scheduled.session': '2031-03-18' });
    expect(browser.url).toContain('genoteerd');
    expect(browser.text).toContain('De intentieverklaring staat op de agenda van 18 maart');
    expect(browser.text).toContain('door An Peeters (secretariaat)');
    expect(browser.text).toContain('U hoort ons pas na de zitting');
    expect(wemmel()).toMatchObject({ status: 'scheduled', answer: { sessionOn: '2031-03-18' } });

    harness.setTime('2031-03-19T09:00:00.000Z');
    const later = await harness.visit(WEMMEL);
    expect(later.text).toContain('Wat besliste de raad op 18 maart over de intentieverklaring?');
    await later.submit(FORM, { ...who, answer: 'approved', 'approved.session': '2031-03-18' });
    expect(later.text).toContain('Alles is beantwoord');
    expect(later.text).toContain('Goedgekeurd op 18 maart');
    expect(wemmel()?.status).toBe('approved');
  });

  test.each([
    [
      'approved',
      { 'approved.session': 'other', 'approved.date': '2031-02-11' },
      { kind: 'approved', sessionOn: '2031-02-11' },
    ],
    [
      'approved-with-changes',
      { 'changed.session': 'other', 'changed.date': '11/2/2031', 'changed.changes': 'Artikel 3' },
      { kind: 'approved-with-changes', changes: 'Artikel 3' },
    ],
    [
      'adjourned',
      { 'adjourned.session': 'other', 'adjourned.date': '11-02-2031', 'adjourned.to.session': '2031-03-18' },
      { kind: 'adjourned', heldOn: '2031-02-11', sessionOn: '2031-03-18' },
    ],
    [
      'adjourned',
      { 'adjourned.session': 'other', 'adjourned.date': '11 februari 2031' },
      { kind: 'adjourned', heldOn: '2031-02-11' },
    ],
    [
      'rejected',
      { 'rejected.session': 'other', 'rejected.date': '2031-02-11', 'rejected.reason': 'Te duur' },
      { kind: 'rejected', reason: 'Te duur' },
    ],
  ])('"%s" with its own fields reaches the path', async (answer, fields, expected) => {
    const browser = await harness.visit(WEMMEL);
    await browser.submit(FORM, { ...who, answer, ...fields });
    expect(browser.text).toContain('Genoteerd. Dank u wel.');
    expect(wemmel()?.answer).toMatchObject(expected);
  });

  test('belongs to the person whose name was typed, and to the link by which it came', async () => {
    const browser = await harness.visit(WEMMEL);
    await browser.submit(FORM, { ...who, answer: 'scheduled', 'scheduled.session': '2031-03-18' });
    const { answer } = wemmel()!;
    expect(answer!.by).toEqual({ kind: 'contact', personId: harness.state().parties[WEMMEL]!.contact, via: 'link' });
    expect(await harness.store.people.person(answer!.answeredBy!)).toMatchObject({
      name: 'An Peeters',
      function: 'secretariaat',
      party: WEMMEL,
    });
  });

  test('sent twice with the same form counts once', async () => {
    const browser = await harness.visit(WEMMEL);
    const [form] = browser.forms();
    const fields = { ...form!.fields, ...who, answer: 'scheduled', 'scheduled.session': '2031-03-18' };
    const before = harness.state().seq;
    await Promise.all([browser.post(form!.action, fields), browser.post(form!.action, fields)]);
    await browser.post(form!.action, fields);
    expect(browser.text).toContain('Genoteerd');
    expect(harness.state().seq).toBe(before + 1);
  });

  test('from a page that is out of date is never dropped in silence: why, and what stands instead', async () => {
    const stale = await harness.visit(WEMMEL);
    const colleague = await harness.visit(WEMMEL);
    const approved = { answer: 'approved', 'approved.session': 'other', 'approved.date': '2031-02-11' };
    await colleague.submit(FORM, { ...approved, name: 'Jan Janssens', function: 'cultuurdienst' });
    const before = harness.state().seq;
    const rejected = { answer: 'rejected', 'rejected.session': 'other', 'rejected.date': '2031-02-11' };
    for (const sent of [{ ...who, ...rejected }, { answer: 'rejected' }]) {
      const late = await harness.visit(WEMMEL);
      await late.post(stale.forms()[0]!.action, { ...stale.forms()[0]!.fields, ...sent });
      expect(late.status).toBe(422);
      expect(late.html).toMatch(/<title>Fout: Uw antwoord is niet genoteerd/);
      const alert = /role="alert"[\s\S]*?<h1>/.exec(late.html)?.[0] ?? '';
      expect(alert).toContain('Hier is al een beslissing genoteerd');
      expect(alert).toContain('Goedgekeurd op 11 februari');
      expect(alert).toContain('Genoteerd op 12 februari 2031 om 10.00 uur door Jan Janssens (cultuurdienst)');
    }
    expect(harness.state().seq).toBe(before);
  });

  test('to what was never asked is refused in words', async () => {
    const browser = await harness.visit(WEMMEL);
    const { action, fields } = browser.forms()[0]!;
    const approved = { answer: 'approved', 'approved.session': 'other', 'approved.date': '2031-02-11' };
    await browser.post(action, {
      ...fields,
      ...who,
      ...approved,
      decision: 'culture-plan',
      _id: 'antwoord-culture-plan',
    });
    expect(browser.status).toBe(422);
    expect(browser.text).toContain('Uw antwoord is niet genoteerd');
    expect(browser.text).toContain('Deze beslissing is nog niet gevraagd');
  });

  test('offers the sessions since the request, the newest first, at most six', async () => {
    const offered = async (): Promise<string[]> => {
      const browser = await harness.visit(WEMMEL);
      const select = /<select[^>]*name="approved.session"[\s\S]*?<\/select>/.exec(browser.html)?.[0] ?? '';
      return [...select.matchAll(/value="(\d[^"]*)"/g)].map(([, day = '']) => day);
    };
    expect(await offered()).toEqual(['2031-01-21']);
    harness.setTime('2031-05-01T09:00:00.000Z');
    expect(await offered()).toEqual(['2031-03-18', '2031-02-18']);
    harness.setTime('2032-01-31T09:00:00.000Z');
    expect(await offered()).toHaveLength(6);
  });

  test('with an id that was used before is refused in words, and can be filled in anew', async () => {
    const browser = await harness.visit(WEMMEL);
    const scheduled = { answer: 'scheduled', 'scheduled.session': '2031-03-18' };
    harness.paths.failure = new RefusedError({ code: 'command-id-reused' });
    const used = browser.forms()[0]!.fields['_command'];
    await browser.submit(FORM, { ...who, ...scheduled });
    expect(browser.status).toBe(422);
    expect(browser.text).toContain('Dit formulier is al eens verstuurd met een ander antwoord');
    harness.paths.failure = undefined;
    expect(browser.forms()[0]!.fields['_command']).not.toBe(used);
    await browser.submit(FORM, {});
    expect(wemmel()?.status).toBe('scheduled');
  });

  test('that the path finds too far away is refused at its date', async () => {
    const browser = await harness.visit(WEMMEL);
    const adjourned = { answer: 'adjourned', 'adjourned.session': 'other', 'adjourned.date': '2031-02-11' };
    harness.paths.failure = new RefusedError({ code: 'date-too-far', detail: { on: '2034-01-10' } });
    const to = { 'adjourned.to.session': 'other', 'adjourned.to.date': '10-01-2034' };
    await browser.submit(FORM, { ...who, ...adjourned, ...to });
    expect(browser.html).toContain(`id="${FORM}-adjourned-to-date-error"`);
    expect(browser.text).toContain('De datum 10 januari 2034 kan niet kloppen');
    await browser.get(`/m/p/${PATH}/23102/zittingen`);
    await browser.submit('zittingen-council', { 'council.0': '2031-03-27', 'council.2': '2034-01-10' });
    expect(browser.html).toContain('id="zittingen-council-council-2-error"');
  });

  test('needs a date that a person filled in: pressing the button alone changes nothing', async () => {
    const browser = await harness.visit(WEMMEL);
    const before = harness.state().seq;
    await browser.submit(FORM, {});
    expect(browser.status).toBe(422);
    expect(browser.text).toContain('Maak een keuze');
    for (const answer of ['scheduled', 'approved', 'approved-with-changes', 'adjourned', 'rejected']) {
      await browser.submit(FORM, { ...who, answer });
      expect(browser.status).toBe(422);
      expect(browser.text).toContain('Kies een zitting, of een andere datum');
    }
    expect(harness.state().seq).toBe(before);
  });

  test('keeps what was filled in and says at the field what is wrong', async () => {
    const browser = await harness.visit(WEMMEL);
    await browser.submit(FORM, {
      ...{ answer: 'approved-with-changes', name: 'An <b>Peeters</b>', function: '' },
      ...{ 'changed.session': 'other', 'changed.date': '31-02-2031', 'changed.changes': 'Artikel "3"' },
    });
    expect(browser.status).toBe(422);
    const { fields } = browser.forms()[0]!;
    expect(fields).toMatchObject({
      ...{ answer: 'approved-with-changes', name: 'An <b>Peeters</b>', 'changed.date': '31-02-2031' },
      ...{ 'changed.changes': 'Artikel "3"', 'changed.session': 'other' },
    });
    expect(browser.html).toContain('aria-invalid="true"');
    expect(browser.text).toContain('Dit is geen geldige datum');
    expect(browser.text).toContain('Functie: Vul dit in');
    expect(browser.html).toMatch(/<title>Fout: /);
    expect(browser.html).not.toContain('<b>Peeters');
  });

  test.each([
    ['2031-02-20', 'approved', 'approved', 'Deze datum ligt in de toekomst'],
    ['2031-01-20', 'scheduled', 'scheduled', 'Deze zitting is al voorbij'],
    ['2051-01-20', 'scheduled', 'scheduled', 'Klopt het jaar'],
  ])('on %s as "%s" is refused at its date', async (day, answer, prefix, sentence) => {
    const browser = await harness.visit(WEMMEL);
    const before = harness.state().seq;
    await browser.submit(FORM, { ...who, answer, [`${prefix}.session`]: 'other', [`${prefix}.date`]: day });
    expect(browser.status).toBe(422);
    expect(browser.text).toContain(sentence);
    expect(harness.state().seq).toBe(before);
  });

  test('that cannot be noted now is kept, and sent again it is the same command', async () => {
    const browser = await harness.visit(WEMMEL);
    harness.paths.failure = new UnavailableError('away');
    await browser.submit(FORM, { ...who, answer: 'scheduled', 'scheduled.session': '2031-03-18' });
    expect(browser.status).toBe(503);
    expect(browser.text).toContain('Wij weten nog niet of uw antwoord is aangekomen');
    expect(browser.text).toContain('Probeer het opnieuw: het telt maar één keer.');
    expect(browser.text).toContain('Bekijk wat er genoteerd staat');
    expect(browser.text).not.toMatch(/(?:nog niet|zonder te) note|niets verloren/);
    const kept = browser.forms()[0]!.fields;
    expect(kept).toMatchObject({ answer: 'scheduled', 'scheduled.session': '2031-03-18', name: 'An Peeters' });
    await browser.submit(0, {});
    expect(browser.forms()[0]!.fields['_command']).toBe(kept['_command']);
    harness.paths.failure = undefined;
    await browser.submit(0, {});
    expect(browser.text).toContain('Geagendeerd op 18 maart');
  });
});

describe('after the answer', () => {
  test('it can be corrected with a reason, and both stay on record', async () => {
    const browser = await harness.visit(WEMMEL);
    await browser.submit(FORM, {
      ...who,
      answer: 'approved',
      'approved.session': 'other',
      'approved.date': '2031-02-11',
    });
    const correction = `verbetering-${ASKED}`;
    await browser.submit(correction, {
      ...who,
      answer: 'rejected',
      'rejected.session': 'other',
      'rejected.date': '2031-02-11',
    });
    expect(browser.status).toBe(422);
    await browser.submit(correction, { because: 'Het besluit werd verkeerd gelezen' });
    expect(browser.text).toContain('Afgekeurd op 11 februari');
    expect(browser.text).toContain('Het besluit werd verkeerd gelezen');
    expect(browser.text).toContain('goedgekeurd op 11 februari 2031');
    expect(wemmel()?.status).toBe('rejected');
  });

  test('the published decision can be added, by its web address only', async () => {
    const browser = await harness.visit(WEMMEL);
    await browser.submit(FORM, {
      ...who,
      answer: 'approved',
      'approved.session': 'other',
      'approved.date': '2031-02-11',
    });
    await browser.submit(`bewijs-${ASKED}`, { reference: 'javascript:alert(1)' });
    expect(browser.status).toBe(422);
    expect(browser.text).toContain('Dit is geen webadres');
    await browser.submit(`bewijs-${ASKED}`, { reference: 'https://www.wemmel.be/besluit/12' });
    expect(browser.html).toContain('href="https://www.wemmel.be/besluit/12"');
  });

  test('a second visit says who said what and when', async () => {
    const browser = await harness.visit(WEMMEL);
    await browser.submit(FORM, {
      ...who,
      answer: 'approved',
      'approved.session': 'other',
      'approved.date': '2031-02-11',
    });
    harness.setTime('2031-04-01T09:00:00.000Z');
    const again = await harness.visit(WEMMEL);
    expect(again.text).toContain('Goedgekeurd op 11 februari');
    expect(again.text).toContain('Genoteerd op 12 februari 2031 om 10.00 uur door An Peeters (secretariaat)');
  });

  test('what the coordinator entered is marked as said on behalf', async () => {
    const coordinator = await harness.signIn('coordinator');
    await coordinator.get(`/paden/${PATH}/beslissingen/${ASKED}/${WEMMEL}`);
    await coordinator.submit(FORM, { answer: 'approved', 'approved.session': 'other', 'approved.date': '2031-02-11' });
    const browser = await harness.visit(WEMMEL);
    expect(browser.text).toContain('door Fien De Smet (coördinator), namens Wemmel');
  });

  test('a path that ended says so, shows what was decided and takes nothing more', async () => {
    const browser = await harness.visit(WEMMEL);
    const before = browser.forms()[0]!;
    await harness.tell({ type: 'stop', data: { reason: 'Te weinig draagvlak' } });
    await browser.get(`/m/${await harness.token(WEMMEL)}`);
    expect(browser.status).toBe(200);
    expect(browser.text).toContain('Dit traject is gestopt');
    expect(browser.forms()).toHaveLength(0);
    await browser.post(before.action, {
      ...before.fields,
      ...who,
      answer: 'scheduled',
      'scheduled.session': '2031-03-18',
    });
    expect(browser.status).toBe(422);
    expect(browser.text).toContain('Uw antwoord is niet genoteerd');
    expect(browser.text).toContain('Dit traject is afgesloten');
    expect(wemmel()?.answer).toBeUndefined();
  });
});

describe('passing on and session dates', () => {
  test('a colleague takes over: the old link stops and says whom to ask', async () => {
    const browser = await harness.visit(WEMMEL);
    const before = await harness.token(WEMMEL);
    await browser.get(`/m/p/${PATH}/23102/collega`);
    const promise = 'op de eerstvolgende werkdagochtend een mail met een eigen link';
    expect(browser.text).toContain(promise);
    expect(browser.text).toContain('Uw eigen link werkt niet meer zodra u dit doorgeeft');
    await browser.submit('collega', { name: 'Jan', email: 'geen adres' });
    expect(browser.status).toBe(422);
    await browser.submit('collega', { name: 'Jan Janssens', email: 'jan@example.org', function: 'cultuurdienst' });
    expect(browser.url).toBe('/m/doorgegeven');
    expect(browser.text).toContain(promise);
    expect(browser.text).toContain('Uw eigen link werkt nu niet meer');
    const contact = await harness.store.people.person(harness.state().parties[WEMMEL]!.contact!);
    expect(contact).toMatchObject({ name: 'Jan Janssens', email: 'jan@example.org' });
    await browser.get(`/m/${before}`);
    expect(browser.status).toBe(410);
    expect(browser.text).toContain('iemand anders het aanspreekpunt');
    expect(browser.text).toContain('fien@example.org');
    const colleague = await harness.visit(WEMMEL);
    expect(colleague.status).toBe(200);
  });

  test('who reads a shared mailbox says who passes it on: it is on the record, and the coordinator sees it', async () => {
    const browser = await harness.visit(WEMMEL);
    await browser.submit(FORM, { ...who, answer: 'scheduled', 'scheduled.session': '2031-03-18' });
    await browser.get(`/m/p/${PATH}/23102/collega`);
    expect(browser.forms().find(({ id }) => id === 'collega')?.fields['by']).toBe('An Peeters');
    await browser.submit('collega', { name: 'Jan Janssens', email: 'jan@example.org', by: '' });
    expect(browser.text).toContain('Uw eigen naam: Vul dit in');
    await browser.submit('collega', { by: 'An Peeters', email: 'jan@example.org' });
    expect(browser.url).toBe('/m/doorgegeven');
    const fien = await harness.signIn('coordinator');
    for (const page of ['logboek', `gemeenten/${WEMMEL}`]) {
      await fien.get(`/paden/${PATH}/${page}`);
      expect(fien.text).toContain('Doorgegeven. Aanspreekpunt van Wemmel: Jan Janssens');
      expect(fien.text).toMatch(/Aanspreekpunt van Wemmel: Jan Janssens .{0,60} · An Peeters \(secretariaat\)/);
    }
  });

  test('who passes on a link of their own is asked nothing twice', async () => {
    const browser = await harness.visit(WEMMEL);
    await browser.get(`/m/p/${PATH}/23102/collega`);
    await browser.submit('collega', { name: 'Jan Janssens', email: 'jan@example.org' });
    const events = await harness.store.events.eventsOf(PATH);
    expect(events.at(-1)).toMatchObject({ type: 'contact-replaced', actor: { kind: 'contact' } });
    expect(events.at(-1)!.data).not.toHaveProperty('passedOnBy');
  });

  test('who does not know the weekday leaves it as it is', async () => {
    const browser = await harness.visit(WEMMEL);
    const before = harness.state().seq;
    await browser.get(`/m/p/${PATH}/23102/zittingen`);
    await browser.submit('zittingen-college', { 'college.weekday': '' });
    expect(browser.status).toBe(200);
    expect(browser.text).toContain('Goed, dan blijft het zoals het was');
    expect(harness.state().seq).toBe(before);
  });

  test('a college that meets weekly gives its weekday', async () => {
    const browser = await harness.visit(ASSE);
    await browser.get(`/m/p/${PATH}/23002/zittingen`);
    await browser.submit('zittingen-college', { 'college.weekday': '4' });
    expect(browser.text).toContain('De termijnen zijn opnieuw berekend');
    expect(harness.state().parties[ASSE]!.sessions['college']!.rule).toEqual({
      every: 'week',
      weekday: 4,
      exceptMonths: [],
    });
    expect(harness.state().parties[ASSE]!.sessions['college']!.dates).toEqual([] as ReturnType<typeof asLocalDate>[]);
  });
});
