/**
 * Days and moments, without a date library: what the core imports sits in every cached workflow.
 * Days are local dates (YYYY-MM-DD); they compare and sort as strings.
 */
import type { Instant, LocalDate } from './ids.ts';

const MS_PER_DAY = 86_400_000;

const toUtc = (day: LocalDate): number => Date.parse(`${day}T00:00:00Z`);
const fromUtc = (ms: number): LocalDate => new Date(ms).toISOString().slice(0, 10) as LocalDate;

/** True for a day that exists: `2031-02-29` does not. */
export function isLocalDate(text: string): text is LocalDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && fromUtc(ms) === text;
}

export const addDays = (day: LocalDate, days: number): LocalDate => fromUtc(toUtc(day) + days * MS_PER_DAY);

/** The same day of the month, or the last day of a shorter month. */
export function addMonths(day: LocalDate, months: number): LocalDate {
  const [year, month, date] = parts(day);
  const index = year * 12 + (month - 1) + months;
  const target = { year: Math.floor(index / 12), month: (index % 12) + 1 };
  return dateOf(target.year, target.month, Math.min(date, daysInMonth(target.year, target.month)));
}

/** Whole days from `from` to `to`; negative when `to` comes first. */
export const daysBetween = (from: LocalDate, to: LocalDate): number =>
  Math.round((toUtc(to) - toUtc(from)) / MS_PER_DAY);

/** 1 (Monday) to 7 (Sunday), as in ISO 8601. */
export const weekday = (day: LocalDate): number => ((new Date(toUtc(day)).getUTCDay() + 6) % 7) + 1;

export function parts(day: LocalDate): [year: number, month: number, date: number] {
  return [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))];
}

export const dateOf = (year: number, month: number, date: number): LocalDate =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}` as LocalDate;

export const daysInMonth = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

export const earliest = (days: readonly LocalDate[]): LocalDate | undefined => [...days].sort()[0];
export const latest = (days: readonly LocalDate[]): LocalDate | undefined => [...days].sort().at(-1);

/** Easter Sunday by the Gregorian computus (Meeus/Jones/Butcher). */
export function easter(year: number): LocalDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  return dateOf(year, month, ((h + l - 7 * m + 114) % 31) + 1);
}

const holidaysByYear = new Map<number, ReadonlySet<LocalDate>>();

/** The ten legal holidays and 11 July, the holiday of the Flemish Community (decretal, so it counts in article 291 too). */
export function holidays(year: number): ReadonlySet<LocalDate> {
  let days = holidaysByYear.get(year);
  if (days === undefined) {
    const sunday = easter(year);
    days = new Set([
      dateOf(year, 1, 1),
      addDays(sunday, 1),
      dateOf(year, 5, 1),
      addDays(sunday, 39),
      addDays(sunday, 50),
      dateOf(year, 7, 11),
      dateOf(year, 7, 21),
      dateOf(year, 8, 15),
      dateOf(year, 11, 1),
      dateOf(year, 11, 11),
      dateOf(year, 12, 25),
    ]);
    holidaysByYear.set(year, days);
  }
  return days;
}

export const isHoliday = (day: LocalDate): boolean => holidays(parts(day)[0]).has(day);
export const isWorkingDay = (day: LocalDate): boolean => weekday(day) <= 5 && !isHoliday(day);

export function workingDayOnOrAfter(day: LocalDate): LocalDate {
  let result = day;
  while (!isWorkingDay(result)) result = addDays(result, 1);
  return result;
}

export function workingDayOnOrBefore(day: LocalDate): LocalDate {
  let result = day;
  while (!isWorkingDay(result)) result = addDays(result, -1);
  return result;
}

export const workingDayAfter = (day: LocalDate): LocalDate => workingDayOnOrAfter(addDays(day, 1));

const brussels = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Brussels',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** The wall clock in Brussels at a moment. */
export function localTime(at: Instant): { day: LocalDate; minutes: number } {
  const found: Record<string, string> = {};
  for (const part of brussels.formatToParts(new Date(at))) found[part.type] = part.value;
  return {
    day: `${found['year'] ?? ''}-${found['month'] ?? ''}-${found['day'] ?? ''}` as LocalDate,
    minutes: Number(found['hour']) * 60 + Number(found['minute']),
  };
}

export const localDay = (at: Instant): LocalDate => localTime(at).day;

/** Minutes that Brussels is ahead of UTC at a moment: 60 in winter, 120 in summer. */
function offsetMinutes(ms: number): number {
  const { day, minutes } = localTime(new Date(ms).toISOString() as Instant);
  return Math.round((toUtc(day) + minutes * 60_000 - ms) / 60_000);
}

/**
 * The moment at which the Brussels clock shows `minutes` past midnight on `day`. Meant for daytime: in the hour that a
 * clock change skips or repeats the answer is one of its neighbours.
 */
export function instantOf(day: LocalDate, minutes: number): Instant {
  const guess = toUtc(day) + minutes * 60_000;
  const first = guess - offsetMinutes(guess) * 60_000;
  return new Date(guess - offsetMinutes(first) * 60_000).toISOString() as Instant;
}

/** ISO 8601 with the offset of Brussels, for people and exports: `2031-02-10T08:30:00+01:00`. */
export function offsetInstant(at: Instant): string {
  const ms = Date.parse(at);
  const offset = offsetMinutes(Math.floor(ms / 60_000) * 60_000);
  const local = new Date(ms + offset * 60_000).toISOString().slice(0, 19);
  const hours = String(Math.floor(offset / 60)).padStart(2, '0');
  return `${local}+${hours}:${String(offset % 60).padStart(2, '0')}`;
}
