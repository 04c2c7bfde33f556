/**
 * When bodies meet. Dates that somebody entered beat a rule that somebody gave, and a rule beats the pattern that is
 * assumed until then; what rests on the assumed pattern is an estimate and is marked so wherever it is used.
 */
import { isElectionTime, isHoliday, isSchoolHoliday, workingDayOnOrBefore } from './calendar.ts';
import { addDays, dateOf, daysBetween, daysInMonth, parts, weekday } from './dates.ts';
import type { Body, CalendarPeriod, SessionRule } from './definition.ts';
import type { LocalDate } from './ids.ts';
import type { SessionSource } from './state.ts';
import { practicalSendingDay } from './terms.ts';

export interface Session {
  on: LocalDate;
  source: 'entered' | 'rule' | 'assumed';
}

/** Dates of one calendar lie at most so many days apart: a long summer, from the middle of June to the end of September. */
const CALENDAR_GAP = 105;

const monthKey = (day: LocalDate): string => day.slice(0, 7);

/** The nth given weekday of a month (-1: the last); undefined when a month has no fifth one. */
function nthWeekday(year: number, month: number, wanted: number, nth: number): LocalDate | undefined {
  const length = daysInMonth(year, month);
  if (nth < 0) {
    const last = dateOf(year, month, length);
    return addDays(last, -((weekday(last) - wanted + 7) % 7));
  }
  const first = dateOf(year, month, 1);
  const date = 1 + ((wanted - weekday(first) + 7) % 7) + (nth - 1) * 7;
  return date > length ? undefined : dateOf(year, month, date);
}

/** A rule never changes, and the pattern that is assumed is one for all parties: its day of each month is sought once. */
const monthlyDays = new WeakMap<SessionRule, Map<number, LocalDate | undefined>>();

/** The day of a monthly rule in a month, unless it is excepted. */
function monthlyDay(rule: SessionRule, year: number, month: number): LocalDate | undefined {
  const known = monthlyDays.get(rule) ?? new Map<number, LocalDate | undefined>();
  monthlyDays.set(rule, known);
  const key = year * 12 + month;
  if (known.has(key)) return known.get(key);
  const day = nthWeekday(year, month, rule.weekday, rule.nth ?? 1);
  const kept = day === undefined || isLeftOut(rule, day) ? undefined : day;
  known.set(key, kept);
  return kept;
}

const isLeftOut = (rule: SessionRule, day: LocalDate): boolean =>
  rule.exceptMonths.includes(parts(day)[1]) || isExcepted(rule, day);

/** The days that a rule names, both ends included, holidays too. */
function ruleDays(rule: SessionRule, from: LocalDate, to: LocalDate): LocalDate[] {
  const days: LocalDate[] = [];
  if (rule.every === 'week') {
    for (let day = addDays(from, (rule.weekday - weekday(from) + 7) % 7); day <= to; day = addDays(day, 7)) {
      if (!isLeftOut(rule, day)) days.push(day);
    }
    return days;
  }
  let [year, month] = parts(from);
  const [lastYear, lastMonth] = parts(to);
  while (year < lastYear || (year === lastYear && month <= lastMonth)) {
    const day = monthlyDay(rule, year, month);
    if (day !== undefined && day >= from && day <= to) days.push(day);
    month += 1;
    if (month > 12) [year, month] = [year + 1, 1];
  }
  return days;
}

/** The days on which a rule has a session, both ends included. A session on a holiday is left out. */
export const ruleDates = (rule: SessionRule, from: LocalDate, to: LocalDate): LocalDate[] =>
  ruleDays(rule, from, to).filter((day) => !isHoliday(day));

const periods: Record<CalendarPeriod, (day: LocalDate) => boolean> = {
  'school-holidays': isSchoolHoliday,
  'council-elections': isElectionTime,
};

const isExcepted = ({ exceptPeriods = [] }: SessionRule, day: LocalDate): boolean =>
  exceptPeriods.some((period) => periods[period](day));

/** Whether what was entered tells of a day that there is no other session then. */
function coveredBy(entered: readonly LocalDate[]): (day: LocalDate) => boolean {
  return (day) =>
    entered.some((on, index) => {
      const next = entered[index + 1];
      const isWithin = next !== undefined && on <= day && day <= next && daysBetween(on, next) <= CALENDAR_GAP;
      return monthKey(day) === monthKey(on) || isWithin;
    });
}

