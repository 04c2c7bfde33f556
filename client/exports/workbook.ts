/** An Excel workbook of tables: a header that stays in sight, real dates and numbers, and text that never runs as a formula. */
import writeExcelFile, { type CellObject } from 'write-excel-file/node';
import { neutral } from '../report/csv.ts';
import type { Column, Row, Value } from './table.ts';

export interface Sheet {
  title: string;
  columns: readonly Column[];
  rows: readonly Row[];
}

const DAY = 'dd-mm-yyyy';
const MOMENT = 'dd-mm-yyyy hh:mm';
const AMOUNT = '#,##0.00';
/** Points: two lines. */
const HEADER = 32;
/** Excel takes no longer text in one cell. */
const LONGEST = 32_767;
/** Excel writes no days before 1900. */
const FIRST_DAY = '1900-03-01';

/** What XML cannot hold, and half characters. */
const plain = (text: string): string =>
  // eslint-disable-next-line no-control-regex
  text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ' ');

const textCell = (text: string): CellObject => ({
  ...{ value: neutral(plain(text)).slice(0, LONGEST), type: String, alignVertical: 'top' },
  ...(text.length > 40 && { wrap: true }),
});

const dateCell = (ms: number, format: string): CellObject => ({
  ...{ value: new Date(ms), type: Date, format, align: 'left', alignVertical: 'top' },
});

/** A moment as the clock in Flanders shows it: a cell knows no time zones. */
function localMoment(at: string): number {
  const parts = new Map(brussels.formatToParts(new Date(at)).map(({ type, value }) => [type, Number(value)]));
  const [year = 0, month = 1, day, hour, minute] = (['year', 'month', 'day', 'hour', 'minute'] as const).map((part) =>
    parts.get(part),
  );
  return Date.UTC(year, month - 1, day, hour, minute);
}

const brussels = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Brussels',
  ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', hourCycle: 'h23' },
});

function cell(value: Value, { kind }: Column): CellObject | null {
  if (value === null || value === '') return null;
  if (typeof value === 'boolean') return textCell(value ? 'ja' : 'nee');
  if (typeof value === 'number')
    return { value, type: Number, alignVertical: 'top', ...(kind === 'amount' && { format: AMOUNT }) };
  if (kind === 'day' && value >= FIRST_DAY) return dateCell(Date.parse(`${value}T00:00:00Z`), DAY);
  if (kind === 'moment') return dateCell(localMoment(value), MOMENT);
  return textCell(value);
}

const headerOf = (columns: readonly Column[]): CellObject[] =>
  columns.map(({ title }) => ({
    ...{ value: title, type: String, fontWeight: 'bold', wrap: true, alignVertical: 'top', height: HEADER },
    ...{ backgroundColor: '#E3EDF5', bottomBorderStyle: 'thin', bottomBorderColor: '#17324D' },
  }));

/** Excel takes at most 31 characters, not all of them, and no name twice. */
export const sheetName = (title: string): string =>
  plain(title)
    .replace(/[\\/?*[\]:']/g, ' ')
    .trim()
    .slice(0, 31)
    .trim() || 'Blad';

/** The bytes of a workbook with a sheet for each table. */
export function workbook(sheets: readonly Sheet[]): Promise<Buffer> {
  return writeExcelFile(
    sheets.map(({ title, columns, rows }) => ({
      sheet: sheetName(title),
      data: [headerOf(columns), ...rows.map((row) => columns.map((column) => cell(row[column.key] ?? null, column)))],
      columns: columns.map(({ width }) => ({ width })),
      stickyRowsCount: 1,
      orientation: 'landscape' as const,
    })),
    { fontFamily: 'Calibri', fontSize: 11 },
  ).toBuffer();
}
