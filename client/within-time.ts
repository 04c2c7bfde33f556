/** A limit for what heeds no deadline of its own, such as a connection to Temporal that is still being made. */
import { setTimeout as delay } from 'node:timers/promises';
import { UnavailableError } from './path-client.ts';

/** Throws UnavailableError when there is no result in time; the work itself goes on. */
export async function withinTime<Result>(work: Promise<Result>, timeoutMs: number): Promise<Result> {
  const timer = new AbortController();
  const tooLate = delay(timeoutMs, undefined, { signal: timer.signal }).then(() => {
    throw new UnavailableError('no answer in time');
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    timer.abort();
    tooLate.catch(() => undefined);
  }
}
