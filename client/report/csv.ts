/** Comma-separated values that a spreadsheet opens without running anything (RFC 4180; OWASP, CSV injection). */
const isFormula = (text: string): boolean => /^[=+\-@\t\r]/.test(text);

function cell(value: string | number | boolean | null): string {
  const text = value === null ? '' : String(value);
  const safe = typeof value === 'string' && isFormula(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const csv = (rows: (string | number | boolean | null)[][]): string =>
  rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
