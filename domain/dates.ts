/**
 * Days and moments, without a date library: what the core imports sits in every cached workflow.
 * Days are local dates (YYYY-MM-DD); they compare and sort as strings.
 */
import type { Instant, LocalDate } from './ids.ts';

const MS_PER_DAY = 86_400_000;

// Day arithmetic without Date objects: a path asks for thousands of days at a time. Day 0 is 1970-01-01; the algorithms
// count from 1 March, so that the leap day is the last of its year (H. Hinnant, "chrono-compatible low-level date algorithms").
const DAYS_TO_EPOCH = 719_468;
const DAYS_PER_ERA = 146_097;

function dayNumber(day: LocalDate): number {
  const [civilYear, month, date] = parts(day);
  const year = month > 2 ? civilYear : civilYear - 1;
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + date - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_PER_ERA + dayOfEra - DAYS_TO_EPOCH;
}

/** A path asks for the same few hundred days many thousand times: they are kept, so many at most. */
const MOST_KEPT = 2_000;

function kept<Argument, Value>(work: (argument: Argument) => Value): (argument: Argument) => Value {
  const values = new Map<Argument, Value>();
  return (argument) => {
    const known = values.get(argument);
    if (known !== undefined) return known;
    if (values.size >= MOST_KEPT) values.clear();
    const value = work(argument);
    values.set(argument, value);
    return value;
  };
}

const dayOf = kept((number: number): LocalDate => {
  const shifted = number + DAYS_TO_EPOCH;
  const era = Math.floor(shifted / DAYS_PER_ERA);
  const dayOfEra = shifted - era * DAYS_PER_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const date = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  return dateOf(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, date);
});

/**
 * True for a day that exists (`2031-02-29` does not) in the years 1900 to 2199: any other is a slip of the keyboard, and
 * days that are counted on from it must keep four digits for their year.
 */
export function isLocalDate(text: string): text is LocalDate {
  if (!/^(19|20|21)\d{2}-\d{2}-\d{2}$/.test(text)) return false;
  const day = text as LocalDate;
  return dayOf(dayNumber(day)) === day;
}

export const addDays = (day: LocalDate, days: number): LocalDate => dayOf(dayNumber(day) + days);

/** The same day of the month, or the last day of a shorter month. */
export function addMonths(day: LocalDate, months: number): LocalDate {
  const [year, month, date] = parts(day);
  const index = year * 12 + (month - 1) + months;
  const target = { year: Math.floor(index / 12), month: (index % 12) + 1 };
  return dateOf(target.year, target.month, Math.min(date, daysInMonth(target.year, target.month)));
}

/** Whole days from `from` to `to`; negative when `to` comes first. */
export const daysBetween = (from: LocalDate, to: LocalDate): number => dayNumber(to) - dayNumber(from);

/** 1 (Monday) to 7 (Sunday), as in ISO 8601. */
export const weekday = (day: LocalDate): number => ((((dayNumber(day) + 3) % 7) + 7) % 7) + 1;

export function parts(day: LocalDate): [year: number, month: number, date: number] {
  const digit = (index: number): number => day.charCodeAt(index) - 48;
  return [
    digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3),
    digit(5) * 10 + digit(6),
    digit(8) * 10 + digit(9),
  ];
}

export const dateOf = (year: number, month: number, date: number): LocalDate =>
  `${year < 1000 ? String(year).padStart(4, '0') : String(year)}-${twoDigits(month)}-${twoDigits(date)}` as LocalDate;

const twoDigits = (value: number): string => (value < 10 ? `0${String(value)}` : String(value));

const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

