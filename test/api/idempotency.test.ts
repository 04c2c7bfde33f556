/** A program that repeats a request because it heard no answer does not do it twice. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asInstant } from '../../domain/ids.ts';
import { type ApiWorld, createApiWorld } from './world.ts';

let world: ApiWorld;
beforeAll(async () => {
  world = await createApiWorld();
});
afterAll(() => world.close());

const COMMANDS = '/paths/noordrand-2033/commands';
const contribution = (amount: number) => ({ type: 'change-party', data: { party: 'Wemmel', contribution: amount } });
const say = (body: unknown, key?: string, who: 'coordinator' | 'administrator' = 'coordinator') =>
  world.post(who, COMMANDS, body, key);
const events = () => world.harness.state().seq;

describe('the same request under the same key', () => {
  test('is done once, and answered the same each time', async () => {
    const first = await say(contribution(1_000), 'bijdrage-1');
    const after = events();
    const again = await say(contribution(1_000), '"bijdrage-1"');
    expect(first.status).toBe(200);
    expect(again.text).toBe(first.text);
    expect([first.headers['idempotency-replayed'], again.headers['idempotency-replayed']]).toEqual([undefined, 'true']);
    expect(events()).toBe(after);
  });

  test('is done once when both come at the same time', async () => {
    const before = events();
    const both = await Promise.all([say(contribution(2_000), 'tegelijk'), say(contribution(2_000), 'tegelijk')]);
    expect(events()).toBe(before + 1);
    expect(both.map(({ status }) => status).every((status) => status === 200 || status === 409)).toBe(true);
    expect(both.filter(({ body }) => body.code === 'still-running').every((each) => each.headers['retry-after'])).toBe(
      true,
    );
  });

  test('gets the same refusal, also when the rule would no longer refuse it', async () => {
    const resume = { type: 'resume', data: {} };
    const refused = await say(resume, 'hervat-nu');
    expect([refused.status, refused.body.code]).toEqual([409, 'path-not-paused']);
    await say({ type: 'pause', data: { reason: 'Even wachten.' } }, 'pauzeer-nu');
    expect((await say(resume, 'hervat-nu')).text).toBe(refused.text);
    expect((await say(resume, 'hervat-dan')).status).toBe(200);
  });

  test('may be asked again once what was not well put is mended', async () => {
    expect((await world.post('other', COMMANDS, contribution(3_000), 'van-een-ander')).status).toBe(403);
    expect((await world.post('other', COMMANDS, contribution(3_000), 'van-een-ander')).headers).not.toHaveProperty(
      'idempotency-replayed',
    );
  });
});

describe('a key', () => {
  test('is needed for what changes something, and has to look like one', async () => {
    const none = await say(contribution(4_000));
    expect([none.status, none.body.code]).toEqual([400, 'idempotency-key-missing']);
    for (const key of ['kort', 'met spatie erin', `"half-open`, 'x'.repeat(101)]) {
      const { status, body } = await say(contribution(4_000), key);
      expect([status, body.errors[0]!.parameter]).toEqual([400, 'Idempotency-Key']);
    }
  });

  test('belongs to one request', async () => {
    await say(contribution(5_000), 'een-en-hetzelfde');
    const other = await say(contribution(6_000), 'een-en-hetzelfde');
    expect([other.status, other.body.code]).toEqual([422, 'idempotency-key-reused']);
  });

  test('of one account says nothing about the same key of another one', async () => {
    await say(contribution(7_000), 'van-ons-beiden');
    const before = events();
    expect((await say(contribution(8_000), 'van-ons-beiden', 'administrator')).status).toBe(200);
    expect(events()).toBe(before + 1);
  });
});

describe('the receipts', () => {
  const receipt = { account: '', key: 'k', request: 'r' };
  const store = () => world.harness.store.apiReceipts;
  beforeAll(async () => {
    receipt.account = (await world.harness.store.accounts.accountWith('gust@example.org'))!.id;
  });
  const laterBy = (ms: number) => world.harness.setTime(asInstant(Date.parse(world.harness.now()) + ms));

  test('give a request whose process was lost to who asks again, after a minute and to one only', async () => {
    expect(await store().begin(receipt)).toEqual({ is: 'new' });
    expect(await store().begin(receipt)).toEqual({ is: 'running' });
    laterBy(61_000);
    const both = await Promise.all([store().begin(receipt), store().begin(receipt)]);
    expect(both.map(({ is }) => is).sort()).toEqual(['new', 'running']);
    await store().answer(receipt, { status: 200, body: '{}' });
    expect(await store().begin(receipt)).toEqual({ is: 'answered', answer: { status: 200, body: '{}' } });
    expect(await store().begin({ ...receipt, request: 'other' })).toEqual({ is: 'other' });
  });

  test('are kept for a day, and then removed', async () => {
    laterBy(23 * 3_600_000);
    await say(contribution(9_000), 'een-nieuwe-dag');
    expect((await store().begin(receipt)).is).toBe('answered');
    laterBy(2 * 3_600_000);
    await say(contribution(9_500), 'nog-een-nieuwe');
    expect((await store().begin(receipt)).is).toBe('new');
    await store().forget(receipt);
  });
});
