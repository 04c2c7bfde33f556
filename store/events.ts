/** The permanent record: what happened to each path, append-only, and what is derived from it in the same breath. */
import { isDeepStrictEqual } from 'node:util';
import type { EventType, PathEvent } from '../domain/events.ts';
import type { Instant, PathId } from '../domain/ids.ts';
import type { PathState } from '../domain/state.ts';
import { exclusively } from './database.ts';
import { StoreError } from './errors.ts';
import { overviewRow, replay } from './projection.ts';
import type { Db, EventsTable } from './schema.ts';
import { writeOverview } from './overview.ts';
import { readSnapshot, writeSnapshot } from './snapshots.ts';

/** What is about mails, proof and people only, and moves no day. */
const withoutDays: EventType[] = [
  ...(['mail-attempted', 'mail-returned', 'address-confirmed', 'evidence-added'] as const),
  ...(['mail-held', 'mail-released', 'mail-skipped', 'mail-hurried', 'line-added', 'line-removed'] as const),
  ...(['contact-replaced', 'deputy-replaced', 'details-changed', 'coordinator-replaced'] as const),
];

/** So many are named one by one in a query. */
const FEW_PATHS = 100;

/** What recording and rebuilding a path have for themselves, one at a time. */
export const recordOf = (path: PathId): string => `record/${path}`;

export type EventsStore = ReturnType<typeof createEvents>;

export function createEvents(db: Db) {
  return {
    /**
     * Records what is new and brings snapshot and overview along, all or nothing. Events that are there already are
     * skipped, so a repeated call changes nothing. Returns the last number recorded; undefined without any event.
     * Throws `event-gap` when numbers are missing and `event-conflict` when a number holds another event.
     */
    recordEvents(path: PathId, events: readonly PathEvent[]): Promise<number | undefined> {
      return exclusively(db, recordOf(path), async (trx) => {
        const before = await readSnapshot(trx, path);
        const last = await lastSeq(trx, path);
        const fresh = await unrecorded(trx, path, last, events);
        if (fresh.length === 0) return last === 0 ? undefined : last;
        for (const event of fresh) await trx.insertInto('events').values(toRow(path, event)).execute();
        await derive(trx, path, before, fresh);
        return last + fresh.length;
      });
    },

    /** In order; from the number after `after`, and from the moment after `since`. */
    async eventsOf(
      path: PathId,
      options: { after?: number; since?: Instant; limit?: number } = {},
    ): Promise<PathEvent[]> {
      let query = allEvents(db, path).orderBy('seq');
      if (options.after !== undefined) query = query.where('seq', '>', options.after);
      if (options.since !== undefined) query = query.where('at', '>', options.since);
      if (options.limit !== undefined) query = query.limit(options.limit);
      return (await query.execute()).map(fromRow);
    },

    /**
     * How many events of each of some paths can have moved a day, and when the last of them was: a day that is another one now
     * stands in a later revision. A path without events is left out.
     */
    async revisionsOf(paths: readonly PathId[]): Promise<Map<PathId, { count: number; at: Instant }>> {
      if (paths.length === 0) return new Map();
      const rows = await db
        .selectFrom('events')
        .select((eb) => ['path_id', eb.fn.countAll().as('count'), eb.fn.max('at').as('at')])
        .where('path_id', 'in', paths)
        .where('type', 'not in', withoutDays)
        .groupBy('path_id')
        .execute();
      // PostgreSQL counts in text.
      return new Map(rows.map((row) => [row.path_id as PathId, { count: Number(row.count), at: row.at as Instant }]));
    },

    /**
     * The newest events of some types since a moment, over all paths, the newest first; their data as JSON.
     * @param options.paths narrows a search among few paths; many are looked for among all, and may bring events of others
     */
    async since(
      at: Instant,
      options: { types: readonly EventType[]; limit: number; paths?: readonly PathId[] },
    ): Promise<{ path: PathId; at: Instant; type: EventType; data: string }[]> {
      let query = db
        .selectFrom('events')
        .select(['path_id', 'at', 'type', 'data'])
        .where('at', '>=', at)
        .where('type', 'in', options.types)
        .orderBy('at', 'desc')
        .orderBy('path_id')
        .orderBy('seq', 'desc')
        .limit(options.limit);
      if (options.paths !== undefined && options.paths.length <= FEW_PATHS)
        query = query.where('path_id', 'in', options.paths);
      const rows = await query.execute();
      return rows.map((row) => ({
        ...row,
        path: row.path_id as PathId,
        at: row.at as Instant,
        type: row.type as EventType,
      }));
    },

    /** What people said and did, in order: all events but the attempts to send mail, which are most of a long record. */
    async saidEventsOf(path: PathId): Promise<PathEvent[]> {
      const rows = await saidEvents(db, path).orderBy('seq').execute();
      return rows.map(fromRow);
    },

    /** The last so many of these, in order. */
    async latestSaid(path: PathId, count: number): Promise<PathEvent[]> {
      const rows = await saidEvents(db, path).orderBy('seq', 'desc').limit(count).execute();
      return rows.map(fromRow).reverse();
    },

    /** Those of one type, in order. */
    async eventsOfType(path: PathId, type: EventType): Promise<PathEvent[]> {
      const rows = await allEvents(db, path).where('type', '=', type).orderBy('seq').execute();
      return rows.map(fromRow);
    },

    lastSeq: (path: PathId): Promise<number> => lastSeq(db, path),

    async recordedPaths(): Promise<PathId[]> {
      const rows = await db.selectFrom('events').select('path_id').distinct().orderBy('path_id').execute();
      return rows.map((row) => row.path_id as PathId);
    },
  };
}

