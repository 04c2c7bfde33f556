/** In which year each day of a list lies. */
import { dateOf, daysInMonth, parts, weekday } from '../../domain/dates.ts';
import type { LocalDate } from '../../domain/ids.ts';
import type { Written, WrittenDay } from './days.ts';

export interface DatedDay {
  day: WrittenDay;
  /** Undefined when nothing says it. */
  year: number | undefined;
}

/** A list that goes from the second half of a year to the first half went past New Year. */
const wraps = (from: number | undefined, to: number): boolean => from !== undefined && from >= 7 && to <= 6;

/**
 * A year counts for the days after it and for those before it, until another year is named; a list is ascending, so from
 * autumn to spring it goes past New Year ("15 december en 27 januari 2031" begins in 2030). When no day has a year, the list
 * is the earliest one whose last day is not before `around`; when weekdays are named that only
 * fit a year later, it is that one.
 */
export function withYears(written: readonly Written[], around: LocalDate | undefined): DatedDay[] {
  const dated = forward(written);
  const first = dated.findIndex(({ year }) => year !== undefined);
  if (first >= 0) return [...backward(dated.slice(0, first + 1)), ...dated.slice(first + 1)];
  if (around === undefined) return dated;
  return nearest(
    dated.map(({ day }) => day),
    around,
  );
}

function forward(written: readonly Written[]): DatedDay[] {
  let year: number | undefined;
  let month: number | undefined;
  return written.flatMap((each) => {
    if (each.kind === 'year') {
      year = each.year;
      month = undefined;
      return [];
    }
    if (each.year !== undefined) year = each.year;
    else if (year !== undefined && wraps(month, each.month)) year += 1;
    month = each.month;
    return [{ day: each, year }];
  });
}

/** Days up to the first that has a year. */
function backward(days: readonly DatedDay[]): DatedDay[] {
  let year = days.at(-1)?.year ?? 0;
  let month: number | undefined;
  return [...days]
    .reverse()
    .map(({ day }) => {
      if (month !== undefined && wraps(day.month, month)) year -= 1;
      month = day.month;
      return { day, year };
    })
    .reverse();
}

function nearest(days: readonly WrittenDay[], around: LocalDate): DatedDay[] {
  const from = (start: number): DatedDay[] => {
    let year = start;
    let month: number | undefined;
    return days.map((day) => {
      if (wraps(month, day.month)) year += 1;
      month = day.month;
      return { day, year };
    });
  };
  const [now] = parts(around);
  const isAhead = (list: DatedDay[]): boolean => list.some(({ day, year = 0 }) => dayText(day, year) >= around);
  const start = [now - 1, now].find((year) => isAhead(from(year))) ?? now + 1;
  return [from(start), from(start + 1)].find((list) => list.every(fits)) ?? from(start);
}

const dayText = ({ month, date }: WrittenDay, year: number): LocalDate => dateOf(year, month, date);

function fits({ day, year = 0 }: DatedDay): boolean {
  if (day.month < 1 || day.month > 12 || day.date < 1 || day.date > daysInMonth(year, day.month)) return false;
  return day.weekday === undefined || weekday(dayText(day, year)) === day.weekday;
}
