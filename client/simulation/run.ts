/**
 * The real workflow, walked through its course on the server that skips time. What a plan computes is lived here: the same
 * commands as Updates, the same mails through the real delivery, the clock of the workflow moved to the day of choice.
 */
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { type Cursor, type Script, nextMove, startOfScript } from '../../domain/course.ts';
import { nextDue } from '../../domain/due.ts';
import type { PathStart } from '../../domain/events.ts';
import type { Instant } from '../../domain/ids.ts';
import type { RefusedMove } from '../../domain/plan.ts';
import type { PathState } from '../../domain/state.ts';
import { createPathWorker } from '../../worker/path-worker.ts';
import type { PathActivities } from '../../workflows/messages.ts';
import { createPathClient, type PathClient, RefusedError, UnknownPathError } from '../path-client.ts';
import { type HistorySize, historySize } from './history.ts';

const MINUTE = 60_000;
/** How long the workflow may take over what is due at one moment, in real time, before the simulation is given up. */
const PATIENCE_MS = 60_000;

export interface SimulationInput {
  server: TestWorkflowEnvironment;
  activities: PathActivities;
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
  const { server, activities } = input;
  const worker = await createPathWorker({
    connection: server.nativeConnection,
    namespace: server.namespace ?? 'default',
    activities,
  });
  return worker.runUntil(() => live(input));
}

async function live(input: SimulationInput): Promise<SimulationRun> {
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
  let state = await settled(paths, start, undefined, now);
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
        await paths.command(
          start.id,
          { id: `simulation-${String(turn)}`, actor: move.actor, command: move.command },
          PATIENCE_MS,
        );
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
        refused.push({ at, command: move.command.type, refusal: error.refusal });
        continue;
      }
    }
    state = await settled(paths, start, state, now);
    input.onTurn?.(now);
  }
  return { state, refused, history: await historySize(server.client, start.id), until: now };
}

/** The state once everything that is due at a moment has been done; the last known one when the path has ended. */
async function settled(
  paths: PathClient,
  start: PathStart,
  known: PathState | undefined,
  now: Instant,
): Promise<PathState> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const state = await paths.state(start.id, PATIENCE_MS).catch((error: unknown) => {
      if (error instanceof UnknownPathError && known !== undefined) return known;
      throw error;
    });
    const due = nextDue(state, now);
    if (due === undefined || due.at > now) return state;
    if (Date.now() > deadline) throw new Error(`the path did not come to rest at ${now}; due: ${due.at}`);
  }
}
