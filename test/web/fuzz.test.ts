/** Whatever comes in place of a link: never a fault of ours, never another page than a dead end, never a token in the log. */
import fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHarness, type Harness, PATH, request, startPath, WEMMEL } from './harness.ts';

const lines: string[] = [];
let harness: Harness;
let token = '';

beforeAll(async () => {
  const logger = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  harness = await createHarness({ logger });
  await startPath(harness.store, harness.paths);
  await request(harness, 'declaration-of-intent');
  token = await harness.token(WEMMEL);
});
afterAll(() => harness.close());

const HOME = `/m/p/${PATH}/23102`;
const DEAD_ENDS =
  /Deze link klopt niet|Open de link uit uw mail|Deze pagina bestaat niet|Dat lukt niet|Dit formulier is te oud|Dit traject kennen we niet/;
const bounded = { numRuns: 150 };

/** A token that was changed somewhere: a character, a part, its order, its claims. */
const tampered = fc
  .tuple(fc.nat({ max: 400 }), fc.string({ unit: 'binary', maxLength: 12 }), fc.nat({ max: 5 }))
  .map(([at, text, how]) => {
    const parts = token.split('.');
    const place = at % token.length;
    if (how === 0) return `${token.slice(0, place)}${text}${token.slice(place + 1)}`;
    if (how === 1) return token.slice(0, place);
    if (how === 2) return parts.toReversed().join('.');
    if (how === 3)
      return [parts[0], Buffer.from(`{"path":${JSON.stringify(text)}}`).toString('base64url'), parts[2]].join('.');
    if (how === 4)
      return [Buffer.from(JSON.stringify({ alg: text, kid: 'k1' })).toString('base64url'), parts[1], parts[2]].join(
        '.',
      );
    return [Buffer.from(JSON.stringify({ alg: 'HS256', kid: text })).toString('base64url'), parts[1], parts[2]].join(
      '.',
    );
  })
  // What a mail program puts behind a link is forgiven.
  .filter((text) => text.replace(/[^\w-]+$/, '') !== token);
const anything = fc.string({ unit: 'binary', maxLength: 300 });
const strange = fc.oneof(
  tampered,
  anything,
  fc.constantFrom('__proto__', 'constructor', '%', '%00', '..', '.', '~', 'a'.repeat(1999)),
);

function checkEnd({ statusCode, body, headers }: { statusCode: number; body: string; headers: object }): void {
  expect(statusCode).toBeGreaterThanOrEqual(400);
  expect(statusCode).toBeLessThan(500);
  if (statusCode !== 400 || body.includes('<html')) expect(body).toMatch(DEAD_ENDS);
  expect(body).not.toContain('Wemmel');
  expect(headers).not.toHaveProperty('set-cookie');
}

test('as a token in the address', async () => {
  await fc.assert(
    fc.asyncProperty(strange, async (text) => {
      const response = await harness.app.inject({ url: `/m/${encodeURIComponent(text.toWellFormed()) || 'x'}` });
      // A text of dots is taken out of an address before it is looked at; other pages are no matter of a link.
      if (response.statusCode !== 302 && response.statusCode !== 200) checkEnd(response);
      else expect(['.', '..']).toContain(text);
    }),
    bounded,
  );
});

test('as a cookie, on every page', async () => {
  const pages = ['', '/collega', '/zittingen', '/gegevens', '/bestanden/x'];
  await fc.assert(
    fc.asyncProperty(strange, anything, fc.constantFrom(...pages), fc.boolean(), async (text, who, page, isRaw) => {
      const value = isRaw
        ? text.replace(/[^\x21-\x7e]/g, '').replaceAll(';', '')
        : encodeURIComponent(text.toWellFormed());
      fc.pre(value !== token);
      const cookie = `regiopad_contact=${value}; regiopad_who=${encodeURIComponent(who.toWellFormed())}`;
      checkEnd(await harness.app.inject({ url: `${HOME}${page}`, headers: { cookie } }));
      checkEnd(await harness.app.inject({ method: 'POST', url: `${HOME}${page || '/antwoord'}`, headers: { cookie } }));
    }),
    bounded,
  );
});

test('as headers and cookies beside a link that is good: its page, as always', async () => {
  const names = [
    'x-forwarded-for',
    'x-forwarded-host',
    'x-forwarded-proto',
    'forwarded',
    'referer',
    'origin',
    'accept',
    'range',
  ];
  const header = fc.string({ unit: fc.constantFrom(...Array.from('aZ09 ,;:/=<>"\'()[]%@-_.*\\')), maxLength: 80 });
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.constantFrom(...names), header, { maxKeys: 4 }),
      anything,
      async (headers, who) => {
        const cookie = `regiopad_contact=${token}; regiopad_who=${encodeURIComponent(who.toWellFormed())}`;
        const page = await harness.app.inject({ url: HOME, headers: { ...headers, cookie } });
        expect(page.statusCode).toBe(200);
        expect(page.body).toContain('Gemeenteraad van Wemmel');
        expect(page.body).not.toContain('evil.example');
        const opened = await harness.app.inject({ url: `/m/${token}`, headers });
        expect(opened.headers.location).toBe(HOME);
      },
    ),
    bounded,
  );
});

test('as a code, or as the fields of a form', async () => {
  const cookie = `regiopad_contact=${token}`;
  const before = harness.state().seq;
  await fc.assert(
    fc.asyncProperty(fc.dictionary(anything, anything, { maxKeys: 8 }), strange, async (fields, code) => {
      const payload = new URLSearchParams({ ...fields, code: code.toWellFormed() }).toString();
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      for (const url of ['/m/code', `${HOME}/antwoord`, `${HOME}/bewijs`, `${HOME}/collega`]) {
        const response = await harness.app.inject({ method: 'POST', url, payload, headers: { ...headers, cookie } });
        expect([400, 403, 413]).toContain(response.statusCode);
      }
    }),
    bounded,
  );
  expect(harness.state().seq).toBe(before);
});

test('none of it stands in the log, and nothing was a fault', () => {
  const log = lines.join('');
  expect(log).not.toContain(token.split('.')[2]);
  expect(log).not.toContain(token.split('.')[1]);
  expect(lines.filter((line) => (JSON.parse(line) as { level: number }).level >= 50)).toEqual([]);
});
