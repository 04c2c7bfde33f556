import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UnavailableError } from '../../client/path-client.ts';
import { calendar, event, meeting } from '../sessions/calendars.ts';
import { type Browser, createHarness, type Harness, PATH, request, startPath, WEMMEL } from './harness.ts';

let harness: Harness;
let browser: Browser;

beforeEach(async () => {
  harness = await createHarness();
  await startPath(harness.store, harness.paths);
  browser = await harness.visit(WEMMEL);
  await browser.get(`/m/p/${PATH}/23102/zittingen`);
});
afterEach(() => harness.close());

const FORM = 'zittingen-council';
const council = () => harness.state().parties[WEMMEL]!.sessions['council'];
const paste = (text: string, fill: Record<string, string> = {}) =>
  browser.submit(FORM, { 'council.pasted': text, ...fill });
const send = (content: string | Uint8Array<ArrayBuffer>, fill: Record<string, string> = {}, name = 'raad.ics') =>
  browser.submit(FORM, fill, {}, { field: 'council.file', name, content });

describe('meeting days that a secretary pastes', () => {
  test.each([
    ['27 maart, 24 april en 22 mei 2031', ['2031-03-27', '2031-04-24', '2031-05-22']],
    ['27 maart, 24 april en 22 mei', ['2031-03-27', '2031-04-24', '2031-05-22']],
    ['- donderdag 27 maart 2031 om 20.00 uur\n- donderdag 24 april', ['2031-03-27', '2031-04-24']],
    ['2031: 27/3, 24/4', ['2031-03-27', '2031-04-24']],
    [calendar(...meeting('20310327'), ...meeting('20310424')), ['2031-03-27', '2031-04-24']],
  ])('%j are taken and shown back with their weekday, as confirmed', async (text, dates) => {
    await paste(text);
    expect(council()?.dates).toEqual(dates);
    expect(browser.text).toContain('De termijnen zijn opnieuw berekend');
    expect(browser.text).toContain('donderdag 27 maart 2031 bevestigd');
  });

  test('before that the days are said to be an estimate', () => {
    expect(browser.text).toContain('dinsdag 18 februari 2031 schatting');
  });

  test('fields and text count together, and a day goes away when its field is emptied', async () => {
    await paste('24 april 2031\n22/5/2031\n', { 'council.0': '2031-03-27' });
    expect(council()?.dates).toEqual(['2031-03-27', '2031-04-24', '2031-05-22']);
    await request(harness, 'declaration-of-intent');
    await browser.get(`/m/p/${PATH}/23102`);
    expect(browser.text).toContain('op de agenda van 27 maart?');
    await browser.get(`/m/p/${PATH}/23102/zittingen`);
    await browser.submit(FORM, { 'council.1': '' });
    expect(council()?.dates).toEqual(['2031-03-27', '2031-05-22']);
  });

  test('the button follows what is pasted; days one by one have their own, and open when one of them is wrong', async () => {
    const isOpen = () => browser.html.includes('<details class="fold" open>');
    const places = ['council.pasted', 'council.file', '<button', '<details class="fold"', 'council.0', '<button'];
    const rest = places.reduce((html, place) => html.split(place).slice(1).join(place), browser.html);
    expect(rest).not.toBe('');
    expect(isOpen()).toBe(false);
    await paste('27 maart 2031');
    await browser.get(`/m/p/${PATH}/23102/zittingen`);
    expect(isOpen()).toBe(false);
    await browser.submit(FORM, { 'council.1': '2031-02-30' });
    expect(browser.status).toBe(422);
    expect(isOpen()).toBe(true);
    expect(browser.text).toContain('Zitting 2');
  });

  test('a rule is taken, said back as it was read, and can be taken away', async () => {
    expect(browser.html.indexOf('council.pasted')).toBeLessThan(browser.html.indexOf('council.0'));
    await paste('derde dinsdag, niet in juli en augustus, behalve in de schoolvakanties');
    expect(council()).toMatchObject({
      rule: { every: 'month', weekday: 2, nth: 3, exceptMonths: [7, 8], exceptPeriods: ['school-holidays'] },
    });
    expect(browser.text).toContain(
      'Wij lazen de regel zo: derde dinsdag van de maand, niet in juli, augustus en de schoolvakanties.',
    );
    expect(browser.text).toContain('dinsdag 18 februari 2031 volgens de regel');
    await browser.submit(FORM, { 'council.forget': 'ja' });
    expect(council()?.rule).toBeUndefined();
    expect(browser.text).toContain('dinsdag 18 februari 2031 schatting');
  });

  test.each([
    ['derde vollemaan', 'Dit begrijpen we niet: “vollemaan”.'],
    ['27 maart 2031, zoals vorig jaar', 'Dit begrijpen we niet: “zoals vorig”.'],
    ['zoals vorig jaar', 'Dit begrijpen we niet: “zoals vorig jaar”.'],
    ['vrijdag 27 maart 2031', 'Vrijdag 27 maart 2031 is een donderdag. Klopt de datum?'],
    ['31 april 2031', 'Deze dag bestaat niet: 31 april 2031.'],
    ['eerste maandag\ntweede maandag', 'Geef hoogstens één regel. Dit is een tweede: “tweede maandag”.'],
    ['24 juni 2061', '24 juni 2061 ligt jaren ver. Klopt het jaar?'],
    ['24-06-2021', '24 juni 2021 is meer dan een jaar voorbij. Klopt het jaar?'],
    ['BEGIN:VCALENDAR\nBEGIN:VEVENT\n', 'Wat op regel 2 begint, houdt niet op.'],
  ])('%j keeps everything that was typed, and names what was not understood', async (text, sentence) => {
    await paste(text, { 'council.0': '2031-03-27' });
    expect(browser.status).toBe(422);
    expect(browser.html).toContain(`id="${FORM}-council-pasted-error"`);
    expect(browser.text).toContain(sentence);
    const { fields } = browser.forms().find(({ id }) => id === FORM)!;
    expect(fields).toMatchObject({
      'council.pasted': text,
      'council.0': '2031-03-27',
    });
    expect(council()).toBeUndefined();
  });

  test.each([
    [{ 'council.1': '2034-03-01' }, 'council-1', 'Die datum ligt jaren ver'],
    [{ 'council.1': '2030-02-01' }, 'council-1', 'meer dan een jaar voorbij'],
  ])('a slip in a field is said at the field: %j', async (filled, field, sentence) => {
    await paste('27 maart 2031', filled);
    expect(browser.status).toBe(422);
    expect(browser.html).toContain(`id="${FORM}-${field}-error"`);
    expect(browser.text).toContain(sentence);
    expect(council()).toBeUndefined();
  });
});

