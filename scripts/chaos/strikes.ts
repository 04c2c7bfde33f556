/** What dies, one at a time: the next as soon as the last serves again. */
import { setTimeout as delay } from 'node:timers/promises';
import { until } from '../../worker/processes.ts';
import { type Part, type PartName, partNames, signalTo } from './part.ts';
import type { Random } from './random.ts';

/** `kill`: kill -9 of all its processes. `freeze`: they are stopped for some seconds and go on, as on a machine that hangs. */
export type How = 'kill' | 'freeze';

export interface Strike {
  part: PartName;
  how: How;
  at: number;
  /** Until the part served again; undefined when it did not within the patience. */
  readyMs: number | undefined;
}

/** From the second round on one strike of so many is a freeze. */
const FREEZE_OF = 4;
const READY_WITHIN_MS = 120_000;
const FREEZE_MS = { least: 2_000, more: 5_000 };

/** How long it goes on: until a moment, or for so many rounds. */
export type Extent = { deadline: number } | { rounds: number };

/**
 * Strikes in rounds, in each of which everything dies once, in another order. Of several workers all die at once; one of them freezes.
 * Rejects when it is aborted; what is frozen then goes on.
 */
export async function strike(
  parts: readonly Part[],
  extent: Extent,
  random: Random,
  { say, signal }: { say: (line: string) => void; signal: AbortSignal },
): Promise<Strike[]> {
  const strikes: Strike[] = [];
  const names = partNames.filter((name) => parts.some((part) => part.name === name));
  for (let round = 1; 'deadline' in extent || round <= extent.rounds; round += 1) {
    for (const name of random.shuffled(names)) {
      if ('deadline' in extent && Date.now() >= extent.deadline) return strikes;
      const how = round > 1 && random.below(FREEZE_OF) === 0 ? 'freeze' : 'kill';
      const struck = parts.filter((part) => part.name === name).slice(0, how === 'kill' ? undefined : 1);
      const struckNow = await strikeAt(struck, { name, how, random, signal });
      const back = struckNow.readyMs === undefined ? 'not back' : seconds(struckNow.readyMs);
      say(`${name.padEnd(8)}  ${how.padEnd(6)}  ${back}`);
      strikes.push(struckNow);
    }
  }
  return strikes;
}

const seconds = (ms: number): string => `back after ${(ms / 1000).toFixed(1)} s`;

interface Blow {
  name: PartName;
  how: How;
  random: Random;
  signal: AbortSignal;
}

async function strikeAt(parts: readonly Part[], { name, how, random, signal }: Blow): Promise<Strike> {
  const lives = parts.map((part) => part.lives());
  const isBack = (part: Part, index: number): boolean => how === 'freeze' || part.lives() > (lives[index] ?? 0);
  const at = Date.now();
  const pids = parts.flatMap((part) => part.pids());
  if (how === 'kill') signalTo(pids, 'SIGKILL');
  else await freeze(pids, FREEZE_MS.least + random.below(FREEZE_MS.more), signal);
  const serves = async (): Promise<boolean> =>
    parts.every(isBack) && (await Promise.all(parts.map((part) => part.answers()))).every(Boolean);
  const isReady = await until(async () => signal.aborted || (await serves()), READY_WITHIN_MS);
  signal.throwIfAborted();
  return { part: name, how, at, readyMs: isReady ? Date.now() - at : undefined };
}

async function freeze(pids: readonly number[], ms: number, signal: AbortSignal): Promise<void> {
  signalTo(pids, 'SIGSTOP');
  try {
    await delay(ms, undefined, { signal });
  } finally {
    signalTo(pids, 'SIGCONT');
  }
}
