/** What a person ticked before handing in. Nothing follows from it but what the pages show. */
import type { Instant, PathId } from '../domain/ids.ts';
import type { Db } from './schema.ts';

export interface Ticked {
  item: string;
  /** The name of who ticked it, as it was then. */
  by: string;
  at: Instant;
}

export type ChecklistStore = ReturnType<typeof createChecklist>;

export function createChecklist(db: Db, now: () => Instant) {
  return {
    async tickedOf(path: PathId): Promise<Ticked[]> {
      const rows = await db
        .selectFrom('checklist')
        .selectAll()
        .where('path_id', '=', path)
        .orderBy('done_at')
        .orderBy('item')
        .execute();
      return rows.map((row) => ({ item: row.item, by: row.done_by, at: row.done_at as Instant }));
    },

    /** What was ticked already stays with who did so first. */
    async tick(path: PathId, item: string, by: string): Promise<void> {
      await db
        .insertInto('checklist')
        .values({ path_id: path, item, done_by: by, done_at: now() })
        .onConflict((conflict) => conflict.columns(['path_id', 'item']).doNothing())
        .execute();
    },

    async untick(path: PathId, item: string): Promise<void> {
      await db.deleteFrom('checklist').where('path_id', '=', path).where('item', '=', item).execute();
    },
  };
}
