/** The days in a text, before it is known in which year each lies. */
import { readProblem, type ReadProblem } from './problem.ts';
import { type Token, tokensOf, written as asWritten } from './tokens.ts';

/** A day as it was written. */
export interface WrittenDay {
  kind: 'day';
  month: number;
  date: number;
  year?: number;
  weekday?: number;
}

/** A year that stands on its own: it is the year of the days after it. */
export interface WrittenYear {
  kind: 'year';
  year: number;
}

export type Written = WrittenDay | WrittenYear;

/** Words that say nothing more than that a day is a meeting. */
const silent = new Set(
  (
    'de het een op in van voor om vanaf uur telkens ook alsook volgende data datum dag dagen jaar maand raad gemeenteraad ' +
    'gemeenteraden gemeenteraadszitting gemeenteraadszittingen raadszitting raadszittingen zitting zittingen zittingsdag ' +
    'zittingsdagen zittingsdata vergadering vergaderingen vergaderdata vergaderdag vergaderdagen vergadert zijn is extra ' +
    'openbare avond'
  ).split(' '),
);

/** `1. dinsdag 27 januari`, `- 27 januari`: what counts or marks the lines of a list. */
const bullet = /^\s*(?:[-–—*•·]\s*|\d{1,2}[.)]\s+(?=\d|(?:ma|di|wo|do|vr|za|zo)))/iu;

/** In `1ste april` an ordinal is a date. */
const numbered = (token: Token): Token =>
  token.kind === 'ordinal' && /^\d/.test(token.text)
    ? { kind: 'number', date: token.nth, text: token.text, at: token.at }
    : token;

interface Reading {
  written: Written[];
  /** Runs of parts that say nothing that is known. */
  unknown: Token[][];
  /** Dates that still wait for their month: `27 en 28 januari`. */
  waiting: { date: number; token: Token; weekday?: number }[];
  /** A weekday that waits for its day. */
  weekday: (Token & { kind: 'weekday' }) | undefined;
  /** Whether a comma or the like stands between what comes and what came. */
  isApart: boolean;
  /** Whether the last part was understood: what follows on an unknown part belongs to it. */
  isKnown: boolean;
}

/** Reads one line. What is neither a day nor says anything about one is named. */
export function readDays(line: string): { written: Written[]; problems: ReadProblem[] } {
  const text = line.replace(bullet, '');
  const tokens = tokensOf(text)
    .map(numbered)
    .filter(({ kind }) => kind !== 'nothing');
  const reading: Reading = {
    ...{ written: [], unknown: [], waiting: [], weekday: undefined },
    ...{ isApart: true, isKnown: true },
  };
  for (const token of tokens) take(reading, token);
  settleWeekday(reading);
  const { written, unknown, waiting } = reading;
  const parts = [...unknown, ...waiting.map(({ token }) => [token])].map((run) => asWritten(text, run));
  // A line without anything of a calendar in it is named as a whole.
  const isForeign = written.length === 0 && tokens.every(({ kind }) => ['word', 'separator', 'other'].includes(kind));
  const named = isForeign && parts.length > 0 ? [line] : parts;
  return { written, problems: named.map((part) => readProblem('unknown', part)) };
}

function take(reading: Reading, token: Token): void {
  const { written, waiting, isApart } = reading;
  const last = written.at(-1);
  if (token.kind === 'separator' || token.kind === 'weekday') {
    settleWeekday(reading);
    if (token.kind === 'weekday') reading.weekday = token;
    else reading.isApart = true;
    reading.isKnown = true;
    return;
  }
  let isUnknown = false;
  if (token.kind === 'number') {
    // Two numbers that nothing keeps apart are no two days.
    isUnknown = waiting.length > 0 && !isApart;
    if (!isUnknown) waiting.push({ date: token.date, token, ...ownWeekday(reading) });
  } else if (token.kind === 'month') {
    isUnknown = waiting.length === 0;
    written.push(
      ...waiting.splice(0).map(({ token: _, ...day }) => ({ kind: 'day' as const, month: token.month, ...day })),
    );
  } else if (token.kind === 'date') {
    const { month, date, year } = token;
    written.push({ kind: 'day', month, date, ...(year !== undefined && { year }), ...ownWeekday(reading) });
  } else if (token.kind === 'year') {
    if (last?.kind === 'day' && last.year === undefined) last.year = token.year;
    else written.push({ kind: 'year', year: token.year });
  } else {
    isUnknown = !silent.has(token.text.toLowerCase().replace(/\.$/, ''));
  }
  if (!isUnknown) reading.isApart = false;
  else if (reading.isKnown) reading.unknown.push([token]);
  else reading.unknown.at(-1)?.push(token);
  reading.isKnown = !isUnknown;
}

/** `27/1/2031 (dinsdag)`: a weekday that no day followed belongs to the one before it. */
function settleWeekday(reading: Reading): void {
  const { written, unknown, weekday } = reading;
  const last = written.at(-1);
  reading.weekday = undefined;
  if (weekday === undefined) return;
  if (last?.kind === 'day' && last.weekday === undefined) last.weekday = weekday.weekday;
  else unknown.push([weekday]);
}

/** The weekday that waited, for the day that came. */
function ownWeekday(reading: Reading): { weekday?: number } {
  const { weekday } = reading;
  reading.weekday = undefined;
  return weekday === undefined ? {} : { weekday: weekday.weekday };
}
