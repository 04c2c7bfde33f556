import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { endChild, hasEnded } from '../../worker/processes.ts';
import { messageOf } from '../../worker/setup-error.ts';
import { howItEnded } from './child.ts';

/** A process that is started again when it dies. */
export interface KeptProcess<Ready> {
  /** What the first start said. */
  readonly ready: Promise<Ready>;
  /** Ends it for good: asks, and forces after the grace. */
  stop(graceMs: number): Promise<void>;
}

/** Waits between two attempts: short at first, at most 10 s; after a process that served for 5 s the short one again. */
const firstPauseMs = 250;
const longestPauseMs = 10_000;
const goodLifeMs = 5_000;

/**
 * Starts a process and keeps it running. A failure of the first start is the caller's (`ready` rejects, nothing is tried again): then
 * something outside is wrong. Later deaths are logged in one line and repaired.
 */
export function keepRunning<Ready>(
  name: string,
  start: (onSpawn: (child: ChildProcess) => void) => Promise<Ready>,
  log: (line: string) => void,
): KeptProcess<Ready> {
  const stopping = new AbortController();
  let current: ChildProcess | undefined;
  let servesSince = Infinity;
  const startOnce = async () => {
    servesSince = Infinity;
    const said = await start((child) => {
      current = child;
    });
    servesSince = Date.now();
    return said;
  };

  const repair = async (died: ChildProcess) => {
    let pauseMs = firstPauseMs;
    for (let dead = died; !stopping.signal.aborted;) {
      if (!hasEnded(dead)) await once(dead, 'exit');
      if (isAborted(stopping.signal)) return;
      if (Date.now() - servesSince > goodLifeMs) pauseMs = firstPauseMs;
      log(`The ${name} ended (${howItEnded(dead)}); starting it again.`);
      await delay(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
      if (isAborted(stopping.signal)) return;
      await startOnce().catch((error: unknown) => {
        if (!isAborted(stopping.signal)) log(`The ${name} did not start: ${messageOf(error)}`);
      });
      dead = current ?? dead;
    }
  };

  const ready = startOnce();
  ready.then(
    () => {
      if (current) void repair(current);
    },
    () => undefined,
  );
  return {
    ready,
    stop: async (graceMs) => {
      stopping.abort();
      if (current) await endChild(current, graceMs);
    },
  };
}

/** Asked anew after each wait, which a property would not be in the eyes of the compiler. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
