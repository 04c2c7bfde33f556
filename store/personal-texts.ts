/** Where people's names and addresses may stand in what others wrote, and how they are taken out of there. */
import type { Kysely } from 'kysely';
import type { PathId } from '../domain/ids.ts';
import type { Db } from './schema.ts';

interface Place {
  table: string;
  key: string[];
  columns: string[];
  /** The columns hold JSON: only what is text in it changes. */
  isJson?: true;
  /** Rows belong to a path, by `path_id`; without this every row is looked at. */
  ofPath?: true;
}

/** Every column that holds what somebody wrote, or what a mail server said. */
export const places: readonly Place[] = [
  { table: 'events', key: ['path_id', 'seq'], columns: ['data'], isJson: true, ofPath: true },
  { table: 'snapshots', key: ['path_id'], columns: ['state'], isJson: true, ofPath: true },
  { table: 'notes', key: ['id'], columns: ['text', 'author'] },
  { table: 'calls', key: ['id'], columns: ['note', 'next_action', 'author'] },
  { table: 'documents', key: ['id'], columns: ['name'] },
  { table: 'ledger', key: ['message_id'], columns: ['subject', 'response'] },
  { table: 'mail_facts', key: ['message_id', 'seq'], columns: ['detail'] },
  { table: 'inbound_mails', key: ['id'], columns: ['sender', 'subject', 'excerpt'] },
  { table: 'start_drafts', key: ['id'], columns: ['content'], isJson: true },
  { table: 'api_receipts', key: ['account_id', 'key'], columns: ['body'] },
  { table: 'health', key: ['component'], columns: ['detail'] },
];

type Row = Record<string, string | number | null>;
/** The same queries for tables whose names are data. */
const loosely = (db: Db): Kysely<Record<string, Row>> => db as unknown as Kysely<Record<string, Row>>;

/** The rows whose texts a change would alter. @param paths whose records are looked at */
export async function rowsWith(db: Db, paths: readonly PathId[], change: (text: string) => string) {
  const found: { place: Place; row: Row; changed: Record<string, string> }[] = [];
  for (const place of places) {
    let query = loosely(db).selectFrom(place.table).selectAll();
    if (place.ofPath) query = query.where('path_id', 'in', paths);
    for (const row of await query.execute()) {
      const changed = changedColumns(place, row, change);
      if (changed !== undefined) found.push({ place, row, changed });
    }
  }
  return found;
}

/** Alters them; gives how many rows. */
export async function changeTexts(db: Db, paths: readonly PathId[], change: (text: string) => string): Promise<number> {
  const found = await rowsWith(db, paths, change);
  for (const { place, row, changed } of found) {
    let update = loosely(db).updateTable(place.table).set(changed);
    for (const key of place.key) update = update.where(key, '=', row[key] ?? '');
    await update.execute();
  }
  return found.length;
}

function changedColumns(
  { columns, isJson }: Place,
  row: Row,
  change: (text: string) => string,
): Record<string, string> | undefined {
  const changed: Record<string, string> = {};
  for (const column of columns) {
    const before = String(row[column] ?? '');
    if (before === '') continue;
    const after = isJson ? JSON.stringify(inTexts(JSON.parse(before), change)) : change(before);
    if (after !== before && (!isJson || after !== JSON.stringify(JSON.parse(before)))) changed[column] = after;
  }
  return Object.keys(changed).length === 0 ? undefined : changed;
}

function inTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((each) => inTexts(each, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, inTexts(each, change)]));
}

/** A number of fewer signs may be any number. */
const SHORTEST = 6;

/**
 * A change of texts that puts other words in the place of names, addresses and numbers, however they are spaced and capitalised. A
 * name of one word stays where it stands: it cannot be told from the word.
 */
export function replacing(said: { names: string[]; exact: string[] }, by: string): (text: string) => string {
  const names = said.names.map((name) => name.trim().split(/\s+/)).filter((words) => words.length > 1);
  const patterns = [
    ...names.map((words) => words.map(escaped).join('\\s+')),
    ...said.exact
      .map((text) => text.trim())
      .filter((text) => text.length >= SHORTEST)
      .map(escaped),
  ];
  if (patterns.length === 0) return (text) => text;
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${patterns.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
  return (text) => text.replace(pattern, by);
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
