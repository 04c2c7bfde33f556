/** What a column can hold, the same on every database: text, whole numbers and bytes. */
export type Storable = null | string | number | bigint | Uint8Array;

/**
 * A value as a database takes it. PostgreSQL has no character 0 in text, so nowhere is it kept: it becomes U+FFFD.
 * @throws TypeError for what one database would take and the other would not: fractions, booleans, dates, undefined
 */
export function storable(value: unknown): Storable {
  if (typeof value === 'string') return value.replaceAll('\0', '\uFFFD');
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw new TypeError(`The store holds whole numbers, not ${String(value)}`);
  if (value === null || typeof value === 'number' || typeof value === 'bigint' || value instanceof Uint8Array)
    return value;
  throw new TypeError(`The store holds text, whole numbers and bytes, not ${typeof value}`);
}
