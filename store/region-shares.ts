/** Which regions have a page for who has its address, and which address that is now: a higher generation ends the earlier ones. */
import type { Instant, PathId } from '../domain/ids.ts';
import { exclusively } from './database.ts';
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
  const readShare = async (trx: Db, path: PathId): Promise<RegionShare | undefined> => {
    const row = await trx.selectFrom('region_shares').selectAll().where('path_id', '=', path).executeTakeFirst();
    return (
      row && {
        ...{ generation: row.generation, isOpen: row.is_open === 1, changedBy: row.changed_by },
        changedAt: row.changed_at as Instant,
      }
    );
  };

  type Next = Pick<RegionShare, 'isOpen' | 'generation'>;
  /** @param next what follows from how it is now; undefined when nothing changes */
  const change = (path: PathId, by: string, next: (share: RegionShare | undefined) => Next | undefined) =>
    exclusively(db, `share/${path}`, async (trx) => {
      const change = next(await readShare(trx, path));
      if (change !== undefined) await write(trx, path, by, change);
    });

  const write = async (trx: Db, path: PathId, by: string, { isOpen, generation }: Next): Promise<void> => {
    const row = { path_id: path, generation, is_open: isOpen ? 1 : 0, changed_by: by, changed_at: now() };
    await trx
      .insertInto('region_shares')
      .values(row)
      .onConflict((conflict) => conflict.column('path_id').doUpdateSet(row))
      .execute();
  };

  return {
    /** Undefined when the page was never opened. */
    shareOf: (path: PathId): Promise<RegionShare | undefined> => readShare(db, path),

    /** Opens the page, at a new address when it was closed; one that is open stays as it is. */
    open: (path: PathId, by: string): Promise<void> =>
      change(path, by, (share) =>
        share?.isOpen === true ? undefined : { isOpen: true, generation: (share?.generation ?? 0) + 1 },
      ),

    /** Gives an open page another address: the present one ends. */
    renew: (path: PathId, by: string): Promise<void> =>
      change(path, by, (share) =>
        share?.isOpen === true ? { isOpen: true, generation: share.generation + 1 } : undefined,
      ),

    close: (path: PathId, by: string): Promise<void> =>
      change(path, by, (share) =>
        share?.isOpen === true ? { isOpen: false, generation: share.generation } : undefined,
      ),
  };
}
