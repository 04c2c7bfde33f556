/**
 * Paths on the real server: people say whatever they can say, mails fail, the store is away, workers come and go, runs are taken over,
 * an ended path is opened again. They are left where they are: open, with timers and work under way. (How years go by: courses.ts.)
 */
import { type Client, Connection } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { NativeConnection } from '@temporalio/worker';
import fc from 'fast-check';
import {
  createPathClient,
  type PathClient,
  RefusedError,
  UnavailableError,
  UnknownPathError,
} from '../../client/path-client.ts';
import type { Command } from '../../domain/commands.ts';
import { localDay } from '../../domain/dates.ts';
import { asInstant, asPathId, asPersonId, type PathId } from '../../domain/ids.ts';
import type { DeliverInput, DeliveryReport } from '../../domain/message.ts';
import type { Actor, PathState } from '../../domain/state.ts';
import type { PathStart } from '../../domain/events.ts';
import { passingHistoryKeys } from '../../worker/histories/keys.ts';
import { createPathWorker } from '../../worker/path-worker.ts';
import { temporalClient } from '../../worker/temporal/client.ts';
import { startEphemeralDevServer } from '../../worker/temporal/dev-server.ts';
import {
  type HousekeepingActivities,
  HOUSEKEEPING_WORKFLOW,
  PATH_WORKFLOW,
  type PathInput,
  TASK_QUEUE,
  workflowIdOf,
} from '../../workflows/messages.ts';
import { administrator, asse, at, bounces, start, World } from '../core/world.ts';
import { office, type Step, stories } from '../core/stories.ts';
import { keepHistories } from './keep.ts';

const STORIES = 14;
const SEED = 7;
/** Every second path goes on in a new run after so many events. */
const FEW_EVENTS = 150;
/** A working morning, on which what is asked goes out at once. */
const MORNING = at('2031-02-25', 9 * 60 + 30);

/** True every so manieth time. */
const every = (count: number) => {
  let calls = 0;
  return () => (calls = (calls + 1) % count) === 0;
};

/** The activities of a path without store and mail server: the workflow sees the same of them. */
function moody() {
  const [isStoreAway, isCut, isNoted] = [every(25), every(12), every(6)];
  const outcomes = ['deferred', 'refused', 'unknown'] as const;
  let turn = 0;
  const reportOn = (key: string): DeliveryReport => {
    if (!isNoted()) return { key, outcome: 'accepted' };
    const outcome = outcomes[(turn += 1) % outcomes.length] ?? 'unknown';
    const trouble = { deferred: 'server', refused: 'mailbox', unknown: undefined }[outcome] as 'server' | undefined;
    return { key, outcome, ...(trouble && { trouble }) };
  };
  return {
    record: () => (isStoreAway() ? Promise.reject(new Error('the store is away')) : Promise.resolve()),
    deliver: ({ messages }: DeliverInput) =>
      isCut()
        ? Promise.reject(new Error('the mail server is away'))
        : Promise.resolve(messages.map(({ key }) => reportOn(key))),
  };
}

const NIGHTS = 3;

/** Of its nights one goes well, one needs a second attempt, the last one fails. */
function keepsHouse(): HousekeepingActivities {
  let nights = 0;
  const isBusy = every(2);
  return {
    tidy: () => (isBusy() ? Promise.reject(new Error('the store is busy')) : Promise.resolve({ removed: 3 })),
    sendDigests: () => {
      nights += 1;
      if (nights === NIGHTS) return Promise.reject(ApplicationFailure.nonRetryable('the store is gone'));
      return Promise.resolve({ sent: nights, waiting: 0 });
    },
  };
}

interface Speaking {
  client: Client;
  paths: PathClient;
}

/** The small path of the core, under a name of its own. */
const startOf = (path: PathId): PathStart =>
  JSON.parse(JSON.stringify(start()).replaceAll('"test', `"${path}`)) as PathStart;