export const daysInMonth = (year: number, month: number): number =>
  month === 2 ? (isLeapYear(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;

export function earliest(days: readonly LocalDate[]): LocalDate | undefined {
  let [first] = days;
  for (const day of days) if (first === undefined || day < first) first = day;
  return first;
}

export function latest(days: readonly LocalDate[]): LocalDate | undefined {
  let [last] = days;
  for (const day of days) if (last === undefined || day > last) last = day;
  return last;
}

/** The first days of the months that begin after a day, up to another one. */
export function monthStarts(from: LocalDate, to: LocalDate): LocalDate[] {
  const [year, month] = parts(from);
  const starts: LocalDate[] = [];
  for (let next = month; ; next += 1) {
    const day = dateOf(year + Math.floor(next / 12), (next % 12) + 1, 1);
    if (day > to) return starts;
    starts.push(day);
  }
}

const brussels = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Brussels',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});

const MS_PER_MINUTE = 60_000;
const MINUTES_PER_DAY = 1_440;

/** Minutes that Brussels is ahead of UTC at a moment, by the time zone database. */
function exactOffset(ms: number): number {
  const found: Record<string, string> = {};
  for (const part of brussels.formatToParts(ms)) found[part.type] = part.value;
  const day = `${found['year'] ?? ''}-${found['month'] ?? ''}-${found['day'] ?? ''}`;
  const shown = Date.parse(`${day}T${found['hour'] ?? ''}:${found['minute'] ?? ''}:00Z`);
  return Math.round((shown - Math.floor(ms / MS_PER_MINUTE) * MS_PER_MINUTE) / MS_PER_MINUTE);
}

// Formatting costs some 30 µs and a path asks for it thousands of times: the offset of a whole UTC day is kept, except
// on the two days of the year on which it changes.
const offsets = new Map<number, number | 'changes'>();

/** Minutes that Brussels is ahead of UTC at a moment: 60 in winter, 120 in summer. */
function offsetMinutes(ms: number): number {
  const day = Math.floor(ms / MS_PER_DAY);
  let known = offsets.get(day);
  if (known === undefined) {
    const atStart = exactOffset(day * MS_PER_DAY);
    known = atStart === exactOffset((day + 1) * MS_PER_DAY) ? atStart : 'changes';
    offsets.set(day, known);
  }
  return known === 'changes' ? exactOffset(ms) : known;
}

interface LocalTime {
  readonly day: LocalDate;
  readonly minutes: number;
}

/** The wall clock in Brussels at a moment. */
export const localTime = kept((at: Instant): LocalTime => {
  const ms = Date.parse(at);
  const local = ms + offsetMinutes(ms) * MS_PER_MINUTE;
  const day = Math.floor(local / MS_PER_DAY);
  return { day: dayOf(day), minutes: Math.floor((local - day * MS_PER_DAY) / MS_PER_MINUTE) };
});

export const localDay = (at: Instant): LocalDate => localTime(at).day;

/**
 * The moment at which the Brussels clock shows `minutes` past midnight on `day`. Meant for daytime: in the hour that a
 * clock change skips or repeats the answer is one of its neighbours.
 */
export function instantOf(day: LocalDate, minutes: number): Instant {
  const guess = dayNumber(day) * MS_PER_DAY + minutes * MS_PER_MINUTE;
  const first = guess - offsetMinutes(guess) * MS_PER_MINUTE;
  return utcText((guess - offsetMinutes(first) * MS_PER_MINUTE) / MS_PER_MINUTE);
}

/** A whole minute as `toISOString` writes it, without the object. */
function utcText(minute: number): Instant {
  const day = Math.floor(minute / MINUTES_PER_DAY);
  const ofDay = minute - day * MINUTES_PER_DAY;
  const hour = Math.floor(ofDay / 60);
  return `${dayOf(day)}T${twoDigits(hour)}:${twoDigits(ofDay - hour * 60)}:00.000Z` as Instant;
}

/** ISO 8601 with the offset of Brussels, for people and exports: `2031-02-10T08:30:00+01:00`. */
export function offsetInstant(at: Instant): string {
  const ms = Date.parse(at);
  const offset = offsetMinutes(Math.floor(ms / 60_000) * 60_000);
  const local = new Date(ms + offset * 60_000).toISOString().slice(0, 19);
  const hours = String(Math.floor(offset / 60)).padStart(2, '0');
  return `${local}+${hours}:${String(offset % 60).padStart(2, '0')}`;
}
