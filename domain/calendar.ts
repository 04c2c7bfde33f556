/**
 * Which days count: legal and decretal holidays, Flemish school holidays, and the months around the elections of the councils.
 * All of it is computed: rules do not change every year, lists have to be kept up.
 */
import { addDays, dateOf, parts, weekday } from './dates.ts';
import type { LocalDate } from './ids.ts';

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

/** A stretch of days, both ends included. */
export interface Period {
  from: LocalDate;
  to: LocalDate;
}

const isIn = (day: LocalDate, { from, to }: Period): boolean => from <= day && day <= to;

const mondayOnOrAfter = (day: LocalDate): LocalDate => addDays(day, (8 - weekday(day)) % 7);
const mondayOnOrBefore = (day: LocalDate): LocalDate => addDays(day, 1 - weekday(day));
const weeks = (monday: LocalDate, count: number): Period => ({ from: monday, to: addDays(monday, count * 7 - 1) });

/** Two weeks from the first Monday of April; after a March Easter, or before an Easter past 15 April, they move with it. */
function easterHoliday(year: number): Period {
  const sunday = easter(year);
  if (sunday < dateOf(year, 4, 1)) return weeks(addDays(sunday, 1), 2);
  if (sunday <= dateOf(year, 4, 15)) return weeks(mondayOnOrAfter(dateOf(year, 4, 1)), 2);
  // The Monday of Easter itself is added.
  return { from: addDays(sunday, -13), to: addDays(sunday, 1) };
}

function autumnHoliday(year: number): Period {
  const allSaints = dateOf(year, 11, 1);
  return weeks(weekday(allSaints) === 7 ? addDays(allSaints, 1) : mondayOnOrBefore(allSaints), 1);
}

/** The one that begins in December of the year. */
function christmasHoliday(year: number): Period {
  const christmas = dateOf(year, 12, 25);
  return weeks(weekday(christmas) >= 6 ? mondayOnOrAfter(christmas) : mondayOnOrBefore(christmas), 2);
}

const schoolHolidaysByYear = new Map<number, readonly Period[]>();

/**
 * The holidays of the Flemish schools that begin in a year: carnival, Easter, Ascension weekend, summer, autumn, Christmas
 * (decree of the Flemish Government of 17 April 1991; for secondary schools of 31 August 2001, article 7).
 */
export function schoolHolidays(year: number): readonly Period[] {
  let periods = schoolHolidaysByYear.get(year);
  if (periods === undefined) {
    const ascension = addDays(easter(year), 39);
    periods = [
      weeks(addDays(easter(year), -48), 1),
      easterHoliday(year),
      { from: ascension, to: addDays(ascension, 1) },
      { from: dateOf(year, 7, 1), to: dateOf(year, 8, 31) },
      autumnHoliday(year),
      christmasHoliday(year),
    ];
    schoolHolidaysByYear.set(year, periods);
  }
  return periods;
}

export function isSchoolHoliday(day: LocalDate): boolean {
  const [year] = parts(day);
  return [...schoolHolidays(year), christmasHoliday(year - 1)].some((period) => isIn(day, period));
}

const ELECTION_YEAR = 2024;

/** Councils are elected every six years: 2024, 2030, 2036. */
export const isElectionYear = (year: number): boolean => (year - ELECTION_YEAR) % 6 === 0;

/**
 * What is asked of councils and colleges that are leaving, or hardly installed, is asked again of those that follow. From
 * October of an election year to the end of January: the first day on which it makes sense to ask. Else undefined.
 */
export function askAfterElectionsFrom(day: LocalDate): LocalDate | undefined {
  const [year, month] = parts(day);
  if (isElectionTime(day)) return dateOf(year + 1, 2, 1);
  return month === 1 && isElectionYear(year - 1) ? dateOf(year, 2, 1) : undefined;
}

/** True from the first of October of an election year to its end: councils that are leaving, then one that is being installed. */
export function isElectionTime(day: LocalDate): boolean {
  const [year, month] = parts(day);
  return isElectionYear(year) && month >= 10;
}
