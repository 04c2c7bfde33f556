/** The state of each path after its last recorded event; of an ended path it is the closing snapshot. Derived. */
import type { PathId } from '../domain/ids.ts';
import type { PathState } from '../domain/state.ts';
import type { Db } from './schema.ts';

export type SnapshotsStore = ReturnType<typeof createSnapshots>;

export function createSnapshots(db: Db) {
  return { snapshot: (path: PathId): Promise<PathState | undefined> => readSnapshot(db, path) };
}

export async function readSnapshot(db: Db, path: PathId): Promise<PathState | undefined> {
  const row = await db.selectFrom('snapshots').select('state').where('path_id', '=', path).executeTakeFirst();
  return row === undefined ? undefined : (JSON.parse(row.state) as PathState);
}

export async function writeSnapshot(db: Db, state: PathState): Promise<void> {
  const row = { path_id: state.id, seq: state.seq, state: JSON.stringify(state) };
  await db
    .insertInto('snapshots')
    .values(row)
    .onConflict((conflict) => conflict.column('path_id').doUpdateSet(row))
    .execute();
}
