/** Which sessions can still take an ask, as a reader on a day should hear it. */
import type { LocalDate } from '../../domain/ids.ts';
import type { AskItem } from '../../domain/message.ts';
import type { SessionDates } from '../mail-context.ts';

export interface Session {
  on: LocalDate;
  cutoff: LocalDate;
}

export interface Reach {
  /** The first session whose agenda is open and that makes the deadline. */
  next?: Session;
  /** The last one that does; the same as `next` when there is only one. */
  last?: Session;
  /** The session that would have been the last one, when its agenda has closed. */
  passed?: Session;
  /** The first session after the deadline, when none makes it any more. */
  tooLate?: Session;
}

export function reachOf(item: SessionDates, today: LocalDate): Reach {
  const next = sessionOf(item.nextSession, item.nextCutoff);
  const last = sessionOf(item.lastSession, item.lastCutoff);
  const isOver = item.dueOn < today;
  const open = !isOver && last !== undefined && last.cutoff >= today ? last : undefined;
  const inTime = !isOver && next !== undefined && next.on <= item.dueOn ? next : undefined;
  return {
    ...(inTime && { next: inTime }),
    ...(open && { last: open }),
    ...(!isOver && last !== undefined && open === undefined && { passed: last }),
    ...(next !== undefined && inTime === undefined && { tooLate: next }),
  };
}

const sessionOf = (on: LocalDate | undefined, cutoff: LocalDate | undefined): Session | undefined =>
  on === undefined || cutoff === undefined ? undefined : { on, cutoff };

/** The kind in which an ask is put to its reader: only who coordinates is told to call. */
export function askKind(item: AskItem, isCoordinator: boolean, today: LocalDate): AskItem['kind'] {
  if (item.kind !== 'escalation' || isCoordinator) return item.kind;
  return item.dueOn < today ? 'overdue' : 'reminder';
}
