/** Reminders that stopped, a record that lags or a mail server that is away, and nobody who is told; or figures that name somebody. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAccountMailer } from '../../activities/account-mailer.ts';
import { createSelfCheck, type troubleKinds } from '../../client/watch/self-check.ts';
import { lookAround } from '../../client/watch/keep-watch.ts';
import { createPathWatch } from '../../client/watch/path-watch.ts';
import { asInstant, asLocalDate } from '../../domain/ids.ts';
import { nextDue } from '../../domain/due.ts';
import type { OutgoingMail } from '../../activities/outgoing.ts';
import { ASSE, createHarness, type Harness, PATH, request, startPath } from '../web/harness.ts';

const INTENT = 'declaration-of-intent';
const TOKEN = 'a-token-for-prometheus';
let harness: Harness;
let isAway = false;

beforeEach(async () => {
  isAway = false;
  harness = await createHarness({
    config: { publicUrl: 'http://localhost:3000', metricsToken: TOKEN },
    pingTemporal: () => (isAway ? Promise.reject(new Error('away')) : Promise.resolve()),
  });
  await startPath(harness.store, harness.paths);
  await request(harness, INTENT);
});
afterEach(() => harness.close());

const selfCheck = () =>
  createSelfCheck({
    ...{ store: harness.store, watch: createPathWatch(harness.store), clock: () => harness.now() },
    stateOf: (path) => harness.paths.state(path),
    pingTemporal: () => (isAway ? Promise.reject(new Error('away')) : Promise.resolve()),
  });

const later = (text: string, minutes: number) => asInstant(Date.parse(text) + minutes * 60_000);

describe('the self-check', () => {
  test('finds nothing while everything runs', async () => {
    expect(await selfCheck()()).toEqual([]);
  });

  test('notices mails that did not go out, an hour after their moment and not before', async () => {
    const { at } = nextDue(harness.state(), harness.now())!;
    harness.setTime(later(at, 59));
    expect(await selfCheck()()).toEqual([]);
    harness.setTime(later(at, 61));
    expect(await selfCheck()()).toEqual([{ kind: 'reminders', count: 1 }]);
  });

  test('notices that the clock of a machine is wrong, at once', async () => {
    const { health } = harness.store;
    const right = { ok: true, code: 'right', detail: '' };
    const ahead = { ok: false, code: 'ahead', detail: '2880 minutes ahead of the Temporal server' };
    const since = harness.now();
    await health.noteClock('web-clock', 'first', { ...right, at: since });
    expect(await selfCheck()()).toEqual([]);
    await health.noteClock('worker-clock', 'first', { ...ahead, at: since });
    expect(await selfCheck()()).toEqual([{ kind: 'clock' }]);
    // Another machine that is right does not speak for it.
    await health.noteClock('worker-clock', 'second', { ...right, at: later(since, 1) });
    expect(await selfCheck()()).toEqual([{ kind: 'clock' }]);
    const { body } = await harness.app.inject({ url: '/metrics', headers: { host: 'localhost' } });
    expect(body).toContain('regiopad_component_ok{component="worker-clock"} 0');
    expect(body).toContain('regiopad_component_ok{component="web-clock"} 1');
    // One that is gone is not repaired by anybody, and is no news for ever.
    await health.noteClock('web-clock', 'first', { ...right, at: later(since, 7) });
    expect(await selfCheck()()).toEqual([]);
    const ready = async () =>
      (await harness.app.inject({ url: '/readyz', headers: { host: 'localhost' } })).json<{ clock: unknown }>();
    expect((await ready()).clock).toEqual({ ok: true, detail: 'ok' });
    await health.noteClock('worker-clock', 'first', { ...ahead, at: later(since, 8) });
    expect((await ready()).clock).toMatchObject({
      ok: false,
      detail: expect.stringMatching(/^the machine of the worker is 2880 minutes ahead/) as string,
    });
    // The witness itself was days ahead: what was noted by it then hides nothing that is noted now.
    await health.noteClock('worker-clock', 'third', { ...ahead, at: later(since, 2_880) });
    await health.noteClock('worker-clock', 'first', { ...right, at: later(since, 9) });
    expect((await ready()).clock).toEqual({ ok: true, detail: 'ok' });
  });

  test('notices that Temporal is away, at the second look', async () => {
    const check = selfCheck();
    isAway = true;
    expect(await check()).toEqual([]);
    expect(await check()).toEqual([{ kind: 'temporal' }]);
    isAway = false;
    expect(await check()).toEqual([]);
  });

  test('notices that the store does not have what a path did a round ago, as long as that is so', async () => {
    const ahead = harness.state().seq + 1;
    const check = createSelfCheck({
      ...{ store: harness.store, watch: createPathWatch(harness.store), clock: () => harness.now() },
      stateOf: () => Promise.resolve({ seq: ahead }),
      pingTemporal: () => Promise.resolve(),
    });
    expect(await check()).toEqual([]);
    expect(await check()).toEqual([{ kind: 'record', count: 1 }]);
    expect(await check()).toEqual([{ kind: 'record', count: 1 }]);
    const on = asLocalDate('2031-02-11');
    await harness.tell({ type: 'answer', data: { party: ASSE, decision: INTENT, answer: 'approved', on } });
    expect(await check()).toEqual([]);
  });

  test.each(['mail', 'inbound'] as const)('notices that %s has been down for more than an hour', async (component) => {
    await harness.store.health.note(component, { ok: false, code: 'ECONNREFUSED', detail: '', at: harness.now() });
    expect(await selfCheck()()).toEqual([]);
    harness.setTime(later(harness.now(), 61));
    expect((await selfCheck()()).map(({ kind }) => kind)).toContain(component);
  });
});

describe('an alert', () => {
  test('goes to the administrators, once a day for the same trouble, in words for each', async () => {
    const { store } = harness;
    const account = await store.accounts.ensureAccount({
      ...{ role: 'administrator', email: 'beheer@example.org', name: 'Mia' },
    });
    const mails: OutgoingMail[] = [];
    const transport = {
      send: (mail: OutgoingMail) => {
        mails.push(mail);
        return Promise.resolve({ outcome: 'accepted', code: '250', response: '', scope: 'message' } as const);
      },
    };
    const config = { mailFrom: 'regiopad@example.org', publicUrl: 'https://regiopad.example.org' };
    const { sendAlert } = createAccountMailer({
      store,
      transport: { ...transport, concurrency: 1, close: () => undefined },
      config,
    });
    const errors: unknown[] = [];
    const look = (kinds: readonly (typeof troubleKinds)[number][]) =>
      lookAround(
        {
          ...{ sendAlert, clock: () => harness.now(), administrators: () => Promise.resolve([account]) },
          check: () => Promise.resolve(kinds.map((kind) => ({ kind, count: 2 }))),
        },
        { error: (...said: unknown[]) => void errors.push(said) },
      );
    await look([]);
    expect(errors).toHaveLength(0);
    await look(['reminders']);
    await look(['reminders']);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.text).toContain('In 2 trajecten vertrok een mail niet');
    await look(['reminders', 'mail']);
    harness.setTime(later(harness.now(), 24 * 60));
    await look(['reminders']);
    expect(mails).toHaveLength(3);
    expect(errors).toHaveLength(4);
  });
});

describe('/metrics', () => {
  const get = (headers: Record<string, string> = {}, remoteAddress = '127.0.0.1') =>
    harness.app.inject({ url: '/metrics', headers: { host: 'localhost', ...headers }, remoteAddress });

  test('counts paths, answers and what waits, in the format of Prometheus', async () => {
    await harness.app.inject({ url: '/toegankelijkheid' });
    await harness.app.inject({ url: '/m/secret.token.here' });
    const { statusCode, headers, body } = await get();
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(body).toContain('regiopad_paths{status="running"} 1\n');
    expect(body).toContain('regiopad_answers_total 0\n');
    expect(body).toContain('regiopad_component_ok{component="temporal"} 1\n');
    expect(body).toContain('regiopad_mails_waiting 0\n');
    expect(body).toContain(
      'regiopad_http_request_duration_seconds_count{method="GET",route="/toegankelijkheid",status="2xx"} 1\n',
    );
    for (const line of body.trim().split('\n'))
      expect(line).toMatch(/^(?:# (?:HELP|TYPE) regiopad_\w+ .+|regiopad_\w+(?:\{(?:\w+="[^"]*",?)+\})? -?[\d.e+-]+)$/);
  });

  test('says how late something is that did not go out', async () => {
    const { at } = nextDue(harness.state(), harness.now())!;
    harness.setTime(later(at, 120));
    expect((await get()).body).toContain('regiopad_due_late_seconds 7200\n');
  });

  test('names nobody: no person, no address, no region, nothing of an address that was opened', async () => {
    await harness.app.inject({ url: '/m/secret.token.here' });
    const { body } = await get();
    for (const word of ['secret', 'Fien', '@', PATH, 'Noordrand', 'Wemmel', '23102']) expect(body).not.toContain(word);
  });

  test('is for this machine, and for who bears the token', async () => {
    expect((await get({}, '203.0.113.9')).statusCode).toBe(404);
    expect((await get({ 'x-forwarded-for': '203.0.113.9' })).statusCode).toBe(404);
    expect((await get({ authorization: 'Bearer wrong' }, '203.0.113.9')).statusCode).toBe(404);
    expect((await get({ authorization: `Bearer ${TOKEN}` }, '203.0.113.9')).statusCode).toBe(200);
  });
});
