/** Derives snapshots and overview again from the recorded events: after a change of the core, or when in doubt. */
import type { PathId } from '../domain/ids.ts';
import { exclusively } from './database.ts';
import { fromRow, recordOf } from './events.ts';
import { writeOverview } from './overview.ts';
import { overviewRow, replay } from './projection.ts';
import type { Store } from './store.ts';
import { writeSnapshot } from './snapshots.ts';

export interface Rebuilt {
  paths: number;
  events: number;
  /** From whose events nothing can be derived, with what is wrong: what was derived before stays. */
  failed: { path: PathId; reason: string }[];
}

/**
 * Path by path, each in one transaction, so that nobody sees a half-derived path and nothing is recorded meanwhile. One that fails holds
 * up no other. Rows without events disappear. Throws what says that the store is away.
 */
export async function rebuild(store: Store): Promise<Rebuilt> {
  const rebuilt: Rebuilt = { paths: 0, events: 0, failed: [] };
  for (const path of await store.events.recordedPaths()) {
    try {
      rebuilt.events += await rebuildPath(store, path);
      rebuilt.paths += 1;
    } catch (error) {
      if (store.isAway(error)) throw error;
      rebuilt.failed.push({ path, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  await removeUnrecorded(store);
  return rebuilt;
}

/** Gives how many events it has. */
function rebuildPath(store: Store, path: PathId): Promise<number> {
  return exclusively(store.db, recordOf(path), async (trx) => {
    const rows = await trx.selectFrom('events').selectAll().where('path_id', '=', path).orderBy('seq').execute();
    const events = rows.map(fromRow);
    const state = replay(undefined, events);
    const last = events.at(-1);
    if (state === undefined || last === undefined) return 0;
    await writeSnapshot(trx, state);
    const facts = await trx.selectFrom('paths').selectAll().where('path_id', '=', path).executeTakeFirst();
    await writeOverview(trx, overviewRow(state, last.at, facts));
    return events.length;
  });
}

async function removeUnrecorded(store: Store): Promise<void> {
  for (const table of ['snapshots', 'overview'] as const) {
    await store.db
      .deleteFrom(table)
      .where('path_id', 'not in', (eb) => eb.selectFrom('events').select('events.path_id'))
      .execute();
  }
}
