/** Mails leave one after the other, at most so many a minute: servers and those who run them want to know what to expect. */
import { setTimeout as delay } from 'node:timers/promises';
import type { PaceStore } from '../store/pace.ts';

const MINUTE = 60_000;

/**
 * Waits for the next free moment. False when that comes after `latest`, and when the signal ends the wait.
 * @param perMinute over all paths and workers; 0 sets no limit
 */
export function turns(pace: PaceStore, perMinute: number, clock: () => number, signal: AbortSignal) {
  return async (latest: number): Promise<boolean> => {
    if (perMinute === 0) return true;
    const now = clock();
    const at = await pace.reserve({ now, latest, interval: MINUTE / perMinute });
    if (at === undefined) return false;
    if (at <= now) return true;
    return delay(at - now, undefined, { signal }).then(
      () => true,
      () => false,
    );
  };
}
