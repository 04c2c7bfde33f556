/** The permanent facts of a path, given when it starts. */
import type { Instant, PathId } from '../domain/ids.ts';
import { StoreError } from './errors.ts';
import type { Db } from './schema.ts';

export interface PathFacts {
  path: PathId;
  partnership: string;
  referenceRegion?: string;
  createdAt: Instant;
}

export type PathsStore = ReturnType<typeof createPaths>;

export function createPaths(db: Db) {
  const path = async (id: PathId): Promise<PathFacts | undefined> => {
    const row = await db.selectFrom('paths').selectAll().where('path_id', '=', id).executeTakeFirst();
    return row === undefined ? undefined : fromRow(row);
  };

  return {
    path,

    /** Notes the facts; the same facts again change nothing. Throws `path-conflict` when the id belongs to another partnership. */
    async ensurePath(facts: PathFacts): Promise<PathFacts> {
      await db
        .insertInto('paths')
        .values({
          path_id: facts.path,
          partnership: facts.partnership,
          reference_region: facts.referenceRegion ?? '',
          created_at: facts.createdAt,
        })
        .onConflict((conflict) => conflict.column('path_id').doNothing())
        .execute();
      const known = await path(facts.path);
      if (known?.partnership !== facts.partnership)
        throw new StoreError('path-conflict', `${facts.path} belongs to ${known?.partnership ?? 'nobody'}`);
      return known;
    },

    /** Those of some paths, in one question. */
    async pathsOf(ids: readonly PathId[]): Promise<Map<PathId, PathFacts>> {
      if (ids.length === 0) return new Map();
      const rows = await db.selectFrom('paths').selectAll().where('path_id', 'in', ids).execute();
      return new Map(rows.map(fromRow).map((facts) => [facts.path, facts]));
    },

    async paths(): Promise<PathFacts[]> {
      return (await db.selectFrom('paths').selectAll().orderBy('path_id').execute()).map(fromRow);
    },
  };
}

const fromRow = (row: {
  path_id: string;
  partnership: string;
  reference_region: string;
  created_at: string;
}): PathFacts => ({
  path: row.path_id as PathId,
  partnership: row.partnership,
  ...(row.reference_region === '' ? {} : { referenceRegion: row.reference_region }),
  createdAt: row.created_at as Instant,
});
