/**
 * Whether the clock of this machine goes as others do. Deadlines and mails of paths go by the clock of the Temporal server; sessions,
 * sign-in links and what pages call today go by that of the machine.
 */
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { asInstant } from '../domain/ids.ts';
import type { ClockComponent } from '../store/health.ts';
import type { Store } from '../store/store.ts';
import type { TemporalServer } from './temporal/connection.ts';
import { pollersOf } from './temporal/pollers.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const SLACK_MS = 30 * SECOND;
/** A server forgets who has not asked for work for five minutes. */
const FORGOTTEN_MS = 6 * MINUTE;
const SOON_MS = 5 * SECOND;
const EVERY_MS = MINUTE;

/** A moment of another clock. */
export interface Witness {
  name: string;
  /** In milliseconds since 1970. */
  at: number;
  /** How long ago that may have been, in milliseconds. */
  age: number;
}

/** How a clock differs from another one, in words. */
export interface ClockTrouble {
  code: 'ahead' | 'behind';
  detail: string;
}

/** How this machine's clock differs from the first other one that it differs from; undefined when it goes as they do. */
export function clockTrouble(now: number, others: readonly Witness[]): ClockTrouble | undefined {
  for (const { name, at, age } of others) {
    const behind = at - now;
    const ahead = now - at - age;
    if (behind > SLACK_MS) return { code: 'behind', detail: `${spell(behind)} behind ${name}` };
    if (ahead > SLACK_MS) return { code: 'ahead', detail: `${spell(ahead)} ahead of ${name}` };
  }
  return undefined;
}

const spell = (ms: number): string =>
  ms < 2 * MINUTE ? `${String(Math.round(ms / SECOND))} s` : `${String(Math.round(ms / MINUTE))} minutes`;

/** The Temporal server, when a worker asked it for work lately, and the server of the store when it is elsewhere. */
export async function serverWitnesses(
  server: TemporalServer | undefined,
  store?: Pick<Store, 'serverMoment'>,
): Promise<Witness[]> {
  const [pollers = [], database] = await Promise.all([pollersOf(server), store?.serverMoment().catch(() => undefined)]);
  return [
    ...(pollers.length === 0 ? [] : [{ name: 'the Temporal server', at: Math.max(...pollers), age: FORGOTTEN_MS }]),
    ...(database === undefined ? [] : [{ name: 'the server of the store', at: database, age: SECOND }]),
  ];
}

export interface ClockWatchTools {
  /** Whose clock. */
  component: ClockComponent;
  store: Pick<Store, 'health' | 'serverMoment'>;
  server: TemporalServer | undefined;
  warn: (message: string) => void;
}

/**
 * Notes for /readyz whether the clock is right, and says it in the log while it is not. False, and nothing else, when there is no other
 * clock to compare with.
 */
export async function lookAtClock({ component, store, server, warn }: ClockWatchTools): Promise<boolean> {
  const others = await serverWitnesses(server, store);
  if (others.length === 0) return false;
  const now = Date.now();
  const trouble = clockTrouble(now, others);
  const [code, detail] = trouble === undefined ? ['right', ''] : [trouble.code, trouble.detail];
  // By the clock that says most exactly what time it is: those that are noted are compared with each other.
  const [exact] = others.toSorted((one, other) => one.age - other.age);
  const at = asInstant(exact?.at ?? now);
  await store.health.noteClock(component, hostname(), { ok: trouble === undefined, code, detail, at });
  if (trouble !== undefined) warn(`The clock of this machine is ${detail}: see "Wrong clock" in docs/runbook.md.`);
  return true;
}

/** Does so every minute until it is closed, and sooner while nothing can be said. A store that does not answer is told next time. */
export function watchClock(tools: ClockWatchTools): { close: () => void } {
  const closing = new AbortController();
  const { signal } = closing;
  void (async () => {
    for (let hasCompared = false; !signal.aborted;) {
      const pause = hasCompared ? EVERY_MS : SOON_MS;
      await delay(pause, undefined, { signal, ref: false }).catch(() => undefined);
      if (!isAborted(signal)) hasCompared = await lookAtClock(tools).catch(() => false);
    }
  })();
  return {
    close: () => {
      closing.abort();
    },
  };
}

/** Asked anew after each wait, which a property would not be in the eyes of the compiler. */
const isAborted = (signal: AbortSignal): boolean => signal.aborted;
