/** A part of the stage: a server or a process that is started again whenever it dies, as systemd does in production. */
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { hasEnded } from '../../worker/processes.ts';
import { keepRunning } from '../supervisor/keep-running.ts';

export const partNames = ['postgres', 'temporal', 'worker', 'smtp', 'web'] as const;
export type PartName = (typeof partNames)[number];

export interface Part {
  readonly name: PartName;
  /** Resolves when it serves for the first time. */
  readonly ready: Promise<unknown>;
  /** All its processes at this moment, none when it is dead. */
  pids(): number[];
  /** How many times it has come to serve. */
  lives(): number;
  /** Whether it answers now. */
  answers(): Promise<boolean>;
  /** Ends it for good, also when it is frozen: asks, and forces after the grace. */
  stop(graceMs: number): Promise<void>;
}

export interface PartOptions {
  readonly name: PartName;
  /** Starts it once; resolves when it serves, and rejects when its process ends before. */
  readonly start: (onSpawn: (child: ChildProcess) => void) => Promise<unknown>;
  /** By default it answers when it lives. */
  readonly answers?: () => Promise<boolean>;
  readonly log: (line: string) => void;
}

export function keepPart({ name, start, answers, log }: PartOptions): Part {
  let child: ChildProcess | undefined;
  let lives = 0;
  const isAlive = (): boolean => child !== undefined && !hasEnded(child);
  const pids = (): number[] => (child?.pid === undefined || !isAlive() ? [] : withDescendants(child.pid));
  const kept = keepRunning(
    name,
    async (onSpawn) => {
      await start((spawned) => {
        child = spawned;
        onSpawn(spawned);
      });
      lives += 1;
    },
    log,
  );
  return {
    name,
    ready: kept.ready,
    pids,
    lives: () => lives,
    answers: answers ?? (() => Promise.resolve(isAlive())),
    stop: (graceMs) => {
      // What is frozen hears nothing, and would stay.
      signalTo(pids(), 'SIGCONT');
      return kept.stop(graceMs);
    },
  };
}

/** Resolves when a part serves for the first time; one that does not is ended. */
export async function onceServing<Kept extends { part: Part }>(kept: Kept): Promise<Kept> {
  try {
    await kept.part.ready;
    return kept;
  } catch (error) {
    await kept.part.stop(0);
    throw error;
  }
}

/** To all of them that there still are. */
export function signalTo(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // It ended by itself meanwhile.
    }
  }
}

/** A process with all that it started; on systems without /proc the process alone. */
function withDescendants(pid: number): number[] {
  return [pid, ...childrenOf(pid).flatMap(withDescendants)];
}

function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}
