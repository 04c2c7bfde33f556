/** Writes a table as CSV, JSON or an Excel workbook. CSV and JSON grow row by row; a workbook is made as a whole. */
import { Readable } from 'node:stream';
import { csv } from '../report/csv.ts';
import type { Column, Row, Table, Value } from './table.ts';
import type { Sheet } from './workbook.ts';
import { workbookOf } from './workbook-apart.ts';

export const formats = ['csv', 'xlsx', 'json'] as const;
export type Format = (typeof formats)[number];
export const isFormat = (text: string): text is Format => (formats as readonly string[]).includes(text);

export const mediaTypeOf: Record<Format, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json; charset=utf-8',
};

/** So many rows fit in a workbook that is held in memory while it is made. */
export const MOST_WORKBOOK_ROWS = 50_000;

export class TooManyRowsError extends Error {}

/** @throws TooManyRowsError for a workbook of more than MOST_WORKBOOK_ROWS rows */
export async function writeTable(table: Table, format: Format, at: string): Promise<Readable> {
  if (format === 'csv') return Readable.from(csvParts(table));
  if (format === 'json') return Readable.from(jsonParts(table, at));
  return Readable.from([Buffer.from(await workbookOf([await sheetOf(table)]))]);
}

export async function sheetOf({ title, columns, rows }: Table): Promise<Sheet> {
  const all: Row[] = [];
  for await (const some of rows) {
    for (const row of some) all.push(row);
    if (all.length > MOST_WORKBOOK_ROWS) throw new TooManyRowsError();
  }
  return { title, columns, rows: all };
}

/** Spreadsheets take a file for another alphabet without this mark in front. */
const BYTE_ORDER_MARK = '\ufeff';

const shown = (row: Row, { key, kind }: Column): Value => {
  const value = row[key] ?? null;
  return kind === 'yes-no' && typeof value === 'boolean' ? (value ? 'ja' : 'nee') : value;
};

async function* csvParts({ columns, rows }: Table): AsyncGenerator<string> {
  yield `${BYTE_ORDER_MARK}${csv([columns.map(({ title }) => title)])}`;
  for await (const some of rows) {
    if (some.length > 0) yield csv(some.map((row) => columns.map((column) => shown(row, column))));
  }
}

/** Columns first, so that who reads it knows what each key means; then the rows with those keys. */
async function* jsonParts({ name, columns, rows }: Table, at: string): AsyncGenerator<string> {
  const head = columns.map(({ key, kind, title }) => ({ key, kind, title }));
  yield `{"table":${JSON.stringify(name)},"at":${JSON.stringify(at)},"columns":${JSON.stringify(head)},"rows":[`;
  let isFirst = true;
  for await (const some of rows) {
    const lines = some.map((row) =>
      JSON.stringify(Object.fromEntries(columns.map(({ key }) => [key, row[key] ?? null]))),
    );
    if (lines.length === 0) continue;
    yield `${isFirst ? '' : ','}\n${lines.join(',\n')}`;
    isFirst = false;
  }
  yield '\n]}\n';
}
