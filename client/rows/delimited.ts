/**
 * Rows that somebody copied from a spreadsheet: cells between tabs, semicolons or commas, quoted where a cell holds a separator,
 * a quote or a new line (RFC 4180, and as spreadsheets paste). Never throws: any text is some rows.
 */

export interface PastedRow {
  /** Counted from 1 over the rows that hold something, as a spreadsheet counts them. */
  number: number;
  /** As they stand there: nothing is trimmed but what separates. */
  cells: string[];
}

type Separator = '\t' | ';' | ',';

/** The separator of the first row: a tab when there is one, since spreadsheets paste those, else what is there most. */
function separatorOf(text: string): Separator {
  const counts = new Map<string, number>();
  let isQuoted = false;
  for (const letter of text.replace(/^\n+/, '')) {
    if (letter === '"') isQuoted = !isQuoted;
    else if (letter === '\n' && !isQuoted) break;
    else if (!isQuoted) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  }
  if (counts.has('\t')) return '\t';
  return (counts.get(',') ?? 0) > (counts.get(';') ?? 0) ? ',' : ';';
}

/** All rows of a text, those without anything in them left out. A byte order mark and the line ends of Windows do not matter. */
export function pastedRows(given: string): PastedRow[] {
  const text = given.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const separator = separatorOf(text);
  const rows: string[][] = [];
  let cells: string[] = [];
  let at = 0;
  while (at < text.length) {
    const { cell, end } = cellAt(text, at, separator);
    cells.push(cell);
    at = end + 1;
    if (text[end] === separator) {
      if (at === text.length) cells.push('');
    } else {
      rows.push(cells);
      cells = [];
    }
  }
  if (cells.length > 0) rows.push(cells);
  const filled = rows.filter((row) => row.some((cell) => cell.trim() !== ''));
  return filled.map((row, index) => ({ number: index + 1, cells: row }));
}

/** The cell that begins at a place, and where the separator or the end of its row stands. */
function cellAt(text: string, from: number, separator: Separator): { cell: string; end: number } {
  const quoted = text[from] === '"' ? quotedCell(text, from, separator) : undefined;
  if (quoted !== undefined) return quoted;
  let end = from;
  while (end < text.length && text[end] !== separator && text[end] !== '\n') end += 1;
  return { cell: text.slice(from, end), end };
}

/** A cell in quotes; undefined when the quote is only a letter of it: nothing closes it, or more text follows. */
function quotedCell(text: string, from: number, separator: Separator): { cell: string; end: number } | undefined {
  let close = from + 1;
  for (;;) {
    close = text.indexOf('"', close);
    if (close < 0) return undefined;
    if (text[close + 1] !== '"') break;
    close += 2;
  }
  const after = text[close + 1];
  if (after !== undefined && after !== separator && after !== '\n') return undefined;
  return { cell: text.slice(from + 1, close).replaceAll('""', '"'), end: close + 1 };
}

/** A row as a spreadsheet takes it back. */
export const asPastedRow = (cells: readonly string[]): string =>
  cells.map((cell) => (/["\t\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join('\t');
