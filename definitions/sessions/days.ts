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

/** Reads one line. What is neither a day nor says anything about one is named. */
export function readDays(line: string): { written: Written[]; problems: ReadProblem[] } {
  const text = line.replace(bullet, '');
  const tokens = tokensOf(text).map(numbered);
  const written: Written[] = [];
  const unknown: Token[][] = [];
  let numbers: { date: number; token: Token; weekday?: number }[] = [];
  let weekday: { number: number; token: Token } | undefined;
  let isApart = true;
  let isKnown = true;

  const name = (token: Token): void => {
    if (isKnown) unknown.push([]);
    unknown.at(-1)?.push(token);
    isKnown = false;
  };
  const dropWeekday = (): void => {
    const last = written.at(-1);
    if (weekday === undefined) return;
    // `27/1/2031 (dinsdag)`
    if (last?.kind === 'day' && last.weekday === undefined) last.weekday = weekday.number;
    else unknown.push([weekday.token]);
    weekday = undefined;
  };
  const ownWeekday = (): { weekday?: number } => {
    const own = weekday === undefined ? {} : { weekday: weekday.number };
    weekday = undefined;
    return own;
  };

  for (const token of tokens) {
    const last = written.at(-1);
    switch (token.kind) {
      case 'nothing':
        continue;
      case 'separator':
        dropWeekday();
        isApart = true;
        isKnown = true;
        continue;
      case 'weekday':
        dropWeekday();
        weekday = { number: token.weekday, token };
        isKnown = true;
        continue;
      case 'number':
        // Two numbers that nothing keeps apart are no two days.
        if (numbers.length > 0 && !isApart) name(token);
        else numbers.push({ date: token.date, token, ...ownWeekday() });
        break;
      case 'month':
        if (numbers.length === 0) name(token);
        for (const { date, weekday: day } of numbers) {
          written.push({ kind: 'day', month: token.month, date, ...(day !== undefined && { weekday: day }) });
        }
        numbers = [];
        break;
      case 'date': {
        const { month, date, year } = token;
        written.push({ kind: 'day', month, date, ...(year !== undefined && { year }), ...ownWeekday() });
        break;
      }
      case 'year':
        if (last?.kind === 'day' && last.year === undefined) last.year = token.year;
        else written.push({ kind: 'year', year: token.year });
        break;
      case 'ordinal':
      case 'word':
      case 'other':
        if (!silent.has(token.text.toLowerCase().replace(/\.$/, ''))) {
          name(token);
          continue;
        }
    }
    isKnown = true;
    isApart = false;
  }
  dropWeekday();
  unknown.push(...numbers.map(({ token }) => [token]));
  const parts = unknown.map((run) => asWritten(text, run));
  // A line without anything of a calendar in it is named as a whole.
  const isForeign =
    written.length === 0 && tokens.every(({ kind }) => ['word', 'nothing', 'separator', 'other'].includes(kind));
  const problems = parts.map((part) => readProblem('unknown', part));
  return { written, problems: isForeign && problems.length > 0 ? [readProblem('unknown', line)] : problems };
}