const allEvents = (db: Db, path: PathId) => db.selectFrom('events').selectAll().where('path_id', '=', path);
const attempt: EventType = 'mail-attempted';
const saidEvents = (db: Db, path: PathId) => allEvents(db, path).where('type', '!=', attempt);

async function derive(
  db: Db,
  path: PathId,
  before: PathState | undefined,
  events: readonly PathEvent[],
): Promise<void> {
  const state = replay(before, events);
  const at = events.at(-1)?.at;
  if (state === undefined || at === undefined) return;
  await writeSnapshot(db, state);
  const facts = await db.selectFrom('paths').selectAll().where('path_id', '=', path).executeTakeFirst();
  await writeOverview(db, overviewRow(state, at, facts));
}

/** The events after the last recorded one; those before it must be the recorded ones. */
async function unrecorded(db: Db, path: PathId, last: number, events: readonly PathEvent[]): Promise<PathEvent[]> {
  const repeated = events.filter((event) => event.seq <= last);
  for (const event of repeated) {
    const known = await db
      .selectFrom('events')
      .selectAll()
      .where('path_id', '=', path)
      .where('seq', '=', event.seq)
      .executeTakeFirstOrThrow();
    if (!isDeepStrictEqual(plain(fromRow(known)), plain(event)))
      throw new StoreError(
        'event-conflict',
        `${path} already holds another event ${event.seq} (${known.type}, not ${event.type})`,
      );
  }
  const fresh = events.filter((event) => event.seq > last);
  fresh.forEach((event, index) => {
    if (event.seq !== last + index + 1)
      throw new StoreError(
        'event-gap',
        `${path} holds ${last} events; the next is ${last + index + 1}, not ${event.seq}`,
      );
  });
  return fresh;
}

async function lastSeq(db: Db, path: PathId): Promise<number> {
  const row = await db
    .selectFrom('events')
    .select((eb) => eb.fn.max('seq').as('last'))
    .where('path_id', '=', path)
    .executeTakeFirst();
  return row?.last ?? 0;
}

/** As it would come back from the database: without keys that hold nothing. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const toRow = (path: PathId, event: PathEvent): EventsTable => ({
  path_id: path,
  seq: event.seq,
  at: event.at,
  type: event.type,
  actor: JSON.stringify(event.actor),
  data: JSON.stringify(event.data),
});

export const fromRow = (row: EventsTable): PathEvent =>
  ({
    seq: row.seq,
    at: row.at as Instant,
    actor: JSON.parse(row.actor) as PathEvent['actor'],
    type: row.type,
    data: JSON.parse(row.data) as PathEvent['data'],
  }) as PathEvent;
