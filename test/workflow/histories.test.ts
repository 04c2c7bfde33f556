/** What Temporal keeps of a path: without encryption whoever reads its database reads what councils wrote, and what went wrong for whom. */
import proto from '@temporalio/proto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { RefusedError, UnavailableError } from '../../client/path-client.ts';
import type { PathId } from '../../domain/ids.ts';
import type { Command } from '../../domain/commands.ts';
import type { Keys } from '../../worker/key-file.ts';
import { keyIdsIn, neededKeys } from '../../worker/histories/needed.ts';
import { passingHistoryKeys } from '../../worker/histories/keys.ts';
import { temporalClient } from '../../worker/temporal/client.ts';
import { PATH_WORKFLOW, TASK_QUEUE, workflowIdOf } from '../../workflows/messages.ts';
import { coordinatorOf, Stack, startOf, until } from './stack.ts';

const older = passingHistoryKeys()();
const newer = passingHistoryKeys()();
let ring: Keys = older;
let stack: Stack;
beforeAll(async () => {
  stack = await Stack.start(undefined, () => ring);
}, 240_000);
afterEach(() => stack.stopWorker());
afterAll(() => stack.stop());

/** Everything that the server holds of a path, as text: words, and bytes as they are. */
async function heldOf(path: PathId): Promise<string> {
  const handle = stack.client.workflow.getHandle(workflowIdOf(path));
  const [{ events }, { raw }] = await Promise.all([handle.fetchHistory(), handle.describe()]);
  const words: string[] = [];
  const read = (value: unknown): void => {
    if (typeof value === 'string') words.push(value);
    else if (value instanceof Uint8Array) words.push(Buffer.from(value).toString());
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(read);
  };
  read([events, raw]);
  return words.join('\n');
}

const words = {
  reason: 'Burgemeester Verhulst is het oneens',
  address: 'verhulst@geheim.example.org',
  trouble: 'Geen plaats meer voor Verhulst',
};
const say = (path: PathId, id: string, command: Command) =>
  stack.paths.command(path, { id, actor: coordinatorOf(path), command });
const pause = (path: PathId, id: string, reason: string) => say(path, id, { type: 'pause', data: { reason } });
const resume = (path: PathId, id: string) => say(path, id, { type: 'resume', data: {} });

test('nothing that people wrote, and nothing that went wrong, can be read in what the server holds', async () => {
  await stack.startWorker();
  const path = await stack.startPath('stil');
  await pause(path, 'one', `${words.reason} (${words.address})`);
  const refused = pause(path, 'two', words.reason);
  await expect(refused).rejects.toBeInstanceOf(RefusedError);
  // A failure of the record, with its words.
  const record = stack.store.events.recordEvents.bind(stack.store.events);
  let failures = 0;
  stack.store.events.recordEvents = (...given) => {
    failures += 1;
    if (failures > 2) return record(...given);
    return Promise.reject(new Error(words.trouble));
  };
  const { seq } = await resume(path, 'three');
  await stack.recorded(path, seq);
  const held = await heldOf(path);
  expect(failures).toBeGreaterThan(2);
  expect(held.includes('Encoded failure')).toBe(true);
  for (const word of [
    ...Object.values(words),
    'Verhulst',
    'Cultuur',
    'statement-of-commitment',
    'startedBy',
    'at Object.',
  ])
    expect(held.includes(word), word).toBe(false);
  expect(held.includes(older.current)).toBe(true);
  // The state can be asked for, by who has the key.
  expect((await stack.paths.state(path)).id).toBe(path);
}, 240_000);

test('a path goes on with a new key, with what the older one encrypted behind it', async () => {
  await stack.startWorker();
  const path = await stack.startPath('draait');
  await pause(path, 'one', 'voor');
  await stack.recorded(path, 2);
  ring = { current: newer.current, keys: { ...older.keys, ...newer.keys } };
  const { seq } = await resume(path, 'two');
  await stack.recorded(path, seq);
  const { events } = await stack.client.workflow.getHandle(workflowIdOf(path)).fetchHistory();
  expect([...keyIdsIn(events)]).toEqual([older.current, newer.current]);
  // A worker that comes anew reads all of it, from the first event on.
  await stack.stopWorker();
  await stack.startWorker();
  const again = await pause(path, 'three', 'na');
  expect(again.seq).toBe(seq + 1);
}, 240_000);

