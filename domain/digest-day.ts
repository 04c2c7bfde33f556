/** When the weekly digest of somebody is due. */
import { isWorkingDay, workingDayAfter, workingDayOnOrAfter } from './calendar.ts';
import { addDays, instantOf, localTime, weekday } from './dates.ts';
import type { Instant, LocalDate } from './ids.ts';

/** Minutes of the morning in Brussels: before the first meeting, and not after noon. */
const FROM = 7 * 60;
const UNTIL = 12 * 60;

/** What a digest tells of, when there was none before. */
const FIRST_DAYS = 7;

export interface DigestChoice {
  /** 1 (Monday) to 7; 0 when none is wanted. */
  digestWeekday: number;
  /** The local day on which the last one left. */
  digestSentOn?: LocalDate;
}

/**
 * The day whose digest is due at a moment: the chosen one that came last. It leaves on the morning of that day, or of the first
 * working day after it when nobody works then; a morning that was missed is made up for on the next one, and no later. Undefined
 * when nothing is due.
 */
export function dueDigest(
  { digestWeekday: chosen, digestSentOn: last }: DigestChoice,
  now: Instant,
): LocalDate | undefined {
  const { day: today, minutes } = localTime(now);
  if (chosen === 0 || !isWorkingDay(today) || minutes < FROM || minutes >= UNTIL) return undefined;
  const day = addDays(today, -((weekday(today) - chosen + 7) % 7));
  const morning = workingDayOnOrAfter(day);
  if (today !== morning && today !== workingDayAfter(morning)) return undefined;
  return last !== undefined && last >= day ? undefined : day;
}

/** The moment from which on a digest has news. */
export const digestSince = ({ digestSentOn: last }: DigestChoice, day: LocalDate): Instant =>
  instantOf(last ?? addDays(day, -FIRST_DAYS), FROM);
