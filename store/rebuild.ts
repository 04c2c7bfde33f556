/** Derives snapshots and overview again from the recorded events: after a change of the core, or when in doubt. */
import { exclusively } from './database.ts';
import { fromRow, recordOf } from './events.ts';
import { writeOverview } from './overview.ts';
import { overviewRow, replay } from './projection.ts';
import type { Store } from './store.ts';
import { writeSnapshot } from './snapshots.ts';

export interface Rebuilt {
  paths: number;
  events: number;
}

/** Path by path, each in one transaction, so that nobody sees a half-derived path and nothing is recorded meanwhile. Rows without events disappear. */
export async function rebuild(store: Store): Promise<Rebuilt> {
  const counts: Rebuilt = { paths: 0, events: 0 };
  const recorded = await store.events.recordedPaths();
  for (const path of recorded) {
    await exclusively(store.db, recordOf(path), async (trx) => {
      const rows = await trx.selectFrom('events').selectAll().where('path_id', '=', path).orderBy('seq').execute();
      const events = rows.map(fromRow);
      const state = replay(undefined, events);
      const last = events.at(-1);
      if (state === undefined || last === undefined) return;
      await writeSnapshot(trx, state);
      const facts = await trx.selectFrom('paths').selectAll().where('path_id', '=', path).executeTakeFirst();
      await writeOverview(trx, overviewRow(state, last.at, facts));
      counts.paths += 1;
      counts.events += events.length;
    });
  }
  await removeUnrecorded(store);
  return counts;
}

async function removeUnrecorded(store: Store): Promise<void> {
  for (const table of ['snapshots', 'overview'] as const) {
    await store.db
      .deleteFrom(table)
      .where('path_id', 'not in', (eb) => eb.selectFrom('events').select('events.path_id'))
      .execute();
  }
}
