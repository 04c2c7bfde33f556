/** Somebody who sees, or changes, what is not theirs: every route of the application, asked by everybody. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endpointsOf } from '../../browser/accessibility/routes.ts';
import { createHarness, type Harness } from '../harness.ts';
import { MAIL, madeUp, placesOf } from './places.ts';
import { type Circle, circles, table } from './table.ts';
import { furnish, hiddenFrom, passOf, personal, type Viewer, viewers } from './viewers.ts';

const folder = mkdtempSync(join(tmpdir(), 'regiopad-roles-'));
const lines: string[] = [];
/** For each viewer, how often personal data were in an answer. */
const seen = new Map<Viewer, number>();
let harness: Harness;

beforeAll(async () => {
  writeFileSync(join(folder, `${MAIL}.eml`), 'From: a@example.org\r\nTo: b@example.org\r\nSubject: Proef\r\n\r\nDag');
  const memory = new Writable({ write: (chunk, _encoding, done) => done(void lines.push(String(chunk))) });
  harness = await createHarness({
    mailbox: { folder, spool: folder },
    // Nobody answers there.
    oidc: { issuer: 'http://127.0.0.1:9', clientId: 'a', clientSecret: 'b', scope: 'openid' },
    gallery: () => Promise.resolve(new Map()),
    logger: pino({ level: 'trace' }, memory),
  });
  await furnish(harness);
}, 120_000);
afterAll(async () => {
  await harness.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What is asked of the application: `HEAD` is what `GET` is. */
const endpoints = (): string[] => endpointsOf(harness.app).filter((endpoint) => !endpoint.startsWith('HEAD '));

const routeOf = (endpoint: string): string => endpoint.split(' ')[1] ?? '';

/** Pages for everybody, whose forms belong to a browser and not to who has signed in. */
const VISITORS = /^\/(?:aanmelden|m|mailbox)(?:\/|$)/;

async function ask(viewer: Viewer, endpoint: string, url: string): Promise<LightMyRequestResponse> {
  const [method = ''] = endpoint.split(' ');
  const route = routeOf(endpoint);
  const isProgram = route.startsWith('/api/');
  const { headers, formToken, visitorToken } = await passOf(harness, viewer, isProgram);
  const options: InjectOptions = {
    ...{ method, url },
    headers: { host: 'localhost:3000', ...headers },
  };
  if (method === 'GET') return harness.app.inject(options);
  const type = isProgram ? 'application/json' : 'application/x-www-form-urlencoded';
  return harness.app.inject({
    ...options,
    headers: { ...options.headers, 'content-type': type, 'idempotency-key': crypto.randomUUID() },
    payload: isProgram
      ? '{}'
      : new URLSearchParams({ _form: VISITORS.test(route) ? visitorToken : formToken }).toString(),
  });
}

type Outcome = 'open' | 'forbidden' | 'sign in' | 'not there' | 'broken';

function outcomeOf({ statusCode, headers }: LightMyRequestResponse): Outcome {
  if (statusCode >= 500 && statusCode !== 503) return 'broken';
  const isSentToSignIn = /^\/aanmelden(?:\?|$)/.test(String(headers.location));
  if (statusCode === 401 || isSentToSignIn) return 'sign in';
  if (statusCode === 403) return 'forbidden';
  return statusCode === 404 || statusCode === 410 ? 'not there' : 'open';
}

function expectedOf(viewer: Viewer, endpoint: string, circle: Circle): Outcome[] {
  // An address that only its secret opens.
  if (circle === 'link') return ['sign in', 'not there'];
  // Signing out leads there too.
  if (endpoint === 'POST /afmelden') return ['sign in'];
  if ((circles[circle] as readonly Viewer[]).includes(viewer))
    return madeUp.has(endpoint) ? ['open', 'not there'] : ['open'];
  if (viewer === 'nobody') return ['sign in'];
  // A program is not told that a region exists which it may not read.
  return endpoint.includes(' /api/') ? ['forbidden', 'not there'] : ['forbidden'];
}

const leaks = (viewer: Viewer, response: LightMyRequestResponse): string[] => {
  const answer = `${JSON.stringify(response.headers)}\n${response.body}`;
  if (Object.values(personal).some((words) => words.some((word) => answer.includes(word))))
    seen.set(viewer, (seen.get(viewer) ?? 0) + 1);
  return hiddenFrom(viewer).filter((word) => answer.includes(word));
};

test('every route is in the table: add a line to test/web/roles/table.ts that says who may', () => {
  expect(endpoints().filter((endpoint) => !(endpoint in table))).toEqual([]);
  expect(Object.keys(table).filter((endpoint) => !endpoints().includes(endpoint))).toEqual([]);
});

describe('nobody gets more than is theirs', { timeout: 300_000 }, () => {
  test.each(viewers)('%s', async (viewer) => {
    const wrong: string[] = [];
    for (const endpoint of endpoints()) {
      const circle = table[endpoint];
      if (circle === undefined) continue;
      for (const place of placesOf(routeOf(endpoint))) {
        const response = await ask(viewer, endpoint, place);
        const [outcome, expected] = [outcomeOf(response), expectedOf(viewer, endpoint, circle)];
        if (!expected.includes(outcome))
          wrong.push(`${endpoint}: ${outcome} (${response.statusCode}), not ${expected.join(' or ')}`);
        for (const word of leaks(viewer, response)) wrong.push(`${endpoint}: shows ${word} at ${place}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('a route takes no other method than its own', async () => {
    const known = new Set(endpoints());
    const others = endpoints()
      .map((endpoint) => endpoint.replace(/^GET/, 'POST'))
      .filter((endpoint) => !known.has(endpoint));
    for (const endpoint of others) {
      const [place = ''] = placesOf(routeOf(endpoint));
      const { statusCode } = await ask('administrator', endpoint, place);
      expect([404, 405, 410], endpoint).toContain(statusCode);
    }
  });
});

test('the people of a region are seen by who may: what is looked for can be found', () => {
  for (const viewer of ['coordinator elsewhere', 'coordinator', 'deputy', 'consultant', 'administrator'] as const)
    expect(seen.get(viewer) ?? 0, viewer).toBeGreaterThan(0);
});

test('no line of the log holds a name, an address, a number or a secret', () => {
  const log = lines.join('');
  const words = [...Object.values(personal).flat(), 'regiopad_session', 'Bearer', '@example.org'];
  expect(words.filter((word) => log.includes(word))).toEqual([]);
});
