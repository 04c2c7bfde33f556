/** Rows as a table for a terminal and for docs/performance.md. */
import { figureOf, isMet, type Row } from './row.ts';

export const shown = (value: number): string => {
  const size = Math.abs(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
};

const goalOf = ({ goal, theirs, unit }: Row): string => {
  const [word, value] = 'atMost' in goal ? ['at most', goal.atMost] : ['at least', goal.atLeast];
  return `${word} ${String(value)}${theirs === undefined ? ` ${unit}` : ''}`;
};

const seenOf = ({ seen = {} }: Row): string =>
  Object.entries(seen)
    .map(([name, value]) => `${name} ${shown(value)}`)
    .join(', ');

/** A table in Markdown. */
export function tableOf(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.what,
    row.reference ?? '-',
    `${shown(row.ours)} ${row.unit}`,
    row.theirs === undefined ? '-' : `${shown(row.theirs)} ${row.unit}`,
    shown(figureOf(row)),
    goalOf(row),
    isMet(row) ? 'yes' : 'no',
    seenOf(row),
  ]);
  const head = ['what', 'reference', 'ours', 'theirs', 'figure', 'goal', 'met', 'seen'];
  return [head, head.map(() => '---'), ...cells].map((line) => `| ${line.join(' | ')} |`).join('\n');
}