test('a path that was started before there was encryption goes on, and what is new is encrypted', async () => {
  const path = startOf('ouder').id;
  await stack.startWorker();
  await stack.store.paths.ensurePath({
    path,
    partnership: 'Cultuur Proef',
    createdAt: '2026-01-01T00:00:00.000Z' as never,
  });
  // The client of earlier versions: plain payloads.
  const { Client } = await import('@temporalio/client');
  const plain = new Client({ connection: stack.connection, namespace: stack.server.namespace });
  await plain.workflow.start(PATH_WORKFLOW, {
    ...{ workflowId: workflowIdOf(path), taskQueue: TASK_QUEUE, args: [{ start: startOf('ouder') }] },
  });
  await stack.recorded(path, 1);
  const { seq } = await pause(path, 'one', words.reason);
  await stack.recorded(path, seq);
  const held = await heldOf(path);
  expect(held.includes('statement-of-commitment')).toBe(true);
  expect(held.includes(words.reason)).toBe(false);
  await stack.stopWorker();
  await stack.startWorker();
  expect((await stack.paths.state(path)).paused?.reason).toBe(words.reason);
}, 240_000);

test('a key that is lost is named to who asks, and the path goes on once it is back', async () => {
  await stack.startWorker();
  const path = await stack.startPath('kwijt');
  await stack.recorded(path, 1);
  const lost = ring.current;
  const without = passingHistoryKeys();
  // The one who asks has lost it.
  const troubles: string[] = [];
  const asking = temporalClient({
    ...{ connection: stack.connection, namespace: stack.server.namespace, keys: without },
    report: ({ code, keyId }) => troubles.push(`${code} ${keyId}`),
  });
  const asked = asking.workflow.getHandle(workflowIdOf(path)).query('state');
  await expect(asked).rejects.toMatchObject({ code: 'history-key-missing', keyId: lost });
  expect(troubles).toEqual([`history-key-missing ${lost}`]);
  await stack.stopWorker();
  // Who does the work has lost it: the answer is not confirmed, and `doctor` can say why.
  await stack.startWorker(without);
  await expect(
    stack.paths.command(
      path,
      { id: 'one', actor: coordinatorOf(path), command: { type: 'pause', data: { reason: 'x' } } },
      1_000,
    ),
  ).rejects.toBeInstanceOf(UnavailableError);
  expect((await neededKeys(stack.client, [path])).get(lost)).toEqual([path]);
  await stack.stopWorker();
  await stack.startWorker();
  await until(() =>
    pause(path, 'one', 'x').then(
      () => true,
      () => false,
    ),
  );
}, 90_000);

test('a payload that was changed on the server is refused, not read as something else', async () => {
  const { createCodec } = await import('../../worker/histories/codec.ts');
  const codec = createCodec(() => ring);
  const payload = proto.temporal.api.common.v1.Payload.create({
    metadata: { encoding: Buffer.from('json/plain') },
    data: Buffer.from('"ja"'),
  });
  const [encrypted] = await codec.encode([payload]);
  const data = Buffer.from(encrypted!.data!);
  data[20]! ^= 1;
  await expect(codec.decode([{ ...encrypted!, data }])).rejects.toMatchObject({ code: 'history-damaged' });
  // Bound to its key: the name of another one does not open it.
  const other = { ...encrypted!.metadata!, 'encryption-key-id': Buffer.from(older.current) };
  await expect(codec.decode([{ ...encrypted!, metadata: other }])).rejects.toMatchObject({ code: 'history-damaged' });
  const [decrypted] = await codec.decode([encrypted!]);
  expect(Buffer.from(decrypted!.data!).toString()).toBe('"ja"');
});
