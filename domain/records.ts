/** Records of a state, which are never changed in place. */
export function without<Key extends string, Value>(
  record: Partial<Record<Key, Value>>,
  key: Key,
): Partial<Record<Key, Value>> {
  const { [key]: _removed, ...rest } = record;
  return rest as Partial<Record<Key, Value>>;
}
