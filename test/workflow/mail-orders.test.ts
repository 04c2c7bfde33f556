import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSmtpTransport } from '../../activities/transport.ts';
import type { Command } from '../../domain/commands.ts';
import type { PathId } from '../../domain/ids.ts';
import { comingTo } from '../../domain/mail-now.ts';
import { keyOf } from '../../domain/mail-orders.ts';
import { at, wemmel } from '../core/world.ts';
import { startServer, type TestServer } from '../mail/server.ts';
import { Stack, coordinatorOf, until } from './stack.ts';

let stack: Stack;
let server: TestServer;
beforeAll(async () => {
  stack = await Stack.start();
  server = await startServer({});
  stack.transport = createSmtpTransport(server.url);
  await stack.startWorker();
});
afterAll(async () => {
  await stack.stop();
  stack.transport.close();
  await server.close();
});

const INTENT = 'declaration-of-intent';
const tell = (path: PathId, command: Command) =>
  stack.paths.command(path, { id: crypto.randomUUID(), actor: coordinatorOf(path), command }, 20_000);

/** A path on whose clock it is a moment now, and on which the intent is asked while nothing leaves. */
async function askedWhilePaused(id: string, minutes: number): Promise<PathId> {
  const offsetMs = Date.parse(at('2031-03-04', minutes)) - Date.now();
  const path = await stack.startPath(id, { clock: { offsetMs, granularityMs: 1 } });
  for (const task of ['legal-form-choice', 'intent-draft']) await tell(path, { type: 'complete-task', data: { task } });
  await tell(path, { type: 'pause', data: { reason: 'eerst bellen' } });
  await tell(path, { type: 'request', data: { decision: INTENT } });
  return path;
}

/** What an order about the request to Wemmel names. */
async function request(path: PathId) {
  const state = await stack.paths.state(path);
  const to = state.parties[wemmel]!.contact!;
  const found = comingTo(state, to, at('2031-03-04')).find(({ firing }) => firing.rule === 'request')!;
  return { to, what: [keyOf(found.firing)] };
}

const received = (path: PathId, party: string): number =>
  server.received.filter(({ recipients }) => recipients.includes(`contact-${party}@${path}.example.org`)).length;

describe('with the real engine and a real mail server', () => {
  it('a held mail stays while the others leave, and leaves once it is released', async () => {
    const path = await askedWhilePaused('held', 10 * 60);
    const order = await request(path);
    await tell(path, { type: 'hold-mail', data: order });
    await tell(path, { type: 'resume', data: {} });
    await until(() => Promise.resolve(received(path, '23002') === 1));
    expect(received(path, '23102')).toBe(0);
    await tell(path, { type: 'release-mail', data: order });
    await until(() => Promise.resolve(received(path, '23102') === 1));
    expect(await stack.paths.state(path)).not.toHaveProperty('orders');
  });

  it('a mail that is sent now is there soon, in the evening too, and no other is', async () => {
    const path = await askedWhilePaused('now', 20 * 60);
    const order = await request(path);
    await tell(path, { type: 'resume', data: {} });
    await tell(path, { type: 'send-mail-now', data: order });
    await until(() => Promise.resolve(received(path, '23102') === 1));
    expect(received(path, '23002')).toBe(0);
  });
});
