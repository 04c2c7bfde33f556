/** Records of a state, which are never changed in place. */
export function without<Key extends string, Value>(
  record: Partial<Record<Key, Value>>,
  key: Key,
): Partial<Record<Key, Value>> {
  const { [key]: _removed, ...rest } = record;
  return rest as Partial<Record<Key, Value>>;
}

/** What a record itself holds by a name that somebody gave; undefined for what is no name, and for what every object has. */
export const entryOf = <Value>(record: Partial<Record<string, Value>>, key: unknown): Value | undefined =>
  typeof key === 'string' && Object.hasOwn(record, key) ? record[key] : undefined;
