/** Meeting days as town halls write them: "27 januari, 24 februari en 31 maart 2031", one a line, by a rule, or both. */
import { dateOf, isLocalDate, weekday } from '../../domain/dates.ts';
import type { SessionRule } from '../../domain/definition.ts';
import type { LocalDate } from '../../domain/ids.ts';
import { readDays, type Written } from './days.ts';
import { readProblem, type ReadProblem } from './problem.ts';
import { looksLikeRule, readSessionRule } from './rule.ts';
import { monthName, weekdayName } from './words.ts';
import { type DatedDay, withYears } from './years.ts';

export interface SessionText {
  /** In order, each once. */
  dates: LocalDate[];
  /** Days that are there more than once. */
  repeated: LocalDate[];
  rule?: SessionRule;
}

export type ReadText = ({ ok: true } & SessionText) | { ok: false; problems: ReadProblem[] };

/** Enough for six years of weekly meetings; what is longer is something else. */
const LONGEST = 20_000;

/**
 * Reads days and at most one rule; lines and semicolons keep them apart. Never throws: what is not understood is named, all
 * of it at once.
 * @param around the day from which days without any year are counted (see years.ts); absent: each list must name its year
 */
export function readSessionText(text: string, { around }: { around?: LocalDate } = {}): ReadText {
  if (text.length > LONGEST) return { ok: false, problems: [readProblem('no-days', text)] };
  const written: Written[] = [];
  const problems: ReadProblem[] = [];
  const rules: SessionRule[] = [];
  for (const line of text.split(/[\r\n;]+/).filter((each) => each.trim() !== '')) {
    if (looksLikeRule(line)) {
      const read = readSessionRule(line);
      if (!read.ok) problems.push(...read.problems);
      else if (rules.push(read.rule) > 1) problems.push(readProblem('several-rules', line));
    } else {
      const read = readDays(line);
      written.push(...read.written);
      problems.push(...read.problems);
    }
  }
  const days = withYears(written, around).map(dayOf);
  problems.push(...days.filter((day) => typeof day !== 'string'));
  const found = days.filter((day) => typeof day === 'string');
  const [rule] = rules;
  if (problems.length === 0 && found.length === 0 && rule === undefined) problems.push(readProblem('no-days', text));
  if (problems.length > 0) return { ok: false, problems };
  const repeated = new Set(found.filter((day, index) => found.indexOf(day) < index));
  return { ok: true, dates: [...new Set(found)].sort(), repeated: [...repeated].sort(), ...(rule && { rule }) };
}

function dayOf({ day: { month, date, weekday: named }, year }: DatedDay): LocalDate | ReadProblem {
  const part = partOf(month, date, named, year);
  if (year === undefined) return readProblem('no-year', part);
  const day = month >= 1 && month <= 12 && date >= 1 && date <= 31 ? dateOf(year, month, date) : '';
  if (!isLocalDate(day)) return readProblem('no-such-day', part);
  const own = weekday(day);
  return named === undefined || named === own ? day : readProblem('wrong-weekday', part, weekdayName(own));
}

/** `dinsdag 27 januari 2031`, `27/13/2031` */
function partOf(month: number, date: number, named: number | undefined, year: number | undefined): string {
  if (monthName(month) === '') return [date, month, year].filter((each) => each !== undefined).join('/');
  return [named === undefined ? '' : weekdayName(named), date, monthName(month), year ?? ''].join(' ');
}
