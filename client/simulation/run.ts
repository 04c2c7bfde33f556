/**
 * The real workflow, walked through its course on the server that skips time. What a plan computes is lived here: the same
 * commands as Updates, the same mails through the real delivery, the clock of the workflow moved to the day of choice.
 */
import { setTimeout } from 'node:timers/promises';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { type Cursor, type Script, nextMove, startOfScript } from '../../domain/course.ts';
import { nextDue } from '../../domain/due.ts';
import type { PathStart } from '../../domain/events.ts';
import type { Instant } from '../../domain/ids.ts';
import type { RefusedMove } from '../../domain/plan.ts';
import type { PathState } from '../../domain/state.ts';
import type { KeyRing } from '../../worker/key-file.ts';
import { createPathWorker } from '../../worker/path-worker.ts';
import type { PathActivities } from '../../workflows/messages.ts';
import { createPathClient, RefusedError } from '../path-client.ts';
import { type HistorySize, historySize } from './history.ts';

const MINUTE = 60_000;
/** How long the workflow may take over what is due at one moment, in real time, before the simulation is given up. */
const PATIENCE_MS = 60_000;

export interface SimulationInput {
  server: TestWorkflowEnvironment;
  /** Of the histories on that server. */
  keys: KeyRing;
  activities: PathActivities;
  /** The state as it is recorded; undefined before the first event is. */
  snapshot: () => Promise<PathState | undefined>;
  start: PathStart;
  /** A whole minute. */
  from: Instant;
  until: Instant;
  script: Script;
  /** Told after each turn how far the path has come. */
  onTurn?: (now: Instant) => void;
  continueAfterEvents?: number;
}

export interface SimulationRun {
  state: PathState;
  refused: RefusedMove[];
  history: HistorySize;
  /** The last moment that was lived. */
  until: Instant;
}

/** Starts the path at `from` and lives it until it ends or nothing happens before `until`. */
export async function runSimulation(input: SimulationInput): Promise<SimulationRun> {
  const { server, keys, activities, snapshot } = input;
  const record = watched(activities.record.bind(activities));
  const worker = await createPathWorker({
    connection: server.nativeConnection,
    namespace: server.namespace ?? 'default',
    keys,
    activities: { record: record.work, deliver: activities.deliver.bind(activities) },
  });
  return worker.runUntil(() => live(input, settledOn(snapshot, record.next)));
}

/** Work of which somebody can wait for the next time that it is done. */
function watched<Input>(work: (input: Input) => Promise<void>) {
  let done = Promise.withResolvers<undefined>();
  return {
    work: async (input: Input): Promise<void> => {
      await work(input);
      done.resolve(undefined);
      done = Promise.withResolvers();
    },
    next: (): Promise<undefined> => done.promise,
  };
}

type Settled = (seq: number, now: Instant) => Promise<PathState>;

/**
 * Waits for the record rather than asking the workflow: the server that skips time loses a query now and then. What is
 * returned holds event `seq` and has nothing due at `now`.
 */
function settledOn(snapshot: SimulationInput['snapshot'], nextRecord: () => Promise<undefined>): Settled {
  return async (seq, now) => {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const recorded = nextRecord();
      const state = await snapshot();
      const due = state && nextDue(state, now);
      if (state !== undefined && state.seq >= seq && (due === undefined || due.at > now)) return state;
      const left = deadline - Date.now();
      if (left <= 0) throw new Error(`the path did not come to rest at ${now}; due: ${due?.at ?? 'nothing'}`);
      await Promise.race([recorded, setTimeout(left, undefined, { ref: false })]);
    }
  };
}

async function live(input: SimulationInput, settled: Settled): Promise<SimulationRun> {
  const { server, start, from, until, script } = input;
  const paths = createPathClient(server.client);
  const offsetMs = Date.parse(from) - (await server.currentTimeMs());
  const clock = { offsetMs, granularityMs: MINUTE };
  await paths.start(start, {
    clock,
    ...(input.continueAfterEvents && { continueAfterEvents: input.continueAfterEvents }),
  });
  const refused: RefusedMove[] = [];
  let cursor: Cursor = startOfScript;
  let now = from;
  let state = await settled(1, now);
  for (let turn = 0; ; turn += 1) {
    const due = nextDue(state, now);
    const move = nextMove(state, script, cursor, now);
    const isDueFirst = due !== undefined && (move === undefined || due.at <= move.at);
    const at = isDueFirst ? due.at : move?.at;
    if (at === undefined || at > until) break;
    const wait = Date.parse(at) - offsetMs - (await server.currentTimeMs());
    if (wait > 0) await server.sleep(wait);
    now = at;
    if (!isDueFirst && move !== undefined) {
      cursor = move.cursor;
      try {
        const receipt = await paths.command(
          start.id,
          { id: `simulation-${String(turn)}`, actor: move.actor, command: move.command },
          PATIENCE_MS,
        );
        state = await settled(receipt.seq, now);
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
        refused.push({ at, command: move.command.type, refusal: error.refusal });
      }
    } else {
      state = await settled(state.seq + 1, now);
    }
    input.onTurn?.(now);
  }
  return { state, refused, history: await historySize(server.client, start.id), until: now };
}
