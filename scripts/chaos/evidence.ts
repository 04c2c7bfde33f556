/** What is left when all is quiet: what the workflows hold, what the store holds, what arrived. */
import { setTimeout as delay } from 'node:timers/promises';
import { inParallel } from '../../activities/in-parallel.ts';
import { listMails } from '../../client/mailbox.ts';
import type { PathEvent } from '../../domain/events.ts';
import type { Instant, PathId } from '../../domain/ids.ts';
import type { PathState } from '../../domain/state.ts';
import type { LedgerEntry } from '../../store/ledger.ts';
import type { Answer } from './load.ts';
import type { RunClock } from './clock.ts';
import type { Stage } from './stage.ts';
import type { Strike } from './strikes.ts';
import { unsentOf } from './unsent.ts';

export interface PathEvidence {
  path: PathId;
  /** The number of the last event before the run: mails up to there were never sent here. */
  startedAt: number;
  /** Undefined when the workflow did not answer. */
  workflow: PathState | undefined;
  snapshot: PathState | undefined;
  overviewSeq: number | undefined;
  events: readonly PathEvent[];
}

export interface ArrivedMail {
  messageId: string;
  to: string;
  /** Milliseconds since 1970, real time. */
  at: number;
}

export interface Evidence {
  answers: readonly Answer[];
  strikes: readonly Strike[];
  workers: number;
  paths: readonly PathEvidence[];
  ledger: readonly LedgerEntry[];
  arrived: readonly ArrivedMail[];
  /** The end of the morning on which everybody is reminded, and the moment at which this was gathered; for the paths. */
  morningEnd: Instant;
  now: Instant;
}

const AT_ONCE = 6;
const QUERY_MS = 10_000;
/** Between two looks at those that were not quiet. */
const LOOK_MS = 500;

/** Nothing is under way, nothing is due, and the store has it all. */
async function isQuiet({ paths, store }: Stage, path: PathId, clock: RunClock): Promise<boolean> {
  try {
    const state = await paths.state(path, QUERY_MS);
    if (unsentOf(state, { morningEnd: clock.morningEnd, now: clock.now() }).length > 0) return false;
    return (await store.events.lastSeq(path)) === state.seq;
  } catch {
    return false;
  }
}

/** Waits until every path is quiet; gives those that are not when the patience is over. */
export async function settle(
  stage: Stage,
  paths: readonly PathId[],
  clock: RunClock,
  { patienceMs, signal }: { patienceMs: number; signal: AbortSignal },
): Promise<PathId[]> {
  const deadline = Date.now() + patienceMs;
  let restless = [...paths];
  for (;;) {
    const quiet = await inParallel(restless, AT_ONCE, (path) => isQuiet(stage, path, clock));
    restless = restless.filter((_path, index) => quiet[index] !== true);
    if (restless.length === 0 || Date.now() > deadline) return restless;
    await delay(LOOK_MS, undefined, { signal });
  }
}

export async function gather(
  stage: Stage,
  started: readonly PathState[],
  { clock, ...run }: Pick<Evidence, 'answers' | 'strikes' | 'workers'> & { clock: RunClock },
): Promise<Evidence> {
  const { paths, store, mailFolder } = stage;
  const [now, { morningEnd }] = [clock.now(), clock];
  const found = await inParallel(started, AT_ONCE, async ({ id: path, seq }): Promise<PathEvidence> => {
    const workflow = await paths.state(path, QUERY_MS).catch(() => undefined);
    const [events, snapshot, overview] = await Promise.all([
      store.events.eventsOf(path),
      store.snapshots.snapshot(path),
      store.overview.overviewOf(path),
    ]);
    return { path, startedAt: seq, workflow, events, snapshot, overviewSeq: overview?.seq };
  });
  const ledger = await inParallel(started, AT_ONCE, ({ id }) => store.ledger.entriesOf(id));
  const mails = await listMails(mailFolder);
  const arrived = mails.map(({ messageId, to, receivedAt }) => ({ messageId, to, at: Date.parse(receivedAt) }));
  return { ...run, now, morningEnd, paths: found, ledger: ledger.flat(), arrived };
}
