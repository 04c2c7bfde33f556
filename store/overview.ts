/** One row per path for lists and pages. Derived; see projection.ts. */
import type { Instant, PathId, PersonId } from '../domain/ids.ts';
import type { Db, OverviewTable } from './schema.ts';

export type PathStatus = 'running' | 'paused' | 'granted' | 'refused' | 'stopped' | 'completed';

export interface OverviewRow {
  path: PathId;
  seq: number;
  partnership: string;
  referenceRegion?: string;
  definition: { key: string; version: number };
  /** Absent for a path that belongs to no round; empty text and zero in the table. */
  round?: { key: string; version: number; status: string };
  route?: string;
  status: PathStatus;
  coordinator: PersonId;
  /** Municipalities that take part now. */
  parties: number;
  steps: { total: number; done: number; open: number; current: string[] };
  /** Asks of the latest attempt: `waiting` on a party, `held` by a choice of the coordinator. */
  asks: { total: number; approved: number; waiting: number; held: number };
  undelivered: number;
  startedAt: Instant;
  updatedAt: Instant;
}

export type OverviewStore = ReturnType<typeof createOverview>;

export function createOverview(db: Db) {
  return {
    async overview(): Promise<OverviewRow[]> {
      const rows = await db.selectFrom('overview').selectAll().orderBy('partnership').orderBy('path_id').execute();
      return rows.map(fromRow);
    },

    /** The number of the last recorded event of each path: what a list needs to know whether it has changed. */
    async versions(): Promise<{ path: PathId; seq: number }[]> {
      const rows = await db.selectFrom('overview').select(['path_id', 'seq']).execute();
      return rows.map(({ path_id: path, seq }) => ({ path: path as PathId, seq }));
    },

    async overviewOf(path: PathId): Promise<OverviewRow | undefined> {
      const row = await db.selectFrom('overview').selectAll().where('path_id', '=', path).executeTakeFirst();
      return row === undefined ? undefined : fromRow(row);
    },
  };
}

export async function writeOverview(db: Db, overview: OverviewRow): Promise<void> {
  const row = toRow(overview);
  await db
    .insertInto('overview')
    .values(row)
    .onConflict((conflict) => conflict.column('path_id').doUpdateSet(row))
    .execute();
}

const toRow = (row: OverviewRow): OverviewTable => ({
  path_id: row.path,
  seq: row.seq,
  partnership: row.partnership,
  reference_region: row.referenceRegion ?? '',
  definition: row.definition.key,
  definition_version: row.definition.version,
  round: row.round?.key ?? '',
  round_version: row.round?.version ?? 0,
  round_status: row.round?.status ?? '',
  route: row.route ?? null,
  status: row.status,
  coordinator: row.coordinator,
  parties: row.parties,
  steps: row.steps.total,
  steps_done: row.steps.done,
  steps_open: row.steps.open,
  current_steps: JSON.stringify(row.steps.current),
  asks: row.asks.total,
  asks_approved: row.asks.approved,
  asks_waiting: row.asks.waiting,
  asks_held: row.asks.held,
  undelivered: row.undelivered,
  started_at: row.startedAt,
  updated_at: row.updatedAt,
});

const fromRow = (row: OverviewTable): OverviewRow => ({
  path: row.path_id as PathId,
  seq: row.seq,
  partnership: row.partnership,
  ...(row.reference_region === '' ? {} : { referenceRegion: row.reference_region }),
  definition: { key: row.definition, version: row.definition_version },
  ...(row.round === '' ? {} : { round: { key: row.round, version: row.round_version, status: row.round_status } }),
  ...(row.route === null ? {} : { route: row.route }),
  status: row.status as PathStatus,
  coordinator: row.coordinator as PersonId,
  parties: row.parties,
  steps: {
    total: row.steps,
    done: row.steps_done,
    open: row.steps_open,
    current: JSON.parse(row.current_steps) as string[],
  },
  asks: { total: row.asks, approved: row.asks_approved, waiting: row.asks_waiting, held: row.asks_held },
  undelivered: row.undelivered,
  startedAt: row.started_at as Instant,
  updatedAt: row.updated_at as Instant,
});
