/**
 * The clock of all paths of a run. The morning on which everybody is reminded, from half past eight to half past nine, lasts as long as
 * the run: then each path's own minute comes while something dies, and a mail server is tried again after some seconds.
 */
import { instantOf } from '../../domain/dates.ts';
import { asInstant, type Instant, type LocalDate } from '../../domain/ids.ts';
import type { ClockInput } from '../../workflows/messages.ts';

const HALF_PAST_EIGHT = 8 * 60 + 30;
const MORNING_MINUTES = 60;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** The clock of pages does not run faster: set to noon, it shows the same day all along. */
const NOON = 12 * 60;

/** REGIOPAD_CLOCK_OFFSET_HOURS of the processes of a run that begins now. */
export const offsetHoursFor = (day: LocalDate): number =>
  Math.round((Date.parse(instantOf(day, NOON)) - Date.now()) / HOUR);

export interface RunClock {
  readonly paths: ClockInput;
  /** The real moment, in milliseconds since 1970, at which it is a moment for the paths. */
  realTimeOf(moment: string): number;
  /** The end of the morning, for the paths. */
  readonly morningEnd: Instant;
  /** The moment for the paths. */
  now(): Instant;
}

/** @param morningAt the real moment at which it is half past eight */
export function clockFor(day: LocalDate, morningAt: number, minutes: number): RunClock {
  const times = MORNING_MINUTES / minutes;
  const morning = Date.parse(instantOf(day, HALF_PAST_EIGHT));
  const offsetMs = morning - morningAt;
  return {
    paths: { offsetMs, granularityMs: 1, faster: { since: morningAt, times } },
    realTimeOf: (moment) => morningAt + (Date.parse(moment) - morning) / times,
    morningEnd: instantOf(day, HALF_PAST_EIGHT + MORNING_MINUTES),
    now: () => asInstant(morning + (Date.now() - morningAt) * times),
  };
}