describe('what is odd about a day is asked, and does not stop anybody', () => {
  test('a holiday, a weekend, a day twice, and one that is past', async () => {
    await paste('20 januari 2031, 11 november 2031, zaterdag 29 maart 2031, 24/4/2031, 24 april 2031');
    expect(browser.text).toContain('De termijnen zijn opnieuw berekend');
    expect(browser.text).toContain('dinsdag 11 november 2031 bevestigd Dit is een feestdag. Klopt die dag?');
    expect(browser.text).toContain('zaterdag 29 maart 2031 bevestigd Dit is een dag in het weekend. Klopt die dag?');
    expect(browser.html).toMatch(/id="zittingen-council-council-0-hint">[^<]*weekend/);
    expect(browser.text).toContain('1 dag stond er twee keer in. Die telt één keer.');
    expect(browser.text).toContain('1 dag is al voorbij en telt niet meer mee.');
    expect(council()?.dates).toHaveLength(4);
  });

  test('the coordinator sees it too, and can paste as well', async () => {
    await paste('11 november 2031');
    const coordinator = await harness.signIn('coordinator');
    await coordinator.get(`/paden/${PATH}/gemeenten/${WEMMEL}`);
    expect(coordinator.text).toContain('dinsdag 11 november 2031 bevestigd Dit is een feestdag. Klopt die dag?');
    await coordinator.submit(FORM, { 'council.pasted': '27 maart 2031; 27 maart 2031' });
    expect(council()?.dates).toEqual(['2031-03-27', '2031-11-11']);
    expect(coordinator.text).toContain('1 dag stond er twee keer in');
    const file = { field: 'council.file', name: 'raad.ics', content: calendar(...meeting('20310424')) };
    await coordinator.submit(FORM, {}, {}, file);
    expect(council()?.dates).toEqual(['2031-03-27', '2031-04-24', '2031-11-11']);
    await coordinator.submit(FORM, {}, {}, { ...file, content: 'PNG' });
    expect(coordinator.status).toBe(422);
    expect(coordinator.text).toContain('Dit is geen agenda (.ics)');
  });
});

