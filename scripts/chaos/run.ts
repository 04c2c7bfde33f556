/** One run: everything starts, people answer and are reminded while things die, and when it is quiet again it is judged. */
import { setTimeout as delay } from 'node:timers/promises';
import { instantOf } from '../../domain/dates.ts';
import { morningMinutes } from '../../domain/due.ts';
import { clockFor, offsetHoursFor, type RunClock } from './clock.ts';
import { type Evidence, gather, settle } from './evidence.ts';
import { judge } from './judgement.ts';
import { type Load, startLoad } from './load.ts';
import { randomFrom } from './random.ts';
import { liveRegions, pathsOf, REMINDED_ON, startPaths } from './regions.ts';
import type { Settings } from './settings.ts';
import { openStage } from './stage.ts';
import { strike } from './strikes.ts';
import type { Verdict } from './verdict.ts';

export interface Outcome {
  settings: Settings;
  evidence: Evidence;
  verdicts: Verdict[];
  /** Seconds that each part of the run took. */
  took: { start: number; strikes: number; settling: number };
  /** Milliseconds by which the mails of the morning came after their moment. */
  lateMs: number[];
}

const MINUTE = 60_000;
/** In so much a path is started, also on a machine that does other things; what is left of it is waited for. */
const START_MS = 120;
/** Who has pressed the button waits so long for an answer after the last strike. */
const INSIST_MS = 3 * MINUTE;
const SETTLE_MS = 5 * MINUTE;

export interface RunOptions {
  /** How often everything dies, in place of the minutes. */
  rounds?: number;
  /** Ends the run before its time. */
  signal?: AbortSignal;
}

/** Whatever it ends by, nothing that it started goes on. Rejects when it is aborted. */
export async function runChaos(
  settings: Settings,
  say: (line: string) => void,
  { rounds, signal = new AbortController().signal }: RunOptions = {},
): Promise<Outcome> {
  const { paths: count, minutes, seed, answersPerSecond, workers } = settings;
  const random = randomFrom(seed);
  const begun = Date.now();
  const stage = await openStage(settings, offsetHoursFor(REMINDED_ON), say, signal);
  let load: Load | undefined;
  try {
    const paths = pathsOf(count);
    const states = await liveRegions(stage.store, paths, signal);
    const morningAt = Date.now() + count * START_MS;
    const clock = clockFor(REMINDED_ON, morningAt, minutes);
    await startPaths(stage.client, states, clock.paths, signal);
    const started = Date.now();
    say(`${String(count)} paths run after ${seconds(started - begun)}; seed ${String(seed)}`);
    await delay(Math.max(0, morningAt - started), undefined, { signal });
    load = await startLoad({
      ...{ webUrl: stage.webUrl, links: stage.links, states, perSecond: answersPerSecond },
      random: randomFrom(seed + 1),
    });
    const strikesAt = Date.now();
    const extent = rounds === undefined ? { deadline: strikesAt + minutes * MINUTE } : { rounds };
    const strikes = await strike(stage.parts, extent, random, { say, signal });
    const ended = Date.now();
    await load.end(INSIST_MS);
    // The last of the morning's mails become due at its end.
    await delay(Math.max(0, strikesAt + minutes * MINUTE - Date.now()), undefined, { signal });
    const restless = await settle(stage, paths, clock, { patienceMs: SETTLE_MS, signal });
    if (restless.length > 0) say(`not quiet after ${seconds(SETTLE_MS)}: ${restless.join(' ')}`);
    const settled = Date.now();
    const evidence = await gather(stage, states, { answers: load.answers, strikes, workers, clock });
    return {
      ...{ settings, evidence, verdicts: judge(evidence), lateMs: lateness(evidence, clock) },
      took: {
        start: (started - begun) / 1000,
        strikes: (ended - strikesAt) / 1000,
        settling: (settled - ended) / 1000,
      },
    };
  } finally {
    await load?.end(0);
    await stage.close();
  }
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(0)} s`;

/** Of each reminder the first copy, against the minute of its path. */
function lateness({ ledger, arrived }: Evidence, clock: RunClock): number[] {
  const first = new Map<string, number>();
  for (const { messageId, at } of arrived) first.set(messageId, Math.min(at, first.get(messageId) ?? Infinity));
  return ledger.flatMap(({ kind, path, messageId }) => {
    const at = first.get(messageId);
    if (kind !== 'reminder' || path === undefined || at === undefined) return [];
    return [at - clock.realTimeOf(instantOf(REMINDED_ON, morningMinutes(path)))];
  });
}
