/** A region that cannot be started from what its coordinator has, or that sends something nobody has seen. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UnavailableError } from '../../client/path-client.ts';
import { weekdayDate } from '../../client/dutch/format.ts';
import { localDay } from '../../domain/dates.ts';
import { nextDue } from '../../domain/due.ts';
import { asPathId } from '../../domain/ids.ts';
import type { Browser } from './harness.ts';
import { createHarness, type Harness, startPath } from './harness.ts';

const STARTED = asPathId('zennevallei-2033');
let harness: Harness;
let browser: Browser;

beforeEach(async () => {
  harness = await createHarness();
  harness.setTime('2031-01-07T09:00:00.000Z');
  browser = await harness.signIn('coordinator');
});
afterEach(() => harness.close());

const good = [
  'Gemeente\tNaam\tMail\tFunctie\tTelefoon\tBijdrage\tZittingen',
  'Asse\tGriet Moortgat\tgriet@example.org\tdiensthoofd\t02 123 45 67\t14.500,50\tvierde maandag, niet in juli en augustus',
  'Meise\tBart Goossens\tbart@example.org\t\t\t8400\t"28 januari 2031\n25 februari 2031"',
  'Wemmel\t\t\t\t\t\t',
].join('\n');

async function begun(who = browser): Promise<string> {
  await who.get('/starten');
  const form = who.forms().find(({ fields }) => fields['path'] === 'igs-cultuur')!;
  await who.post(form.action, form.fields);
  await who.submit('wat', { partnership: 'Cultuur Zennevallei', route: 'continue-existing' });
  return who.url.replace(/\/gemeenten.*$/, '');
}

const paste = (rows: string, who = browser): Promise<void> => who.submit('plak', { rows });

async function looked(): Promise<string> {
  const draft = await begun();
  await paste(good);
  await browser.get(`${draft}/vooruitblik`);
  return draft;
}

describe('from rows to a region', () => {
  test('what was pasted is shown as it was understood, seen first, and starts as it was shown', async () => {
    const draft = await looked();
    expect(browser.text).toContain('Er is nog niets gestart en er is nog niets verstuurd.');
    expect(browser.text).toContain('Wemmel heeft nog geen aanspreekpunt');
    expect(browser.text).toMatch(/Fien De Smet, fien@example\.org/);
    expect(harness.paths.states.size).toBe(0);
    await browser.submit('starten', {});
    expect(browser.status).toBe(422);
    expect(browser.text).toContain('Vink aan dat u gezien hebt wat er vertrekt.');
    expect(harness.paths.states.size).toBe(0);
    await browser.submit('starten', { confirmed: 'ja' });
    expect(browser.url).toBe(`/paden/${STARTED}?gestart`);
    expect(browser.text).toContain('Het traject is gestart');
    expect(browser.text).toContain('1 gemeente heeft nog geen aanspreekpunt');
    const state = harness.state(STARTED);
    expect(state.parties['nis:23002' as keyof typeof state.parties]).toMatchObject({
      contribution: 14_500.5,
      sessions: { council: { rule: { nth: 4, weekday: 1, exceptMonths: [7, 8] } } },
    });
    expect(state.parties['nis:23050' as keyof typeof state.parties]?.sessions['council']?.dates).toEqual([
      '2031-01-28',
      '2031-02-25',
    ]);
    const [first] = await harness.store.events.eventsOf(STARTED);
    expect(first?.actor).toEqual({ kind: 'coordinator', personId: state.coordinator, via: 'web' });
    // The draft is that path now, wherever it is opened.
    await browser.get(`${draft}/gemeenten`);
    expect(browser.url).toBe(`/paden/${STARTED}`);
  });

  test('starting sends nothing at once, and the first mail is one that was shown', async () => {
    await looked();
    expect(browser.text).toContain('Bij het starten zelf vertrekt er geen enkele mail.');
    const shown = browser.text;
    await browser.submit('starten', { confirmed: 'ja' });
    const due = nextDue(harness.state(STARTED), harness.now())!;
    expect(due.at > harness.now()).toBe(true);
    expect(due.messages.map(({ role, kind }) => [role, kind])).toEqual([['coordinator', 'reminder']]);
    expect(shown.toLowerCase()).toContain(weekdayDate(localDay(due.at)));
  });

  test('the same press twice is one path; a server that is away loses nothing', async () => {
    const draft = await looked();
    const { fields, action } = browser.forms().find(({ id }) => id === 'starten')!;
    harness.paths.failure = new UnavailableError('away');
    await browser.post(action, { ...fields, confirmed: 'ja' });
    expect(browser.status).toBe(503);
    expect(harness.paths.states.size).toBe(0);
    harness.paths.failure = undefined;
    await browser.submit(0, {});
    expect(browser.url).toBe(`/paden/${STARTED}?gestart`);
    const { seq } = harness.state(STARTED);
    await browser.post(`${draft}/vooruitblik`, { ...fields, confirmed: 'ja' });
    expect([browser.url, harness.state(STARTED).seq]).toEqual([`/paden/${STARTED}`, seq]);
    expect(await harness.store.people.peopleOf(STARTED)).toHaveLength(3);
  });

  test('what changed after the look is shown again before it starts', async () => {
    const draft = await looked();
    const { fields } = browser.forms().find(({ id }) => id === 'starten')!;
    await browser.get(`${draft}/gemeenten`);
    await paste('Merchtem\tSofie\tsofie@example.org');
    await browser.post(`${draft}/vooruitblik`, { ...fields, confirmed: 'ja' });
    expect(browser.status).toBe(422);
    expect(browser.text).toContain('Er is iets gewijzigd sinds u keek');
    expect(harness.paths.states.size).toBe(0);
    await browser.submit('starten', { confirmed: 'ja' });
    expect(Object.keys(harness.state(STARTED).parties)).toContain('nis:23052');
  });
});

describe('what is wrong', () => {
  test('is said at its row and field, kept as it was typed, and corrected there', async () => {
    await begun();
    await paste(
      [
        'Asse;An;an@example.org;;;veel;27 januari en vollemaan',
        'Assee;An;an@;;;',
        'Asse;Jan;jan@example.org;;;',
        'Galmaarden;Piet;piet@example.org;;;',
        'Meise;;bart@example.org;;12;',
      ].join('\n'),
    );
    for (const sentence of [
      'Rij 1, zittingen van de gemeenteraad: Dit begrijpen we niet: “vollemaan”.',
      'Rij 1, bijdrage per jaar: Schrijf een bedrag in euro',
      'Rij 2, gemeente: Deze gemeente kennen we niet. Bedoelt u Asse?',
      'Rij 2, mailadres: Dit is geen volledig mailadres',
      'Rij 3, gemeente: Asse staat er twee keer in, eerst op rij 1.',
      'Rij 4, gemeente: Galmaarden bestaat niet meer sinds 1 januari 2025. Schrijf Pajottegem, de gemeente die erop volgde.',
      'Rij 5, naam van het aanspreekpunt: Vul dit in.',
      'Rij 5, telefoonnummer: Dit is geen telefoonnummer.',
    ])
      expect(browser.text).toContain(sentence);
    expect(browser.html).toContain('<title>Fout: ');
    await browser.submit('verbeter', {
      'r.1.contribution': '12.000',
      'r.1.sessions': '27 januari',
      'r.2.municipality': 'Wemmel',
      'r.2.email': 'an@example.org',
      'r.3.weg': 'ja',
      'r.4.municipality': 'Pajottegem',
      'r.5.name': 'Bart',
      'r.5.phone': '',
    });
    expect(browser.text).not.toContain('Kijk dit nog even na');
    expect(browser.text).toContain('4 gemeenten');
    expect(browser.text).toContain('€ 12.000');
    expect(browser.text).toContain('1 dag: 27 januari 2031');
    expect(browser.text).toContain('Verder naar de vooruitblik');
  });

  test('on the first page: each field says what to do, and what was typed is kept', async () => {
    await browser.get('/starten');
    await browser.submit(1, {});
    const form = browser.forms().find(({ id }) => id === 'wat')!;
    await browser.post(form.action, { ...form.fields, id: 'X!', deputyEmail: 'jan', 'date.expiresOn': 'ooit' });
    expect(browser.status).toBe(422);
    for (const sentence of [
      'Naam van het samenwerkingsverband: Vul dit in.',
      'Korte naam: Gebruik 3 tot 60',
      'Mailadres: Dit is geen volledig',
      'Dit is geen geldige datum',
    ])
      expect(browser.text).toContain(sentence);
    expect(browser.forms().find(({ id }) => id === 'wat')!.fields).toMatchObject({ id: 'X!', deputyEmail: 'jan' });
  });

  test('a short name of another partnership is refused, before and at the start', async () => {
    await startPath(harness.store, harness.paths, { coordinator: 'iemand@example.org' });
    await begun();
    const draft = browser.url.replace(/\/gemeenten.*$/, '');
    await browser.get(draft);
    await browser.submit('wat', { id: 'noordrand-2033' });
    expect(browser.text).toContain('Deze korte naam is al van een ander traject.');
    const before = harness.state().seq;
    await browser.get(`${draft}/gemeenten`);
    await paste(good);
    await browser.get(`${draft}/vooruitblik`);
    expect(browser.url).toBe(draft);
    expect(harness.state().seq).toBe(before);
  });

  test('a closed round cannot be chosen, and a hand-made form starts nothing in it', async () => {
    const draft = await begun();
    await paste(good);
    await browser.get(draft);
    expect(browser.html).not.toContain('igs-cultuur-2027');
    await browser.submit('wat', { round: 'igs-cultuur-2027' });
    await browser.get(`${draft}/vooruitblik`);
    await browser.submit('starten', { confirmed: 'ja' });
    expect(browser.text).toContain('Deze ronde is afgesloten');
    expect(harness.paths.states.size).toBe(0);
  });
});

describe('hostile input', () => {
  test('is shown as text: markup, formulas, text that runs backwards', async () => {
    await begun();
    await paste(`Asse\t<script>alert(1)</script>\t=HYPERLINK("x")\t\u202Enimda\t\t<img src=x>\t"{{constructor}}"`);
    expect(browser.html).not.toContain('<script');
    expect(browser.html).not.toContain('<img');
    expect(browser.text).toContain('Hierin zit een teken dat u niet ziet.');
    expect(browser.text).toContain('<script>alert(1)</script>');
  });

  test('ten thousand rows, and more than a form may hold, are refused with what to do; the text is kept', async () => {
    await begun();
    await paste('Asse\n'.repeat(10_000));
    expect(browser.status).toBe(422);
    expect(browser.text).toContain('Dit zijn 10.000 rijen; er kunnen er hoogstens 300 in.');
    expect(browser.forms().find(({ id }) => id === 'plak')!.fields['rows']).toContain('Asse\nAsse');
    await paste('x'.repeat(300_000));
    expect(browser.status).toBe(413);
    expect(browser.text).toContain('een formulier mag hoogstens 256 kB tekst bevatten');
  });

  test('a hundred rows are read, and those that are wrong come some at a time', async () => {
    await begun();
    await paste(Array.from({ length: 100 }, (_, index) => `Nergens ${String(index)}\tAn\tan@example.org`).join('\n'));
    expect(browser.text).toContain('100 rijen kloppen nog niet');
    expect(browser.text).toContain('Nog 70 rijen komen hierna.');
    expect(Object.keys(browser.forms().find(({ id }) => id === 'verbeter')!.fields).length).toBeLessThan(400);
  });
});

describe('who may', () => {
  test('a draft is nobody else’s, not even an administrator’s', async () => {
    const draft = await begun();
    const other = await harness.signIn('coordinator', 'jan@example.org');
    const administrator = await harness.signIn('administrator');
    for (const who of [other, administrator]) {
      for (const page of ['', '/gemeenten', '/vooruitblik']) {
        await who.get(`${draft}${page}`);
        expect(who.status).toBe(404);
      }
      await who.post(`${draft}/weg`, {});
      expect(who.status).toBe(404);
      await who.get('/starten');
      expect(who.text).not.toContain('Zennevallei');
    }
    await browser.get('/starten');
    expect(browser.text).toContain('Cultuur Zennevallei');
    await browser.submit(1, {});
    expect(browser.text).not.toContain('Cultuur Zennevallei');
  });

  test('a consultant starts nothing; a coordinator only for herself, an administrator for somebody', async () => {
    await harness.store.accounts.ensureAccount({ role: 'consultant', email: 'c@example.org', name: 'C' });
    const consultant = await harness.signIn('coordinator', 'c@example.org');
    await consultant.get('/starten');
    expect(consultant.status).toBe(403);
    const draft = await begun();
    await browser.get(draft);
    await browser.submit('wat', { coordinatorEmail: 'iemand@example.org' });
    await browser.get(`${draft}/gemeenten`);
    await paste(good);
    await browser.get(`${draft}/vooruitblik`);
    expect(browser.text).toContain('Fien De Smet, fien@example.org');
    const administrator = await harness.signIn('administrator');
    await administrator.get('/starten');
    await administrator.submit(1, {});
    await administrator.submit('wat', {
      ...{ partnership: 'Cultuur Zennevallei', coordinatorName: 'Lore', coordinatorEmail: 'lore@example.org' },
    });
    await paste(good, administrator);
    await administrator.get(administrator.url.replace(/\/gemeenten.*$/, '/vooruitblik'));
    await administrator.submit('starten', { confirmed: 'ja' });
    const [first] = await harness.store.events.eventsOf(STARTED);
    expect(first?.actor.kind).toBe('administrator');
    const lore = await harness.signIn('coordinator', 'lore@example.org');
    await lore.get(`/paden/${STARTED}`);
    expect(lore.status).toBe(200);
  });
});