type Say = Extract<Step, { do: 'say' }>;

function speaker(state: PathState, command: Command, who: Say['who']): Actor {
  if (who === 'administrator') return administrator;
  if (office(command).kind !== 'coordinator') return office(command);
  const whose = 'party' in command.data ? command.data.party : undefined;
  const person = whose && state.parties[whose]?.contact;
  if (who === 'contact' && person !== undefined) return { kind: 'contact', via: 'link', personId: person };
  return { kind: 'coordinator', via: 'web', personId: state.coordinator };
}

/** Says it until somebody hears it; what a rule refuses leaves no trace, and is not said again. */
async function say({ paths }: Speaking, path: PathId, id: string, actor: Actor, command: Command): Promise<void> {
  for (;;) {
    try {
      await paths.command(path, { id, actor, command }, 30_000);
      return;
    } catch (error) {
      if (error instanceof RefusedError || error instanceof UnknownPathError) return;
      if (!(error instanceof UnavailableError)) throw error;
    }
  }
}

/** What a path has behind it when its story begins: three decisions are asked. */
function asked(path: PathId): PathState {
  const world = new World(at('2031-02-24')).finish('support', 'existing-cooperation', 'area', 'agreements');
  for (const task of ['legal-form-choice', 'intent-draft']) world.tell('complete-task', { task });
  for (const decision of ['statement-of-commitment', 'declaration-of-intent', 'representatives'])
    world.tell('request', { decision });
  return JSON.parse(JSON.stringify(world.state).replaceAll('"test', `"${path}`)) as PathState;
}

async function begin({ client }: Speaking, number: number): Promise<PathId> {
  const path = asPathId(`verhaal-${String(number)}`);
  const input: PathInput = {
    // The first one begins at its beginning.
    ...(number === 1 ? { start: startOf(path) } : { carried: { state: asked(path), unrecorded: [], handled: [] } }),
    clock: { offsetMs: Date.parse(MORNING) - Date.now(), granularityMs: 1 },
    ...(number % 2 === 0 && { continueAfterEvents: FEW_EVENTS }),
  };
  await client.workflow.start(PATH_WORKFLOW, { workflowId: workflowIdOf(path), taskQueue: TASK_QUEUE, args: [input] });
  return path;
}

/** Tells one story; the state that the sayings are about is the one that the path has at that moment. */
async function tell(speaking: Speaking, path: PathId, part: string, story: Step[], offsetMs: number): Promise<void> {
  const told = story.flatMap((step) => (step.do === 'say' ? [step] : []));
  for (const [number, { said, who }] of told.entries()) {
    const state = await speaking.paths.state(path, 30_000).catch(() => undefined);
    if (state === undefined) continue;
    const text = JSON.stringify(said(state, localDay(asInstant(Date.now() + offsetMs))));
    const command = JSON.parse(text.replaceAll('"test', `"${path}`)) as Command;
    await say(speaking, path, `${part}-${String(number)}`, speaker(state, command, who), command);
  }
}

/** What the stories leave out, said once. */
async function sayTheRest(speaking: Speaking): Promise<PathId> {
  const path = await begin(speaking, STORIES + 1);
  const { definition, parties } = startOf(path);
  const [{ party, contact: from } = { party: asse, contact: undefined }] = parties;
  const to = asPersonId(`${path}.20`);
  const decision = 'statement-of-commitment';
  const on = localDay(MORNING);
  const actor: Actor = { kind: 'coordinator', via: 'web', personId: startOf(path).coordinator };
  const rest: [Actor, Command][] = [
    [actor, { type: 'answer', data: { party, decision, answer: 'approved', on } }],
    [actor, { type: 'record-complaint', data: { party, decision, on } }],
    [actor, { type: 'complete-task', data: { task: 'own-time' } }],
    [actor, { type: 'reopen-task', data: { task: 'own-time', reason: 'Nog niet klaar.' } }],
    ...(from === undefined
      ? []
      : ([[actor, { type: 'change-details', data: { party, from, to, address: 'other' } }]] as [Actor, Command][])),
    [bounces, { type: 'return-mail', data: { key: `${path}/${to}/request/${on}`, to, why: 'address' } }],
    [actor, { type: 'confirm-address', data: { person: to } }],
    [administrator, { type: 'apply-definition', data: { definition: { ...definition, version: 99 } } }],
    [actor, { type: 'choose-route', data: { route: 'new-project-association' } }],
  ];
  for (const [who, command] of rest) await say(speaking, path, command.type, who, command);
  return path;
}