/** The holidays on which a rule would put a session: on which day the body meets instead, nobody has said. */
export function holidaySessions(source: SessionSource | undefined, from: LocalDate, to: LocalDate): LocalDate[] {
  if (source?.rule === undefined) return [];
  const isCovered = coveredBy(source.dates.toSorted());
  return ruleDays(source.rule, from, to).filter((day) => isHoliday(day) && !isCovered(day));
}

/**
 * The sessions of a body of a party from one day to another, both included, in order. In a month for which dates were
 * entered only those count, and so between two of them that lie close together: a body that gave its calendar and skips a
 * month has no session in it. Dates far apart say nothing about the months between. A day that a rule puts in the school
 * holidays is an estimate: town halls seldom mean it.
 */
export function sessions(source: SessionSource | undefined, body: Body, from: LocalDate, to: LocalDate): Session[] {
  const pattern = source?.rule ?? body.assumed;
  const regular = ruleDates(pattern, from, to);
  const session = (on: LocalDate): Session => ({
    on,
    source: source?.rule === undefined || isSchoolHoliday(on) ? 'assumed' : 'rule',
  });
  if (source === undefined || source.dates.length === 0) return regular.map(session);
  const entered = [...new Set(source.dates)].sort();
  const isCovered = coveredBy(entered);
  const found = regular.filter((day) => !isCovered(day)).map(session);
  for (const on of entered) if (on >= from && on <= to) found.push({ on, source: 'entered' });
  return found.sort((a, b) => (a.on < b.on ? -1 : 1));
}

/** The last working day on which the notice of a session can still go out: see terms.ts for how it is counted. */
export const agendaCutoff = (session: LocalDate, { notice }: Pick<Body, 'notice'>): LocalDate =>
  practicalSendingDay(session, notice.days);

/** The last working day on which texts reach the administration with its lead time before a session; never after the cut-off. */
export function textsBy(session: LocalDate, body: Pick<Body, 'notice' | 'leadDays'>): LocalDate {
  const day = workingDayOnOrBefore(addDays(session, -body.leadDays));
  const cutoff = agendaCutoff(session, body);
  return day < cutoff ? day : cutoff;
}

/** How far back and ahead a session is looked for: most meet every month, and no summer or term is longer than the last. */
const SEARCH_DAYS = [45, 400];

interface FirstSessions {
  assumed: SessionRule;
  /** By the days of notice and the day from which it is looked for. */
  found: Map<string, Session | 'none'>;
}

/** Neither what is known of a body nor the pattern that is assumed ever changes in place: what follows from them is sought once. */
const firstSessions = new WeakMap<SessionSource | SessionRule, FirstSessions>();
const MOST_FIRST_SESSIONS = 50;

/** The first session whose agenda can still be reached on a day. */
export function firstSession(source: SessionSource | undefined, body: Body, from: LocalDate): Session | undefined {
  const { assumed, notice } = body;
  const known = firstSessions.get(source ?? assumed);
  const isUsable = known?.assumed === assumed && known.found.size < MOST_FIRST_SESSIONS;
  const { found } = isUsable ? known : { found: new Map<string, Session | 'none'>() };
  if (!isUsable) firstSessions.set(source ?? assumed, { assumed, found });
  const key = `${String(notice.days)} ${from}`;
  const session = found.get(key) ?? searchFirst(source, body, from) ?? 'none';
  found.set(key, session);
  return session === 'none' ? undefined : session;
}

function searchFirst(source: SessionSource | undefined, body: Body, from: LocalDate): Session | undefined {
  for (const days of SEARCH_DAYS) {
    const ahead = sessions(source, body, from, addDays(from, days));
    const found = ahead.find((session) => agendaCutoff(session.on, body) >= from);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The last session on or before a day. */
export function lastSession(source: SessionSource | undefined, body: Body, due: LocalDate): Session | undefined {
  for (const days of SEARCH_DAYS) {
    const found = sessions(source, body, addDays(due, -days), due).at(-1);
    if (found !== undefined) return found;
  }
  return undefined;
}
