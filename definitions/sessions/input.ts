/** Meeting days in a file or a command: a list of days, text, a rule, a calendar file, or days and a rule apart. */
import { z } from 'zod';
import { isLocalDate } from '../../domain/dates.ts';
import type { SessionRule } from '../../domain/definition.ts';
import { asLocalDate, type LocalDate } from '../../domain/ids.ts';
import { expecting, saying } from '../issues.ts';
import { sessionRule, strict } from '../schema.ts';
import { describeIcs } from './ics/problem.ts';
import { readIcs } from './ics/ics.ts';
import { describeRead } from './problem.ts';
import { readSessionRule, ruleExpected } from './rule.ts';
import { readSessionText } from './text.ts';

export interface SessionsInput {
  dates: LocalDate[];
  rule?: SessionRule;
}

/** Days with the place in the input where each stands, as often as it stands there. */
export interface PlacedDay {
  on: LocalDate;
  path: PropertyKey[];
}

export interface ReadSessions {
  sessions: SessionsInput;
  placed: PlacedDay[];
  /** Events of a calendar file that gave no day, in a sentence. */
  leftOut?: string;
}

export interface SessionsContext {
  /** The day from which days without a year are counted; absent: each list must name its year. */
  around?: LocalDate;
  /** Reads a calendar file by the name that was given; absent: there are no files here. */
  openIcs?: (name: string) => { ok: true; text: string } | { ok: false; message: string; expected: string };
}

const dayExpected = 'a day that exists, written YYYY-MM-DD';
const textExpected = `days like "27 januari, 24 februari en 31 maart 2031", or ${ruleExpected}`;
const calendarExpected = 'a calendar with meeting days, and with only: a word of their summary when it holds more';
const sessionsExpected = `a list of days (YYYY-MM-DD), ${textExpected}`;

/** Refuses a value under a path: what belongs there, and in `says` what is wrong with what is there. */
type Refuse = (path: PropertyKey[], expected: string, says?: string) => void;

/** A schema for meeting days. What cannot be read is named: the word, the item, the line of the calendar file. */
export const sessionsInput = (context: SessionsContext = {}): z.ZodType<ReadSessions> =>
  z.unknown().transform((value, issues): ReadSessions => {
    const refusals: string[] = [];
    const refuse: Refuse = (path, expected, says) => {
      refusals.push(expected);
      // Zod prefixes the array itself: several findings must not share one.
      issues.addIssue({
        code: 'custom',
        path: [...path],
        message: expecting(expected).error,
        ...(says && saying(says)),
      });
    };
    const read = readValue(value, context, refuse);
    return refusals.length > 0 ? z.NEVER : read;
  });

/** The same, for who does not ask where each day stands. */
export const plainSessions = (context?: SessionsContext): z.ZodType<SessionsInput> =>
  sessionsInput(context).transform(({ sessions }) => sessions);

const nothing: ReadSessions = { sessions: { dates: [] }, placed: [] };

function readValue(value: unknown, context: SessionsContext, refuse: Refuse): ReadSessions {
  if (typeof value === 'string' && value.trim() !== '') return readText(value, [], context, refuse);
  if (Array.isArray(value)) return readList(value, [], refuse);
  if (typeof value === 'object' && value !== null) {
    return 'ics' in value ? readFile(value, context, refuse) : readBoth(value as Record<string, unknown>, refuse);
  }
  refuse([], sessionsExpected);
  return nothing;
}

const readSessions = (placed: PlacedDay[], rule?: SessionRule): ReadSessions => ({
  sessions: { dates: [...new Set(placed.map(({ on }) => on))].sort(), ...(rule && { rule }) },
  placed,
});

function readText(text: string, path: PropertyKey[], { around }: SessionsContext, refuse: Refuse): ReadSessions {
  const read = readSessionText(text, around === undefined ? {} : { around });
  if (read.ok)
    return readSessions(
      [...read.dates, ...read.repeated].map((on) => ({ on, path })),
      read.rule,
    );
  for (const problem of read.problems) refuse(path, textExpected, describeRead(problem));
  return nothing;
}

function readList(list: unknown[], path: PropertyKey[], refuse: Refuse): ReadSessions {
  const placed = list.flatMap((each, index): PlacedDay[] => {
    if (typeof each === 'string' && isLocalDate(each)) return [{ on: asLocalDate(each), path: [...path, index] }];
    refuse([...path, index], dayExpected);
    return [];
  });
  return readSessions(placed);
}

/** `{dates, rule}` */
function readBoth(given: Record<string, unknown>, refuse: Refuse): ReadSessions {
  for (const key of Object.keys(given)) if (key !== 'dates' && key !== 'rule') refuse([key], 'dates and rule, or ics');
  const { dates = [], rule } = given;
  if (!Array.isArray(dates)) refuse(['dates'], 'a list of days (YYYY-MM-DD)');
  const { placed } = Array.isArray(dates) ? readList(dates, ['dates'], refuse) : nothing;
  return readSessions(placed, rule === undefined ? undefined : readRule(rule, refuse));
}

function readRule(rule: unknown, refuse: Refuse): SessionRule | undefined {
  if (typeof rule === 'string') {
    const read = readSessionRule(rule);
    if (read.ok) return read.rule;
    for (const problem of read.problems) refuse(['rule'], ruleExpected, describeRead(problem));
    return undefined;
  }
  const read = sessionRule.safeParse(rule);
  if (!read.success) refuse(['rule'], ruleExpected);
  return read.data;
}

const icsFile = strict({ ics: z.string().min(1), only: z.string().min(1).exactOptional() }, 'a calendar file');

/** `{ics: ./raad.ics, only: gemeenteraad}` */
function readFile(given: object, { around, openIcs }: SessionsContext, refuse: Refuse): ReadSessions {
  const file = icsFile.safeParse(given);
  if (!file.success || openIcs === undefined || around === undefined) {
    refuse(
      ['ics'],
      openIcs === undefined ? sessionsExpected : 'ics with the name of a file, and only with a word of a summary',
    );
    return nothing;
  }
  const { ics, only } = file.data;
  const opened = openIcs(ics);
  if (!opened.ok) {
    refuse(['ics'], opened.expected, opened.message);
    return nothing;
  }
  const read = readIcs(opened.text, { around, ...(only !== undefined && { only }) });
  if (!read.ok) {
    refuse(['ics'], calendarExpected, `${ics}: ${describeIcs(read.problem)}`);
    return nothing;
  }
  const { cancelled, other, outside } = read.leftOut;
  const leftOut = `${ics}: left out ${String(cancelled)} cancelled events, ${String(other)} about something else, ${String(outside)} before ${around} or years ahead`;
  const isWhole = cancelled + other + outside === 0;
  return { ...readSessions(read.dates.map((on) => ({ on, path: ['ics'] }))), ...(!isWhole && { leftOut }) };
}
