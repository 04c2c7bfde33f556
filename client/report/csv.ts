/** Comma-separated values that a spreadsheet opens without running anything (RFC 4180; OWASP, CSV injection). */

/** Some programs look past spaces and marks that cannot be seen, and take the full-width signs for the usual ones. */
const isFormula = (text: string): boolean => /^[\t\r\n]|^[\s\p{Cf}\p{Cc}]*[=+\-@\uff1d\uff0b\uff0d\uff20]/u.test(text);

function cell(value: string | number | boolean | null): string {
  const text = value === null ? '' : String(value);
  const safe = typeof value === 'string' && isFormula(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const csv = (rows: (string | number | boolean | null)[][]): string =>
  rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
