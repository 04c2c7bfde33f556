/** A table as data: named columns and typed rows, for every format in which it can be written. */
import type { PageTexts } from '../../templates/pages/locale.ts';

export type Value = string | number | boolean | null;
/** `day`: YYYY-MM-DD; `moment`: ISO 8601 in UTC; `amount`: EUR. */
export type ValueKind = 'text' | 'number' | 'amount' | 'day' | 'moment' | 'yes-no';

export interface ColumnSpec<Key extends string = string> {
  /** English and stable: the name in JSON. Its Dutch title stands below `export.column.` in the texts. */
  key: Key;
  kind?: ValueKind;
  /** In characters. */
  width: number;
  /** Only for who may see the people of a path. */
  isPersonal?: boolean;
}

export type Row<Key extends string = string> = Record<Key, Value>;

export interface Column extends ColumnSpec {
  kind: ValueKind;
  title: string;
}

export interface Table {
  /** Stable. */
  name: string;
  /** The name of its file, without the ending. */
  file: string;
  title: string;
  columns: Column[];
  /** In portions, so that nobody has to hold all of a large one. */
  rows: AsyncIterable<Row[]>;
}

export const columnsFrom = (texts: PageTexts, columns: readonly ColumnSpec[]): Column[] =>
  columns.map((column) => ({ kind: 'text', ...column, title: texts.text(`export.column.${column.key}`) }));