describe('a calendar file', () => {
  const recurring = event(
    ...['UID:1', 'DTSTART;TZID=Europe/Brussels:20310327T200000', 'RRULE:FREQ=MONTHLY;BYDAY=4TH;COUNT=3'],
    'SUMMARY:Gemeenteraad',
  );

  test('gives its sessions, together with what was typed; what was left out is counted', async () => {
    await send(
      calendar(...recurring, ...meeting('20310401', 'Jaarmarkt'), ...meeting('20310402', 'Raad', 'STATUS:CANCELLED')),
      {
        'council.pasted': '25 maart 2031',
      },
    );
    expect(council()?.dates).toEqual(['2031-03-25', '2031-03-27', '2031-04-24', '2031-05-22']);
    expect(browser.text).toContain('We lazen 3 zittingsdagen in uw agenda.');
    expect(browser.text).toContain('1 geannuleerde afspraak telt niet mee.');
    expect(browser.text).toContain('1 andere afspraak lieten we weg.');
  });

  const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]);
  test.each<[string, string | Uint8Array<ArrayBuffer>, string]>([
    ['a picture', png, 'Dit is geen agenda (.ics)'],
    ['three megabytes', new Uint8Array(3 * 1024 * 1024), 'groter dan 2 MB'],
    ['an empty file', '', 'Dit bestand is leeg'],
    ['a broken calendar', calendar(...recurring).slice(0, 150), 'Wat op regel 4 begint, houdt niet op'],
    ['a start that is no day', calendar(...event('SUMMARY:Raad', 'DTSTART:ooit')), 'de dag niet lezen (regel 6)'],
    [
      'nothing that is a session',
      calendar(...meeting('20310401', 'Markt'), ...meeting('20310402', 'Kermis')),
      'geen komende zitting',
    ],
  ])('%s is refused at its field, and what was typed stays', async (_, content, sentence) => {
    const before = harness.state().seq;
    await send(content, { 'council.pasted': '27 maart 2031' });
    expect(browser.status).toBe(422);
    expect(browser.html).toContain(`id="${FORM}-council-file-error"`);
    expect(browser.text).toContain(sentence);
    expect(browser.forms().find(({ id }) => id === FORM)!.fields['council.pasted']).toBe('27 maart 2031');
    expect(harness.state().seq).toBe(before);
  });

  test('does not have to be sent again when something else was wrong, or nobody answered', async () => {
    await send(calendar(...recurring), { 'council.0': '31-02-2031' });
    expect(browser.status).toBe(422);
    await browser.submit(FORM, { 'council.0': '' });
    expect(council()?.dates).toEqual(['2031-03-27', '2031-04-24', '2031-05-22']);
    harness.paths.failure = new UnavailableError('away');
    await send(calendar(...meeting('20310617')));
    expect(browser.status).toBe(503);
    harness.paths.failure = undefined;
    await browser.submit(0, {});
    expect(council()?.dates).toEqual(['2031-03-27', '2031-04-24', '2031-05-22', '2031-06-17']);
  });

  test('is sent only from our own page, like every form', async () => {
    const { action, fields } = browser.forms().find(({ id }) => id === FORM)!;
    const file = { field: 'council.file', name: 'raad.ics', content: calendar(...recurring) };
    const attempts: [Record<string, string>, Record<string, string>][] = [
      [{ ...fields, _form: '' }, {}],
      [{ ...fields, _form: 'x'.repeat(32) }, {}],
      [fields, { origin: 'https://evil.example' }],
    ];
    for (const [sent, headers] of attempts) {
      await browser.postMultipart(action, sent, file, headers);
      expect(browser.text).toContain('Dit formulier is te oud');
    }
    expect(council()).toBeUndefined();
  });

  test('far too large is not read at all', async () => {
    const { action, fields } = browser.forms().find(({ id }) => id === FORM)!;
    const file = { field: 'council.file', name: 'raad.ics', content: new Uint8Array(17 * 1024 * 1024) };
    await browser.postMultipart(action, fields, file);
    expect(browser.status).toBe(413);
    expect(council()).toBeUndefined();
  });
});
