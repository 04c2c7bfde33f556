/** What a path should have sent by now and has not. */
import { nextDue, outboxOf, retriesOf } from '../../domain/due.ts';
import type { Instant } from '../../domain/ids.ts';
import type { PathState } from '../../domain/state.ts';

export interface Moments {
  /** The end of the morning on which everybody is reminded. */
  morningEnd: Instant;
  now: Instant;
}

/**
 * The keys of mails that are under way, or were due and never tried. Asked after noon alone, a path would say of the morning's mails
 * that they are due tomorrow: so it is asked as if it were still the end of the morning, too.
 */
export function unsentOf(state: PathState, { morningEnd, now }: Moments): string[] {
  const underWay = [...outboxOf(state), ...retriesOf(state)].map(({ message }) => message.key);
  const moments = morningEnd < now ? [morningEnd, now] : [now];
  const late = moments.flatMap((moment) => {
    const due = nextDue(state, moment);
    return due !== undefined && due.at <= moment ? due.messages.map(({ key }) => key) : [];
  });
  return [...new Set([...underWay, ...late])];
}
