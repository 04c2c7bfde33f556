import { flushCompileCache } from 'node:module';
import { exitWith } from './setup-error.ts';

/** What a process of `npm start` tells its supervisor once it serves. */
export interface ReadyMessage {
  readonly ready: true;
  /** Address of the pages (web). */
  readonly url?: string;
  /** The administrator's one-time sign-in link (web). */
  readonly signInUrl?: string;
}

/**
 * Tells the supervisor, if there is one, that this process serves. What was compiled is kept from now on (where NODE_COMPILE_CACHE says),
 * and not only by a process that ends in order.
 */
export function announceReady(details: Omit<ReadyMessage, 'ready'> = {}): void {
  process.send?.({ ready: true, ...details } satisfies ReadyMessage);
  setImmediate(flushCompileCache);
}

/**
 * Ends this process in order, once, on SIGTERM, on Ctrl-C and when the supervisor is gone (also by kill -9). Exits 0, or 1 when `stop` fails.
 * The supervisor forces the end after 0.9 s.
 */
export function stopWhenAsked(stop: () => Promise<void>): void {
  let isStopping = false;
  const end = () => {
    if (isStopping) return;
    isStopping = true;
    stop().then(() => process.exit(0), exitWith);
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  if (process.send) process.once('disconnect', end);
}
