/** Small tables as text: commas between the cells, one row a line, no quotes. Lines that are empty or start with # are left out. */

export interface CsvRow {
  /** Counted from 1, as an editor does. */
  line: number;
  cells: string[];
}

/** The rows of a table, its head first. Cells are trimmed; a byte order mark and the line ends of Windows do not matter. */
export const csvRows = (text: string): CsvRow[] =>
  text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((row, index) => ({ line: index + 1, cells: row.split(',').map((cell) => cell.trim()), row }))
    .filter(({ row }) => row.trim() !== '' && !row.startsWith('#'))
    .map(({ line, cells }) => ({ line, cells }));
