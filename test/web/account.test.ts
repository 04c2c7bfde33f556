/** A session on a computer that was left behind, a token that leaked, and who finds out about it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Browser, createHarness, type Harness, startPath } from './harness.ts';
import { agentParts } from '../../client/web/account/agents.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness();
  await startPath(harness.store, harness.paths);
});
afterEach(() => harness.close());

/** Whether a browser is still signed in. */
async function isIn(browser: Browser): Promise<boolean> {
  await browser.get('/account');
  return browser.status === 200;
}

describe('one’s own page', () => {
  test('says who one is, and is reached by the name in the bar', async () => {
    const browser = await harness.signIn('consultant');
    expect(browser.html).toMatch(/<a class="account" href="\/account">Fien De Smet<\/a>/);
    await browser.get('/account');
    expect(browser.text).toContain('regioconsulent');
    expect(browser.text).toContain('consulent@example.org');
    await new Browser(harness.app).get('/account');
    const nobody = new Browser(harness.app);
    await nobody.get('/account');
    expect(nobody.status).toBe(401);
  });

  test('ends one other session, or all others, and never that of somebody else', async () => {
    const here = await harness.signIn('coordinator');
    const [there, elsewhere] = [await harness.signIn('coordinator'), await harness.signIn('coordinator')];
    const stranger = await harness.signIn('consultant');
    await here.get('/account');
    expect(here.text.match(/deze browser/g)).toHaveLength(1);
    const ends = here.forms().filter(({ action }) => action === '/account/sessies');
    expect(ends).toHaveLength(3);
    const strangers = await harness.store.db
      .selectFrom('web_sessions')
      .innerJoin('accounts', 'accounts.id', 'account_id')
      .select('hash')
      .where('role', '=', 'consultant')
      .executeTakeFirstOrThrow();
    await here.post('/account/sessies', { ...ends[0]!.fields, session: strangers.hash });
    expect(await isIn(stranger)).toBe(true);
    await here.post('/account/sessies', ends[0]!.fields);
    expect(here.text).toContain('Die sessie is beëindigd');
    expect([await isIn(there), await isIn(elsewhere)].filter(Boolean)).toHaveLength(1);
    await here.post('/account/sessies', ends[2]!.fields);
    expect(await Promise.all([here, there, elsewhere, stranger].map(isIn))).toEqual([true, false, false, true]);
    await here.post('/account/sessies', { _form: 'x' });
    expect(here.status).toBe(403);
  });

  test('forgets sessions that expired when somebody signs in', async () => {
    await harness.signIn('coordinator');
    harness.setTime('2031-02-14T09:00:00.000Z');
    await harness.signIn('consultant');
    expect(await harness.store.db.selectFrom('web_sessions').selectAll().execute()).toHaveLength(1);
  });
});

describe('tokens for programs', () => {
  const token = (browser: Browser): string => /rp_[\w-]{43}/.exec(browser.html)?.[0] ?? '';

  test('are shown once, do what was chosen until the last day is over, and can be revoked', async () => {
    const browser = await harness.signIn('consultant');
    await browser.get('/account');
    await browser.submit('token', { name: 'Maandrapport', role: 'consultant', until: '2031-03-01' });
    const made = token(browser);
    expect(await harness.store.apiTokens.accountOf(made)).toMatchObject({ role: 'consultant' });
    await browser.get('/account');
    expect(browser.text).toContain('geldig tot en met 1 maart 2031');
    expect(browser.text).toContain('laatst gebruikt op 12 februari 2031');
    expect(token(browser)).toBe('');
    harness.setTime('2031-03-01T22:59:59.000Z');
    expect(await harness.store.apiTokens.accountOf(made)).toBeDefined();
    harness.setTime('2031-03-01T23:00:00.000Z');
    expect(await harness.store.apiTokens.accountOf(made)).toBeUndefined();

    const next = await harness.signIn('consultant');
    await next.get('/account');
    expect(next.text).toContain('verlopen');
    await next.submit(
      next.forms().findIndex(({ action }) => action.endsWith('/intrekken')),
      {},
    );
    expect(next.text).toContain('De token is ingetrokken');
    expect(next.text).not.toContain('Maandrapport');
  });

  test.each([
    [{ until: '2032-02-13' }, 'Een token is hoogstens een jaar geldig'],
    [{ until: '2031-02-11' }, 'Die datum is al voorbij'],
    [{ name: '' }, 'Vul dit in'],
    [{ role: 'administrator' }, 'Maak een keuze'],
  ] as [Record<string, string>, string][])(
    'with %j are not made, and what was typed is kept',
    async (fill, message) => {
      const browser = await harness.signIn('consultant');
      await browser.get('/account');
      await browser.submit('token', { name: 'Maandrapport', role: 'consultant', until: '2031-03-01', ...fill });
      expect(browser.status).toBe(422);
      expect(browser.text).toContain(message);
      expect(browser.html).toContain(`value="${fill['until'] ?? '2031-03-01'}"`);
      expect(token(browser)).toBe('');
    },
  );

  test('are not made twice by loading the page again, nor for somebody who only reads', async () => {
    const browser = await harness.signIn('coordinator');
    await browser.get('/account');
    const fill = { name: 'Maandrapport', role: 'reader', until: '2031-03-01' };
    await browser.submit('token', fill);
    await browser.submit('token', fill);
    expect(browser.text).toContain('U hebt al een token met deze naam');
    const reader = await harness.signIn('reader');
    await reader.get('/account');
    expect(reader.forms().some(({ id }) => id === 'token')).toBe(false);
    await reader.post('/account/tokens', { ...reader.forms()[0]!.fields, ...fill });
    expect(reader.status).toBe(403);
  });
});

test.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0', 'Edge Windows'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1 Version/17.5 Safari/605.1', 'Safari Mac'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E Safari/604.1', 'Safari iPhone'],
  ['Mozilla/5.0 (Linux; Android 14; SM-A546B) SamsungBrowser/25.0 Chrome/121.0 Safari/537', 'Samsung Internet Android'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0', 'Firefox Linux'],
  ['curl/8.5.0', ''],
])('%s is recognised', (agent, expected) => {
  expect(Object.values(agentParts(agent)).join(' ')).toBe(expected);
});
