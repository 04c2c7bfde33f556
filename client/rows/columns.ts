/** Which column of pasted rows holds what: by the words of a head row, else by their usual order. */
import { type PastedRow, pastedRows } from './delimited.ts';

/** Words of a head row that stand for a column, folded: small letters only. */
export type ColumnNames<Field extends string> = Record<Field, string>;

export interface Columns<Field extends string> {
  /** In the order in which rows without a head are read. */
  order: readonly Field[];
  /** Words, separated by spaces. */
  names: ColumnNames<Field>;
  /** Takes what stands in surplus cells of a row: a list between commas, say. */
  rest?: Field;
}

export interface ReadRow<Field extends string> {
  /** As the spreadsheet counts: a head row is the first. */
  number: number;
  values: Record<Field, string>;
}

export type ReadRows<Field extends string> =
  | { ok: true; rows: ReadRow<Field>[]; hasHead: boolean; unknown: string[] }
  | { ok: false; why: 'empty' | 'too-many' | 'too-long'; count: number };

/** There are fewer municipalities in Flanders. */
export const MOST_ROWS = 300;
/** Longer than any cell that means something here: a calendar of six years. */
export const LONGEST_CELL = 2_000;
/** Of letters in one paste. */
export const LONGEST_PASTE = 200_000;

const folded = (text: string): string =>
  text
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z]/g, '');

/** A head row names at least the column of municipalities, or two others. */
function headOf<Field extends string>(
  { cells }: PastedRow,
  { names }: Columns<Field>,
): (Field | undefined)[] | undefined {
  const known = new Map(
    (Object.keys(names) as Field[]).flatMap((field) => names[field].split(' ').map((name) => [name, field] as const)),
  );
  const fields = cells.map((cell) => known.get(folded(cell)));
  const found = fields.filter((field) => field !== undefined);
  return found.length >= 2 || (found.length === 1 && cells.length === 1) ? fields : undefined;
}

/**
 * A cell as it was meant: without what exports put before a formula so that it is none, and the cells that hold one line
 * without line ends. Marks that cannot be seen stay, and are refused where they do harm.
 */
const tidy = (cell: string, isLine: boolean): string => {
  const plain = cell.trim().replace(/^'(?=[=+\-@\t])/, '');
  return isLine ? plain.replace(/\s+/g, ' ') : plain;
};

/** @param lists the fields that may hold several lines */
export function readRows<Field extends string>(
  text: string,
  columns: Columns<Field>,
  lists: readonly Field[] = [],
): ReadRows<Field> {
  if (text.length > LONGEST_PASTE) return { ok: false, why: 'too-long', count: text.length };
  const all = pastedRows(text);
  const [first] = all;
  if (first === undefined) return { ok: false, why: 'empty', count: 0 };
  const head = headOf(first, columns);
  const body = head === undefined ? all : all.slice(1);
  if (body.length === 0) return { ok: false, why: 'empty', count: 0 };
  if (body.length > MOST_ROWS) return { ok: false, why: 'too-many', count: body.length };
  const order: readonly (Field | undefined)[] = head ?? columns.order;
  const fields = Object.keys(columns.names) as Field[];
  const rows = body.map(({ number, cells }): ReadRow<Field> => {
    const values = Object.fromEntries(fields.map((field) => [field, ''])) as Record<Field, string>;
    for (const [index, cell] of cells.entries()) {
      const isSurplus = index >= order.length;
      const field = isSurplus ? columns.rest : order[index];
      if (field === undefined || cell.trim() === '') continue;
      const tidied = tidy(cell, !lists.includes(field)).slice(0, LONGEST_CELL);
      values[field] = values[field] === '' ? tidied : `${values[field]}${lists.includes(field) ? ', ' : ' '}${tidied}`;
    }
    return { number, values };
  });
  const unknown =
    head === undefined ? [] : first.cells.filter((cell, index) => cell.trim() !== '' && head[index] === undefined);
  return { ok: true, rows, hasHead: head !== undefined, unknown: unknown.map((cell) => cell.trim().slice(0, 60)) };
}

/** The address in what mail programs copy: `An Peeters <an@example.org>`, `mailto:an@example.org`. */
export const addressIn = (text: string): string =>
  (/<([^<>\s]+)>\s*;?$/.exec(text)?.[1] ?? text)
    .trim()
    .replace(/^mailto:/i, '')
    .replace(/[;,]$/, '');
