/** A line of a text with meeting days, cut into what each part of it can be. */
import { monthNumber, ordinalNumber, weekdayNumber } from './words.ts';

type Shape = {
  /** As it was written. */
  text: string;
} & (
  | { kind: 'date'; year?: number; month: number; date: number }
  | { kind: 'number'; date: number }
  | { kind: 'year'; year: number }
  | { kind: 'month'; month: number }
  | { kind: 'weekday'; weekday: number }
  | { kind: 'ordinal'; nth: number }
  | { kind: 'word' }
  /** What keeps days apart: a comma, `en`. */
  | { kind: 'separator' }
  /** What says nothing about a day: spaces, the hour, a bullet. */
  | { kind: 'nothing' }
  | { kind: 'other' }
);

/** A part with its place in the line. */
export type Token = Shape & { at: number };

const clock = String.raw`\d{1,2}(?:\s?[.:]\s?\d{2}\s?(?:uur|u|h)|\s?(?:u|h)\s?\d{2}|:\d{2}|\s?(?:uur|u|h))`;
const announced = String.raw`(?:${clock}|\d{1,2}(?:[.:]\d{2})?)`;
/** Where nothing announces an hour, `20.01` is a day. */
const plain = String.raw`(?:${clock}|\d{1,2}(?::\d{2}|\.(?:00|1[3-9]|[2-5]\d))?)`;

/** In the order in which they are tried; each begins where the one before ended. */
const shapes: [RegExp, (found: RegExpExecArray) => Shape][] = [
  // `om 20 uur`, `van 20 tot 22 uur`, `20.00-22.00 uur`, `20u30`; a bare `20.00` is an hour: no month has number 0.
  [
    new RegExp(
      String.raw`(?:om|vanaf)\s+${announced}(?:\s*(?:-|–|tot)\s*${announced})?(?![\p{L}\d])(?:\s+uur)?\.?`,
      'iuy',
    ),
    nothing,
  ],
  [new RegExp(String.raw`(?:van\s+)?${plain}\s*(?:-|–|tot)\s*${clock}(?![\p{L}\d])\.?`, 'iuy'), nothing],
  [new RegExp(String.raw`${clock}(?![\p{L}\d])\.?|\d{1,2}\.00(?![\d.])`, 'iuy'), nothing],
  [
    /(\d{4})-(\d{1,2})-(\d{1,2})(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?(?![\p{L}\d/-])/uy,
    ([text, year, month, date]) => ({
      kind: 'date',
      text,
      year: Number(year),
      month: Number(month),
      date: Number(date),
    }),
  ],
  [
    /(\d{1,2})([-/.])(\d{1,2})(?:\2(\d{4}|\d{2})(?!\d))?(?![\p{L}\d/-])\.?/uy,
    ([text, date, , month, year]) => ({
      ...{ kind: 'date', text, month: Number(month), date: Number(date) },
      ...(year !== undefined && { year: year.length === 2 ? 2000 + Number(year) : Number(year) }),
    }),
  ],
  [/((?:19|20|21)\d{2})(?![\p{L}\d/-])/uy, ([text, year]) => ({ kind: 'year', text, year: Number(year) })],
  [/([1-5])(?:ste|de|e)(?![\p{L}\d])/iuy, ([text]) => ({ kind: 'ordinal', text, nth: ordinalNumber(text) ?? 1 })],
  [/(\d{1,2})(?:ste|de|e)?(?![\p{L}\d/-])\.?/iuy, ([text, date]) => ({ kind: 'number', text, date: Number(date) })],
  [/t\/m(?!\p{L})/iuy, ([text]) => ({ kind: 'word', text })],
  [/[,+&/\t]|(?:en|of)(?![\p{L}\d])/iuy, ([text]) => ({ kind: 'separator', text })],
  [/\s+/uy, nothing],
  [/[\p{L}][\p{L}'’]*(?:-[\p{L}]+)*\.?/uy, ([text]) => wordToken(text)],
  [/[*•·|()[\]"'“”„’:.–—-]/uy, nothing],
  [/\d+|[^\s]/uy, ([text]) => ({ kind: 'other', text })],
];

function nothing([text]: RegExpExecArray): Shape {
  return { kind: 'nothing', text };
}

function wordToken(text: string): Shape {
  const weekday = weekdayNumber(text);
  if (weekday !== undefined) return { kind: 'weekday', text, weekday };
  const month = monthNumber(text);
  if (month !== undefined) return { kind: 'month', text, month };
  const nth = ordinalNumber(text);
  return nth === undefined ? { kind: 'word', text } : { kind: 'ordinal', text, nth };
}

/** All parts of a line, in order; together they are the line. Never fails. */
export function tokensOf(line: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < line.length;) {
    const token = tokenAt(line, at);
    tokens.push(token);
    at += token.text.length;
  }
  return tokens;
}

function tokenAt(line: string, at: number): Token {
  for (const [shape, make] of shapes) {
    shape.lastIndex = at;
    const found = shape.exec(line);
    if (found !== null) return { ...make(found), at };
  }
  return { kind: 'other', text: line.slice(at, at + 1), at };
}

/** A stretch of a line as it was written, from its first part to its last. */
export function written(line: string, run: readonly Token[]): string {
  const last = run.at(-1);
  return last === undefined ? '' : line.slice(run[0]?.at, last.at + last.text.length);
}
