import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Browser, createHarness, type Harness, PATH, request, startPath, WEMMEL } from './harness.ts';

let harness: Harness;
afterEach(() => harness.close());

const answer = { answer: 'scheduled', 'scheduled.session': '2031-03-18', name: 'An', function: 'secretariaat' };

async function prepared(options: Parameters<typeof createHarness>[0] = {}): Promise<void> {
  harness = await createHarness(options);
  await startPath(harness.store, harness.paths);
  await request(harness, 'declaration-of-intent');
}

describe('every answer', () => {
  beforeEach(() => prepared());

  test('forbids scripts, frames and foreign content, and asks not to be indexed', async () => {
    for (const url of ['/aanmelden', '/toegankelijkheid', '/m/x', '/nergens', '/assets/regiopad.css', '/healthz']) {
      const { headers } = await harness.app.inject({ url });
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain('unsafe');
      expect(policy).not.toContain('script-src');
      expect(headers['x-robots-tag']).toContain('noindex');
      expect(headers['x-content-type-options']).toBe('nosniff');
    }
    expect((await harness.app.inject({ url: '/robots.txt' })).body).toContain('Disallow: /');
  });
});

describe('a form from elsewhere', () => {
  beforeEach(() => prepared());

  test('is not taken: another origin, no token, a token of somebody else', async () => {
    const browser = await harness.visit(WEMMEL);
    const { action, fields } = browser.forms()[0]!;
    const before = harness.state().seq;
    const attempts: [Record<string, string>, Record<string, string>][] = [
      [{ ...fields, ...answer }, { origin: 'https://evil.example' }],
      [{ ...fields, ...answer }, { origin: 'null' }],
      [{ ...fields, ...answer }, { 'sec-fetch-site': 'cross-site' }],
      [{ ...fields, ...answer, _form: '' }, {}],
      [{ ...fields, ...answer, _form: 'x'.repeat(32) }, {}],
    ];
    for (const [body, headers] of attempts) {
      await browser.post(action, body, headers);
      expect(browser.status).toBe(403);
      expect(browser.text).toContain('Dit formulier is te oud');
    }
    expect(harness.state().seq).toBe(before);
    await browser.post(action, { ...fields, ...answer });
    expect(browser.status).toBe(200);
  });

  test('cannot sign in or out, nor tell a path something', async () => {
    const browser = await harness.signIn('coordinator');
    for (const url of ['/aanmelden', '/afmelden', `/paden/${PATH}`, `/paden/${PATH}/beheer`]) {
      await browser.post(url, { command: 'stop', reason: 'x', email: 'fien@example.org' });
      expect(browser.status).toBe(403);
    }
    await browser.get('/');
    expect(browser.text).toContain('Cultuur Noordrand');
    expect(harness.state().ending).toBeUndefined();
  });
});

describe('too many requests', () => {
  test('end on a page that asks for patience', async () => {
    await prepared({ patience: 0.1 });
    const browser = new Browser(harness.app);
    const url = `/m/${await harness.token(WEMMEL)}`;
    const statuses: number[] = [];
    for (let count = 0; count < 10; count += 1) {
      statuses.push((await harness.app.inject({ url })).statusCode);
    }
    expect(statuses.slice(0, 5)).toEqual([302, 302, 302, 302, 302]);
    expect(statuses.at(-1)).toBe(429);
    await browser.get(url);
    expect(browser.text).toContain('Even geduld');
  });
});

describe('behind a proxy with a path prefix', () => {
  test('every address carries it, whether the proxy takes it off or not', async () => {
    await prepared({ config: { publicUrl: 'https://example.org/regiopad' } });
    const token = await harness.token(WEMMEL);
    for (const url of [`/m/${token}`, `/regiopad/m/${token}`]) {
      const response = await harness.app.inject({ url });
      expect(response.headers.location).toBe(`/regiopad/m/p/${PATH}/23102`);
      const cookie = response.cookies[0]!;
      expect(cookie).toMatchObject({ path: `/regiopad/m/p/${PATH}/23102`, secure: true, httpOnly: true });
      const page = await harness.app.inject({
        url: `/m/p/${PATH}/23102`,
        headers: { cookie: `${cookie.name}=${cookie.value}` },
      });
      expect(page.statusCode).toBe(200);
      for (const [, address = ''] of page.body.matchAll(/(?:href|action|src)="(\/[^"]*)"/g)) {
        expect(address).toMatch(/^\/regiopad\//);
      }
    }
    expect((await harness.app.inject({ url: '/regiopad' })).headers.location).toBe('/regiopad/aanmelden');
  });
});

describe('the log', () => {
  test('never holds a token, whatever happens to the request', async () => {
    const lines: string[] = [];
    const logger = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
    await prepared({ logger });
    const browser = await harness.visit(WEMMEL);
    harness.paths.failure = new Error('boom');
    await browser.submit(0, answer);
    const token = await harness.token(WEMMEL);
    await browser.get(`/m/${token}x`);
    await browser.get('/aanmelden/some-sign-in-token');
    expect(lines.join('')).toContain('boom');
    for (const secret of [token, token.slice(-20), 'some-sign-in-token']) expect(lines.join('')).not.toContain(secret);
  });
});
