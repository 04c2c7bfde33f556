/** Digests that never come because nothing starts them, or come twice because everything does. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ScheduleOverlapPolicy } from '@temporalio/client';
import { createHousekeeping } from '../../activities/housekeeping.ts';
import { asInstant, type PathId } from '../../domain/ids.ts';
import { ensureHousekeeping, keepHousekeeping } from '../../worker/housekeeping.ts';
import { createPathWorker } from '../../worker/path-worker.ts';
import { createTexts } from '../../worker/texts.ts';
import { HOUSEKEEPING_ID } from '../../workflows/messages.ts';
import { Stack, until } from './stack.ts';

let stack: Stack;
let path: PathId;
beforeAll(async () => {
  stack = await Stack.start();
  path = await stack.startPath('overzicht');
  await stack.startWorker();
  await stack.recorded(path, 1);
  // From here on a worker that knows housekeeping takes its place.
  await stack.stopWorker();
}, 240_000);
afterAll(() => stack.stop());

const scheduled = () => stack.client.schedule.getHandle(HOUSEKEEPING_ID);

test('every worker that starts ensures one schedule, which goes by working mornings and by one run at a time', async () => {
  const troubles: string[] = [];
  const keeper = keepHousekeeping(stack.client, 0, (trouble) => troubles.push(trouble));
  await until(() =>
    scheduled()
      .describe()
      .then(
        () => true,
        () => false,
      ),
  );
  keeper.close();
  await Promise.all([ensureHousekeeping(stack.client, 0), ensureHousekeeping(stack.client, 0)]);
  const { policies, spec } = await scheduled().describe();
  expect(policies).toMatchObject({ overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: 6 * 3_600_000 });
  expect(JSON.stringify(spec)).toContain('Europe/Brussels');
  expect(troubles).toEqual([]);
}, 240_000);

test('a run tidies and sends what is due, and what an operator paused stays paused', async () => {
  const monday = asInstant(Date.parse('2031-02-24T07:05:00Z'));
  const { store } = stack;
  const account = await store.accounts.ensureAccount({ role: 'consultant', email: 'mia@example.org', name: 'Mia' });
  await store.accounts.createSignInToken(account.id, asInstant(0));
  const receipt = { account_id: account.id, request: '', status: 200, body: '' };
  const asked = { old: '2031-01-02T09:00:00.000Z', recent: '2031-02-23T09:00:00.000Z' };
  for (const [key, created_at] of Object.entries(asked))
    await store.db
      .insertInto('api_receipts')
      .values({ ...receipt, key, created_at })
      .execute();
  const sent: string[] = [];
  const { record, deliver } = { record: () => Promise.resolve(), deliver: () => Promise.resolve([]) };
  const housekeeping = createHousekeeping({
    ...{ store, texts: createTexts(), config: { mailFrom: 'Regiopad <regiopad@example.org>' }, now: () => monday },
    links: {
      pathUrl: () => 'https://regiopad.example.org/',
      pageUrl: () => 'https://regiopad.example.org/',
      digestUrl: () => Promise.resolve('https://regiopad.example.org/digest/x'),
    },
    transport: {
      concurrency: 1,
      send: (mail) => {
        sent.push(mail.to.address);
        return Promise.resolve({ outcome: 'accepted', code: 'accepted', response: '', scope: 'message' });
      },
      close: () => undefined,
    },
  });
  await store.accounts.setRegions(account.id, [path]);
  await scheduled().pause();
  await ensureHousekeeping(stack.client, 0);
  expect((await scheduled().describe()).state.paused).toBe(true);
  const worker = await createPathWorker({
    ...{ connection: stack.native, namespace: stack.server.namespace, keys: stack.keys },
    activities: { record, deliver, ...housekeeping },
  });
  await worker.runUntil(async () => {
    // The first run was started when the schedule was made.
    await until(() => Promise.resolve(sent.length > 0));
    // One that comes while another runs is skipped.
    await until(async () => (await scheduled().describe()).info.runningActions.length === 0);
    await scheduled().trigger();
    await until(async () => {
      const { info } = await scheduled().describe();
      return info.recentActions.length >= 2 && info.runningActions.length === 0;
    });
  });
  expect(sent).toEqual(['mia@example.org']);
  const left = await store.db.selectFrom('sign_in_tokens').selectAll().execute();
  expect(left).toEqual([]);
  const receipts = await store.db.selectFrom('api_receipts').select('key').execute();
  expect(receipts).toEqual([{ key: 'recent' }]);
}, 120_000);

test('the clock of a trial has hours and days of its own, so its housekeeping looks every hour', async () => {
  await ensureHousekeeping(stack.client, 3_600_000);
  const { spec } = await scheduled().describe();
  expect(JSON.stringify(spec)).toContain(String(3_600_000));
});
