/** Which regions have a page for who has its address, and which address that is now: a higher generation ends the earlier ones. */
import type { Instant, PathId } from '../domain/ids.ts';
import type { Db } from './schema.ts';

export interface RegionShare {
  generation: number;
  isOpen: boolean;
  /** The account. */
  changedBy: string;
  changedAt: Instant;
}

export type RegionSharesStore = ReturnType<typeof createRegionShares>;

export function createRegionShares(db: Db, now: () => Instant) {
  const shareOf = async (path: PathId): Promise<RegionShare | undefined> => {
    const row = await db.selectFrom('region_shares').selectAll().where('path_id', '=', path).executeTakeFirst();
    return (
      row && {
        ...{ generation: row.generation, isOpen: row.is_open === 1, changedBy: row.changed_by },
        changedAt: row.changed_at as Instant,
      }
    );
  };

  const write = async (path: PathId, by: string, isOpen: boolean, generation: number): Promise<void> => {
    const row = { path_id: path, generation, is_open: isOpen ? 1 : 0, changed_by: by, changed_at: now() };
    await db
      .insertInto('region_shares')
      .values(row)
      .onConflict((conflict) => conflict.column('path_id').doUpdateSet(row))
      .execute();
  };

  return {
    /** Undefined when the page was never opened. */
    shareOf,

    /** Opens the page, at a new address when it was closed; one that is open stays as it is. */
    async open(path: PathId, by: string): Promise<void> {
      const share = await shareOf(path);
      if (share?.isOpen !== true) await write(path, by, true, (share?.generation ?? 0) + 1);
    },

    /** Gives an open page another address: the present one ends. */
    async renew(path: PathId, by: string): Promise<void> {
      const share = await shareOf(path);
      if (share?.isOpen === true) await write(path, by, true, share.generation + 1);
    },

    async close(path: PathId, by: string): Promise<void> {
      const share = await shareOf(path);
      if (share?.isOpen === true) await write(path, by, false, share.generation);
    },
  };
}
