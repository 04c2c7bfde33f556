/** A code to type: for who gets mail without its links, the page would otherwise be out of reach. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { asLocalDate, type PartyId } from '../../domain/ids.ts';
import { ASSE, Browser, createHarness, type Harness, PATH, request, startPath, WEMMEL } from './harness.ts';

let harness: Harness;
let browser: Browser;

const codeFor = async (party: PartyId = WEMMEL, change: { generation?: number; expires?: string } = {}) => {
  const { contact, linkGeneration } = harness.state().parties[party]!;
  const made = await harness.links.contactCode({
    ...{ path: PATH, party, person: contact! },
    generation: change.generation ?? linkGeneration,
    expires: asLocalDate(change.expires ?? '2099-12-31'),
  });
  return made!.code;
};

async function type(code: string): Promise<void> {
  await browser.get('/m/code');
  await browser.submit('code', { code });
}

async function prepared(patience = 1000): Promise<void> {
  harness = await createHarness({ patience });
  await startPath(harness.store, harness.paths);
  await request(harness, 'declaration-of-intent');
  browser = new Browser(harness.app);
}
afterEach(() => harness.close());

describe('a code that is typed', () => {
  beforeEach(() => prepared());

  test('opens the same page as the link, however it is typed', async () => {
    const code = await codeFor();
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
    const mistaken = code.replaceAll('0', 'o').replaceAll('1', 'l');
    for (const typed of [
      code,
      code.toLowerCase(),
      code.replaceAll('-', ''),
      ` ${code.replaceAll('-', ' ')} `,
      mistaken,
    ]) {
      browser = new Browser(harness.app);
      await type(typed);
      expect(browser.url).toBe(`/m/p/${PATH}/23102`);
      expect(browser.text).toContain('Gemeenteraad van Wemmel');
    }
    await browser.submit('antwoord-declaration-of-intent', {
      ...{ answer: 'scheduled', 'scheduled.session': '2031-03-18', name: 'An', function: 'secretariaat' },
    });
    expect(browser.text).toContain('Geagendeerd op 18 maart');
  });

  test('changes nothing, twice over', async () => {
    const before = harness.state().seq;
    const code = await codeFor();
    await type(code);
    await type(code);
    expect(browser.status).toBe(200);
    expect(harness.state().seq).toBe(before);
  });

  test('that is unknown, revoked, expired or no code at all gets one answer, which says whom to ask', async () => {
    const known = await codeFor();
    const revoked = await codeFor(WEMMEL, { generation: 0 });
    const expired = await codeFor(ASSE, { expires: '2020-01-01' });
    const unknown = known.replace(/^./, known.startsWith('Z') ? 'Y' : 'Z');
    const answers = [];
    for (const typed of [unknown, revoked, expired, 'UUUU-UUUU-UUUU', 'x', `${known}0`]) {
      await type(typed);
      expect(browser.status).toBe(422);
      expect(browser.text).toContain('vraag dan de coördinator die in de mail staat');
      expect(browser.cookieHeader(`/m/p/${PATH}/23102`)).not.toContain('regiopad_contact');
      answers.push(browser.text.replaceAll(typed, ''));
    }
    expect(new Set(answers).size).toBe(1);
  });

  test('stops with the link when a colleague takes over', async () => {
    const code = await codeFor();
    await type(code);
    await browser.get(`/m/p/${PATH}/23102/collega`);
    await browser.submit('collega', { name: 'Jan Janssens', email: 'jan@example.org', function: 'cultuurdienst' });
    await type(code);
    expect(browser.status).toBe(422);
    expect(await codeFor()).not.toBe(code);
    await type(await codeFor());
    expect(browser.status).toBe(200);
  });

  test('is kept as a hash only', async () => {
    const code = await codeFor();
    const rows = await harness.store.db.selectFrom('link_codes').selectAll().execute();
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(code.replaceAll('-', ''));
    expect(JSON.stringify(rows)).not.toContain(code);
  });

  test('is taken only from our own page', async () => {
    const code = await codeFor();
    await browser.post('/m/code', { code });
    expect(browser.status).toBe(403);
    await browser.get('/m/code');
    await browser.submit('code', { code }, { origin: 'https://evil.example' });
    expect(browser.status).toBe(403);
  });
});

describe('guessing', () => {
  test('ends soon, from one place, and from many together', async () => {
    await prepared(0.5);
    const post = async (remoteAddress: string): Promise<number> => {
      const response = await harness.app.inject({ method: 'POST', url: '/m/code', remoteAddress, payload: {} });
      return response.statusCode;
    };
    const one = [];
    for (let count = 0; count < 7; count += 1) one.push(await post('10.0.0.1'));
    expect(one).toEqual([403, 403, 403, 403, 403, 429, 429]);
    const many = [];
    for (let count = 0; count < 70; count += 1) many.push(await post(`10.0.1.${String(count)}`));
    expect(many[0]).toBe(403);
    expect(many.at(-1)).toBe(429);
    await browser.get('/m/code');
    expect(browser.status).toBe(200);
  });
});
