/** Comma-separated values that a spreadsheet opens without running anything (RFC 4180; OWASP, CSV injection). */

/** Some programs look past spaces and marks that cannot be seen, and take the full-width signs for the usual ones. */
const isFormula = (text: string): boolean => /^[\t\r\n]|^[\s\p{Cf}\p{Cc}]*[=+\-@\uff1d\uff0b\uff0d\uff20]/u.test(text);

/** What a spreadsheet would take for a formula begins with an apostrophe. */
export const neutral = (text: string): string => (isFormula(text) ? `'${text}` : text);

function cell(value: string | number | boolean | null): string {
  const safe = typeof value === 'string' ? neutral(value) : String(value ?? '');
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const csv = (rows: (string | number | boolean | null)[][]): string =>
  rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
