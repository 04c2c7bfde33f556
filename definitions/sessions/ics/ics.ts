/** Meeting days from an iCalendar file: single and recurring events, moved and cancelled ones, in Brussels. */
import { expandRecurringEvent, sync, type VEvent } from 'node-ical';
import { addDays, dateOf, localDay, parts } from '../../../domain/dates.ts';
import { asInstant, type LocalDate } from '../../../domain/ids.ts';
import { type CalendarEvent, property, readEvents } from './events.ts';
import { icsProblem, MOST_BYTES, MOST_DAYS, MOST_SERIES, type IcsProblem } from './problem.ts';
import { calendarsOf, type Series, seriesOf } from './series.ts';
import { sessionFilter } from './subject.ts';

/** Events that gave no day, and why. */
export interface LeftOut {
  cancelled: number;
  /** About something else than the sessions that were asked for. */
  other: number;
  /** Before the window, or more than three years ahead. */
  outside: number;
}

export interface IcsDays {
  /** In order, each once. */
  dates: LocalDate[];
  leftOut: LeftOut;
}

export type ReadIcs = ({ ok: true } & IcsDays) | { ok: false; problem: IcsProblem };

const AHEAD_DAYS = 3 * 365;

export const isIcs = (text: string): boolean => /^\uFEFF?\s*BEGIN:VCALENDAR/i.test(text);

/**
 * The days of a calendar from `around` to three years later; an event of several days counts on its first. Never throws and
 * opens no address.
 * @param only a word that the summary of an event must hold; absent: what looks like a session, when the calendar holds more
 */
export function readIcs(text: string, { around, only }: { around: LocalDate; only?: string }): ReadIcs {
  if (Buffer.byteLength(text) > MOST_BYTES) return { ok: false, problem: icsProblem('too-large') };
  const calendar = readEvents(text.trimStart());
  if (!calendar.ok) return calendar;
  if (calendar.events.length === 0) return { ok: false, problem: icsProblem('no-events') };
  const isSession = sessionFilter(calendar.events.map(summaryOf), only);
  const all = seriesOf(calendar.events);
  const about = all.filter(({ event }) => isSession(summaryOf(event)));
  const live = about.filter(({ event }) => !event.isCancelled);
  if (live.filter(({ event }) => property(event, 'RRULE') !== undefined).length > MOST_SERIES) {
    return { ok: false, problem: icsProblem('too-many-series') };
  }
  const days = new Set<LocalDate>();
  const expand = expander({ from: around, to: addDays(around, AHEAD_DAYS) });
  let outside = 0;
  for (const series of live) {
    const found = daysOf(series, calendar.zones, expand);
    if (!Array.isArray(found)) return { ok: false, problem: found };
    if (found.length === 0) outside += 1;
    for (const day of found) days.add(day);
    if (days.size > MOST_DAYS) return { ok: false, problem: icsProblem('too-many-days', series.event.line) };
  }
  if (days.size === 0) return { ok: false, problem: icsProblem('none-fits') };
  const leftOut = { cancelled: about.length - live.length, other: all.length - about.length, outside };
  return { ok: true, dates: [...days].sort(), leftOut };
}

const summaryOf = (event: CalendarEvent): string => (property(event, 'SUMMARY')?.value ?? '').replace(/\\(.)/g, '$1');

interface Window {
  from: LocalDate;
  to: LocalDate;
}

type Expand = (calendar: string) => LocalDate[];

/** The days of one series within the window. */
function daysOf(series: Series, zones: Map<string, string[]>, expand: Expand): LocalDate[] | IcsProblem {
  const calendars = calendarsOf(series, zones);
  if (!calendars.ok) return calendars.problem;
  try {
    return calendars.texts.flatMap(expand);
  } catch {
    const rule = property(series.event, 'RRULE');
    return icsProblem('bad-rule', rule?.line ?? series.event.line, rule?.value);
  }
}

/** Works out calendars of one event, equal ones once: rooms and people have many events at the same time. */
function expander({ from, to }: Window): Expand {
  // A day wider on both sides: the parser knows moments, on the clock of this machine.
  const range = { from: midnight(addDays(from, -1)), to: midnight(addDays(to, 2)) };
  const known = new Map<string, LocalDate[]>();
  return (text) => {
    let days = known.get(text);
    if (days === undefined) {
      days = Object.values(sync.parseICS(text))
        .filter((each): each is VEvent => each?.type === 'VEVENT')
        .flatMap((event) => expandRecurringEvent(event, range))
        .filter(({ event }) => event.status !== 'CANCELLED')
        .map(({ start, isFullDay }) => (isFullDay ? localPartsOf(start) : localDay(asInstant(start.getTime()))))
        .filter((day) => day >= from && day <= to);
      known.set(text, days);
    }
    return days;
  };
}

function midnight(day: LocalDate): Date {
  const [year, month, date] = parts(day);
  return new Date(year, month - 1, date);
}

/** A whole day comes as midnight on the clock of this machine, whatever that is. */
const localPartsOf = (start: Date): LocalDate => dateOf(start.getFullYear(), start.getMonth() + 1, start.getDate());
