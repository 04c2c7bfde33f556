/**
 * What is odd about meeting days that somebody entered. A remark asks whether a day is right; it refuses nothing: bodies do
 * meet on a Saturday. Meetings in school holidays are left alone: many councils meet at the end of August.
 */
import { isHoliday } from './calendar.ts';
import { weekday } from './dates.ts';
import type { Anchor } from './definition.ts';
import type { LocalDate } from './ids.ts';

/** before-round: before it opens; after-round: on or after the day on which its period starts, when all must be decided. */
export type SessionRemarkCode = 'twice' | 'past' | 'holiday' | 'weekend' | 'before-round' | 'after-round';

export interface SessionRemark {
  code: SessionRemarkCode;
  on: LocalDate;
}

export interface RemarkContext {
  /** Absent: nothing is past, as in a file that is read on any day. */
  today?: LocalDate;
  /** The dates of the path and its round, by name: `opensOn` and `startsOn` are looked at, if there are any. */
  dates: Record<Anchor, LocalDate>;
}

/** The remarks about days as they were entered, in order; one that is there several times is said to be there twice once. */
export function sessionRemarks(entered: readonly LocalDate[], { today, dates }: RemarkContext): SessionRemark[] {
  const { opensOn, startsOn } = dates;
  const remarks = (on: LocalDate): SessionRemarkCode[] => [
    ...(entered.indexOf(on) < entered.lastIndexOf(on) ? (['twice'] as const) : []),
    ...(today !== undefined && on < today ? (['past'] as const) : []),
    ...(isHoliday(on) ? (['holiday'] as const) : weekday(on) > 5 ? (['weekend'] as const) : []),
    ...(opensOn !== undefined && on < opensOn ? (['before-round'] as const) : []),
    ...(startsOn !== undefined && on >= startsOn ? (['after-round'] as const) : []),
  ];
  return [...new Set(entered)].sort().flatMap((on) => remarks(on).map((code) => ({ code, on })));
}
