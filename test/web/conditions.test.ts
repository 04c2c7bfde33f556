/** What a coordinator would lose here: to see on the page whether the region still stands, before anybody is told anything. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PartyFacts } from '../../domain/state.ts';
import { asLocalDate, asPathId, type PartyId } from '../../domain/ids.ts';
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

const home = `/paden/${PATH}`;
const page = `${home}/voorwaarden`;
const partyPage = `${home}/gemeenten/${WEMMEL}`;
let harness: Harness;
let browser: Browser;

const knows = (party: PartyId, facts: PartyFacts) => harness.tell({ type: 'change-party', data: { party, facts } });
const ask = (fields: Record<string, string>): Promise<void> =>
  browser.get(`${page}?${new URLSearchParams(fields).toString()}`);

beforeEach(async () => {
  harness = await createHarness();
  await startPath(harness.store, harness.paths);
  browser = await harness.signIn('coordinator');
});
afterEach(() => harness.close());

describe('the meter of a region', () => {
  test('says of each condition whether it is met, and names what is missing', async () => {
    await browser.get(home);
    expect(browser.text).toContain('Inwoners ? nog niet bekend');
    expect(browser.text).toContain('Ontbreekt: inwoners van Asse, Wemmel en Zaventem');
    expect(browser.text).toContain(
      'Bijdragen van de gemeenten ✗ niet voldaan uit een ontwerptekst Opgegeven: € 36.000 per jaar',
    );
    expect(browser.text).toContain('De aanvrager bestaat ✓ voldaan');
    expect(browser.text).toContain('Ontbreekt: vorige instap in een ronde');
    for (const [party, inhabitants] of [
      [ASSE, 40_000],
      [WEMMEL, 40_000],
      [ZAVENTEM, 5_000],
    ] as const)
      await knows(party, { inhabitants });
    await browser.get(page);
    expect(browser.text).toContain('Inwoners ✓ voldaan 85.000 inwoners bekend. Nodig: ten minste 85.000.');
    expect(browser.text).toContain('De aanvrager bestaat ✓ voldaan De vereniging bestaat tot 31 december 2032.');
    expect(browser.html).toContain('<rect class="part" width="100"');
  });

  test('says of who rejected what would change without it, until the coordinator has chosen', async () => {
    for (const party of [ASSE, WEMMEL, ZAVENTEM]) await knows(party, { inhabitants: 30_000 });
    await request(harness, 'declaration-of-intent');
    const rejected = { party: WEMMEL, decision: 'declaration-of-intent', answer: 'rejected' } as const;
    await harness.tell({ type: 'answer', data: { ...rejected, on: asLocalDate('2031-02-11') } });
    await browser.get(home);
    expect(browser.text).toContain('Inwoners ✓ voldaan');
    expect(browser.text).toContain('Als Wemmel niet meedoet: Inwoners: van voldaan naar niet voldaan.');
    await browser.get(`${home}/beslissingen/declaration-of-intent/${WEMMEL}`);
    const link = /href="([^"]*zonder[^"]*)">Bekijk eerst wat dit verandert/.exec(browser.html)?.[1] ?? '';
    await browser.get(link.replace('&#x3D;', '='));
    expect(browser.text).toContain('Als Wemmel niet meedoet Dit verandert: Inwoners: van voldaan naar niet voldaan');
  });

  test('takes the date of the last entry, which lies in the past', async () => {
    await browser.get(page);
    await browser.submit('move-deadline-enteredOn', { to: '01-01-2027' });
    expect(browser.url).toContain('gedaan');
    expect(browser.text).toContain('Instap ✓ voldaan');
    expect(browser.text).toContain('De vorige keer was op 1 januari 2027; opnieuw kan vanaf 1 januari 2033.');
    await browser.submit('move-deadline-enteredOn', { to: '31-02-2027' });
    expect(browser.status).toBe(422);
    expect(harness.state().dates['enteredOn']).toBe('2027-01-01');
  });

  test('is not there for a path whose round asks nothing', async () => {
    const { round, definition, coordinator, dates } = harness.state();
    const { conditions: _none, ...bare } = round!;
    const id = asPathId('kaal');
    await harness.store.paths.ensurePath({ path: id, partnership: 'Kaal', createdAt: harness.now() });
    await harness.paths.start({
      ...{ id, definition, coordinator, dates },
      round: bare,
      parties: [{ party: ASSE }],
      decided: [],
    });
    const administrator = await harness.signIn('administrator');
    await administrator.get('/paden/kaal');
    expect(administrator.status).toBe(200);
    expect(administrator.text).not.toContain('Voorwaarden');
    await administrator.get('/paden/kaal/voorwaarden');
    expect(administrator.status).toBe(404);
  });
});

describe('what if', () => {
  test('who leaves and who joins: before and after, and nothing is sent or changed', async () => {
    await ask({ zonder: ZAVENTEM });
    expect(browser.text).toContain('Als Zaventem niet meedoet Bij geen enkele voorwaarde verandert de uitkomst.');
    for (const party of [ASSE, WEMMEL]) await knows(party, { inhabitants: 40_000, referenceRegion: 'Halle-Vilvoorde' });
    await knows(ZAVENTEM, { inhabitants: 5_000, referenceRegion: 'Halle-Vilvoorde' });
    const { commands } = harness.paths;
    await ask({ zonder: ZAVENTEM, met: 'Gent', inwoners: '5.000' });
    expect(browser.status).toBe(200);
    expect(browser.text).toContain('Als Zaventem niet meedoet en Gent erbij komt');
    expect(browser.text).toContain('Eén referentieregio: van voldaan naar niet voldaan');
    expect(browser.text).not.toContain('Inwoners: van');
    await ask({ zonder: ZAVENTEM, met: '', inwoners: '' });
    expect(browser.text).toContain('Inwoners: van voldaan naar niet voldaan');
    await ask({ zonder: '', met: 'Meise', inwoners: '' });
    expect(browser.text).toContain('Bijdragen van de gemeenten: van niet voldaan naar nog niet bekend');
    expect(harness.paths.commands).toBe(commands);
    expect(Object.keys(harness.state().parties)).not.toContain('nis:44021');
    expect(harness.state().parties[ZAVENTEM]).not.toHaveProperty('leftOn');
  });

  test.each([
    [{ met: 'Atlantis' }, 'Deze gemeente kennen we niet.'],
    [{ met: 'Asse' }, 'Deze gemeente komt erbij: Deze gemeente neemt al deel.'],
    [{ met: 'Gent', inwoners: 'veel' }, 'Schrijf een geheel getal van 1 tot 9.999.999'],
    [{ inwoners: '5000' }, 'Deze gemeente komt erbij: Vul dit in.'],
    [{ zonder: 'nis:00000' }, 'Deze gemeente neemt niet deel.'],
  ])('%j: said at its field, with what was filled in kept', async (fields, says) => {
    await ask(fields);
    expect(browser.status).toBe(422);
    expect(browser.text).toContain(says);
    expect(browser.text).not.toContain('Dit is een blik vooruit');
    const typed = Object.entries(fields).filter(([name]) => name !== 'zonder');
    expect(browser.forms().find(({ id }) => id === 'wat-als')?.fields).toMatchObject(Object.fromEntries(typed));
  });
});

describe('the facts of a municipality', () => {
  test('are entered on its page, and counted at once', async () => {
    await browser.get(partyPage);
    await browser.submit('change-party-facts', {
      inhabitants: '85.000',
      adjoining: 'Asse, 23050\nMeise;',
      leadDays: '28',
    });
    expect(browser.url).toContain('gedaan');
    expect(harness.state().parties[WEMMEL]).toMatchObject({
      facts: { inhabitants: 85_000, adjoining: [ASSE, 'nis:23050'] },
      leadDays: 28,
    });
    expect(browser.forms().find(({ id }) => id === 'change-party-facts')?.fields).toMatchObject({
      ...{ inhabitants: '85000', adjoining: 'Asse, Meise', leadDays: '28' },
    });
    await browser.get(home);
    expect(browser.text).toContain('Inwoners ✓ voldaan');
  });

  test('that are left as they were are not recorded again', async () => {
    await knows(WEMMEL, { inhabitants: 10_000 });
    const { seq } = harness.state();
    await browser.get(partyPage);
    await browser.submit('change-party-facts', {});
    expect(harness.state().seq).toBe(seq);
  });

  test.each([
    [{ inhabitants: '0' }, 'Aantal inwoners: Schrijf een geheel getal van 1'],
    [{ inhabitants: '' }, 'Aantal inwoners: Vul dit in.'],
    [{ adjoining: 'Asse, Jette' }, '“Jette” past hier niet.'],
    [{ adjoining: 'Wemmel' }, '“Wemmel” past hier niet.'],
    [{ leadDays: '366' }, 'Schrijf een geheel getal van 0 tot 365'],
  ])('%j is refused at its field', async (fields, says) => {
    await knows(WEMMEL, { inhabitants: 10_000 });
    const { seq } = harness.state();
    await browser.get(partyPage);
    await browser.submit('change-party-facts', fields);
    expect(browser.status).toBe(422);
    expect(browser.text).toContain(says);
    expect(harness.state().seq).toBe(seq);
  });

  test('who joins by the page lies where the register says', async () => {
    await browser.get(`${home}/beheer`);
    const person = { name: 'An', email: 'an@example.org' };
    await browser.submit('add-party', { municipality: 'Gent', ...person });
    expect(harness.state().parties['nis:44021' as PartyId]?.facts).toEqual({ referenceRegion: 'Regio Gent' });
  });
});
