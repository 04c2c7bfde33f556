/** Looks after a mail server that does not work, so that /readyz says when it does again and paths do not all have to try. */
import type { Instant } from '../domain/ids.ts';
import type { Health } from '../store/health.ts';
import type { Store } from '../store/store.ts';
import type { SmtpTransport } from './transport.ts';

const MINUTE = 60_000;
/** A wrong password is tried seldom: mail servers lock out who tries it often. */
const PACE = { EAUTH: 5 * MINUTE, other: MINUTE };
const TICK = MINUTE / 4;

/** True for what connecting and signing in can tell; that our sender is refused, only a mail can. */
const isSeenByVerify = ({ code }: Health): boolean => code === '421' || !/^\d{3}$/.test(code);

/**
 * A password that was found wrong is not tried by every path: who looks after the server does it, and when nobody looks, a path
 * may again after some time.
 */
export const isLockedOut = (health: Health | undefined, now: number): boolean =>
  health !== undefined && !health.ok && health.code === 'EAUTH' && isLately(health, now, 2 * PACE.EAUTH);

/** Of a moment that lies ahead, which a clock that was wrong has written, nobody knows how long ago it was. */
const isLately = ({ checkedAt }: Health, now: number, within: number): boolean => {
  const age = now - Date.parse(checkedAt);
  return age >= 0 && age < within;
};

export interface WatchTools {
  store: Pick<Store, 'health'>;
  transport: Pick<SmtpTransport, 'verify'>;
  /** Milliseconds, real time. */
  clock?: () => number;
}

/** Asks a server that did not work last time whether it does now, and notes what it says; at most so often as its trouble bears. */
export async function lookAfterMail({ store, transport, clock = Date.now }: WatchTools): Promise<void> {
  const health = await store.health.health('mail');
  if (health === undefined || health.ok || !isSeenByVerify(health)) return;
  const pace = health.code === 'EAUTH' ? PACE.EAUTH : PACE.other;
  if (isLately(health, clock(), pace)) return;
  const { outcome, code, response } = await transport.verify();
  const at = new Date(clock()).toISOString() as Instant;
  await store.health.note('mail', { ok: outcome === 'accepted', code, detail: response, at });
}

/** Does so until it is closed. A store that does not answer is asked again next time. */
export function watchMailServer(tools: WatchTools): { close: () => void } {
  const timer = setInterval(() => {
    lookAfterMail(tools).catch(() => undefined);
  }, TICK);
  return {
    close: () => {
      clearInterval(timer);
    },
  };
}
