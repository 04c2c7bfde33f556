/** How often somebody may ask: too little protection lets guesses and floods in, too much locks a town hall out. */
import { afterEach, describe, expect, test } from 'vitest';
import { placeOf } from '../../client/web/limits.ts';
import { ASSE, Browser, createHarness, type Harness, PATH, request, startPath, WEMMEL } from './harness.ts';

let harness: Harness;
afterEach(() => harness.close());

/** With a tenth of the patience: a link opens 6 times a minute, a page 12 times, a form 3 times; from one place 30, 30 and 9. */
async function prepared(patience = 0.1): Promise<void> {
  harness = await createHarness({ patience });
  await startPath(harness.store, harness.paths);
  await request(harness, 'declaration-of-intent');
}

interface Asked {
  method?: 'GET' | 'POST';
  from?: string;
  cookie?: string;
}

const ask = async (url: string, { method = 'GET', from = '10.0.0.1', cookie = '' }: Asked = {}) =>
  harness.app.inject({ method, url, remoteAddress: from, headers: { cookie } });

const statuses = async (
  count: number,
  url: string,
  asked: (index: number) => Asked = () => ({}),
): Promise<number[]> => {
  const all: number[] = [];
  for (let index = 0; index < count; index += 1) all.push((await ask(url, asked(index))).statusCode);
  return all;
};

const cookieOf = (token: string): string => `regiopad_contact=${token}`;
const place = (index: number): string => `10.1.0.${String(index)}`;
const HOME = `/m/p/${PATH}/23102`;

test('a request that never ends is ended, also where no proxy stands before the pages', async () => {
  await prepared();
  expect(harness.app.server.requestTimeout).toBe(300_000);
});

describe('the pages of a municipality', () => {
  test('a link opens so often, from wherever; another link then still opens', async () => {
    await prepared();
    const [wemmel, asse] = [await harness.token(WEMMEL), await harness.token(ASSE)];
    const from = (index: number): Asked => ({ from: place(index) });
    expect(await statuses(8, `/m/${wemmel}`, from)).toEqual([302, 302, 302, 302, 302, 302, 429, 429]);
    expect((await ask(`/m/${asse}`)).statusCode).toBe(302);
    const page = await ask(`/m/${wemmel}`);
    expect(page.body).toContain('Even geduld');
    expect(Number(page.headers['retry-after'])).toBeGreaterThan(0);
  });

  test('one place cannot try ever other links, nor ever other cookies', async () => {
    await prepared();
    const tried = await statuses(1, '/m/none');
    for (let index = 1; index < 32; index += 1) tried.push((await ask(`/m/none${String(index)}`)).statusCode);
    expect(tried.filter((status) => status === 404)).toHaveLength(30);
    expect(tried.at(-1)).toBe(429);
    const read = await statuses(32, HOME, (index) => ({ from: '10.0.0.2', cookie: cookieOf(`x${String(index)}`) }));
    expect(read.filter((status) => status === 429)).toHaveLength(2);
  });

  test.each(['', '/collega', '/zittingen', '/gegevens', '/bestanden/x'])(
    '%s is read so often by link',
    async (page) => {
      await prepared();
      const cookie = cookieOf(await harness.token(WEMMEL));
      const all = await statuses(13, `${HOME}${page}`, (index) => ({ from: place(index), cookie }));
      expect(all.slice(0, 12)).not.toContain(429);
      expect(all.at(-1)).toBe(429);
    },
  );

  test.each(['/antwoord', '/bewijs', '/collega', '/zittingen', '/gegevens', '/plaatsvervanger'])(
    '%s takes so many forms by link, and from one place',
    async (action) => {
      await prepared();
      const cookie = cookieOf(await harness.token(WEMMEL));
      const byLink = await statuses(4, `${HOME}${action}`, (index) => ({ method: 'POST', from: place(index), cookie }));
      expect(byLink.slice(0, 1)).toEqual([403]);
      expect(byLink.at(-1)).toBe(429);
      const other = (index: number): Asked => ({ method: 'POST', cookie: cookieOf(`x${String(index)}`) });
      const byPlace = await statuses(10, `${HOME}${action}`, other);
      expect(byPlace.slice(0, 9)).not.toContain(429);
      expect(byPlace.at(-1)).toBe(429);
    },
  );
});

test('reading pages uses up no tries of a code, and none of signing in', async () => {
  await prepared(1);
  const browser = new Browser(harness.app);
  await browser.get(`/m/${await harness.token(WEMMEL)}`);
  for (let count = 0; count < 30; count += 1) await browser.get(HOME);
  await browser.get('/m/code');
  await browser.submit('code', { code: 'AAAA-AAAA-AAAA' });
  expect(browser.status).toBe(422);
  await browser.get('/aanmelden');
  await browser.submit('aanmelden', { email: 'fien@example.org' });
  expect(browser.status).toBe(200);
});

test('a place is an address, and of IPv6 its network', () => {
  expect(placeOf({ ip: '192.0.2.7' })).toBe('192.0.2.7');
  expect(placeOf({ ip: '::ffff:192.0.2.7' })).toBe('::ffff:192.0.2.7');
  expect(placeOf({ ip: '2001:db8:1:2:3:4:5:6' })).toBe('2001:db8:1:2');
  expect(placeOf({ ip: '2001:db8::6' })).toBe('2001:db8:0:0');
  expect(placeOf({ ip: '::1' })).toBe('0:0:0:0');
});
