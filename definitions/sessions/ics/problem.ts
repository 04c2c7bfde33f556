/** What is wrong with an iCalendar file, in words for files and the command line. */

/**
 * not-ics: something else than a calendar; unclosed: cut off, or its blocks do not close; bad-start: an event without a day
 * that can be read; bad-rule: a recurrence that cannot be read, or by the hour; no-events: an empty calendar; none-fits: events,
 * but no coming one that looks like a session; too-large, too-many-series, too-many-days: more than a body can meet.
 */
export type IcsProblemKind =
  | 'not-ics'
  | 'unclosed'
  | 'bad-start'
  | 'bad-rule'
  | 'no-events'
  | 'none-fits'
  | 'too-large'
  | 'too-many-series'
  | 'too-many-days';

export interface IcsProblem {
  kind: IcsProblemKind;
  /** Of the file, from 1; absent when it is about the whole. */
  line?: number;
  /** What stands there, when that says more. */
  part?: string;
}

/** Bytes of a calendar that is read. */
export const MOST_BYTES = 2 * 1024 * 1024;
/** Days that a body can meet within the window. */
export const MOST_DAYS = 500;
/** Recurring events that are worked out: a body has a few. */
export const MOST_SERIES = 40;

export function icsProblem(kind: IcsProblemKind, line?: number, part?: string): IcsProblem {
  return { kind, ...(line !== undefined && { line }), ...(part !== undefined && { part: part.slice(0, 60) }) };
}

/** A sentence without a subject, in English: `line 12: the start of an event cannot be read: "2031XX27"`. */
export function describeIcs({ kind, line, part }: IcsProblem): string {
  const where = line === undefined ? '' : `line ${String(line)}: `;
  const what = part === undefined ? '' : `: ${JSON.stringify(part)}`;
  return `${where}${sentences[kind]}${what}`;
}

const sentences: Record<IcsProblemKind, string> = {
  'not-ics': 'this is no iCalendar file',
  unclosed: 'what begins here does not end: the file is cut off',
  'bad-start': 'the start of an event cannot be read',
  'bad-rule': 'the recurrence of an event cannot be read',
  'no-events': 'the calendar holds no event',
  'none-fits': 'no coming event of the calendar looks like a session',
  'too-large': `the calendar is larger than ${String(MOST_BYTES / 1024 / 1024)} MB`,
  'too-many-series': `more than ${String(MOST_SERIES)} events recur`,
  'too-many-days': `the calendar gives more than ${String(MOST_DAYS)} days`,
};