/** Stopped, and when all is over opened again by an administrator. */
async function stopAndReopen(speaking: Speaking, keep: (path: PathId, first?: number) => Promise<void>): Promise<void> {
  const path = await begin(speaking, STORIES + 2);
  const { coordinator } = startOf(path);
  const actor: Actor = { kind: 'coordinator', via: 'web', personId: coordinator };
  await say(speaking, path, 'stop', actor, { type: 'stop', data: { reason: 'De gemeenten gaan apart verder.' } });
  const ended = await speaking.paths.state(path, 30_000);
  await speaking.client.workflow.getHandle(workflowIdOf(path)).result();
  await keep(path);
  const command: Command = { type: 'reopen', data: { reason: 'Er is een nieuwe trekker.' } };
  await speaking.paths.reopen(ended, { id: 'reopen', actor: administrator, command }, 30_000);
  await keep(path, 2);
}

/** Tells all stories side by side, and keeps their histories in the clear. */
export async function recordStories(folder: string, report: (line: string) => void): Promise<void> {
  const server = await startEphemeralDevServer();
  const { address, namespace } = server;
  const keys = passingHistoryKeys();
  const [connection, clients] = await Promise.all([
    NativeConnection.connect({ address }),
    Connection.connect({ address }),
  ]);
  const client = temporalClient({ connection: clients, namespace, keys });
  const speaking: Speaking = { client, paths: createPathClient(client) };
  const activities = { ...moody(), ...keepsHouse() };
  const startWorker = async (): Promise<() => Promise<void>> => {
    const worker = await createPathWorker({ connection, namespace, keys, activities, stickyQueueTimeoutMs: 500 });
    const running = worker.run();
    return () => {
      worker.shutdown();
      return running;
    };
  };
  let stopWorker = await startWorker();
  const paths: PathId[] = [];
  const offsetMs = Date.parse(MORNING) - Date.now();
  for (const [index, story] of fc.sample(stories, { numRuns: STORIES, seed: SEED }).entries()) {
    const path = await begin(speaking, index + 1);
    paths.push(path);
    // The next worker goes on in the middle, with what the last one had in its cache.
    const half = Math.floor(story.length / 2);
    await tell(speaking, path, 'before', story.slice(0, half), offsetMs);
    await stopWorker();
    stopWorker = await startWorker();
    await tell(speaking, path, 'after', story.slice(half), offsetMs);
    report(`${path}: ${String(story.length)} steps`);
  }
  for (let night = 1; night <= NIGHTS; night += 1) {
    const workflowId = HOUSEKEEPING_WORKFLOW;
    const handle = await speaking.client.workflow.start(workflowId, { workflowId, taskQueue: TASK_QUEUE, args: [] });
    await handle.result().catch(() => undefined);
    await keepHistories({ folder, keys }, speaking.client, workflowId, night);
  }
  const keep = (path: PathId, first?: number): Promise<void> =>
    keepHistories({ folder, keys }, speaking.client, workflowIdOf(path), first);
  await stopAndReopen(speaking, keep);
  paths.push(await sayTheRest(speaking));
  for (const path of paths) await keep(path);
  await stopWorker();
  await connection.close();
  await clients.close();
  await server.stop();
}
