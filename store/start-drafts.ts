/** Paths that are being prepared: each belongs to one account, and nobody else reads it. */
import { randomUUID } from 'node:crypto';
import type { Instant, PathId } from '../domain/ids.ts';
import type { Db, StartDraftsTable } from './schema.ts';

/** The store keeps what it is given: what a draft means, its owner knows. */
export interface KeptStartDraft {
  id: string;
  /** JSON. */
  content: string;
  createdAt: Instant;
  updatedAt: Instant;
  /** The path that it became. */
  startedAs?: PathId;
}

export type StartDraftsStore = ReturnType<typeof createStartDrafts>;

export function createStartDrafts(db: Db, now: () => Instant) {
  const own = (account: string, id: string) =>
    db.selectFrom('start_drafts').selectAll().where('account_id', '=', account).where('id', '=', id);

  return {
    async create(account: string, content: string): Promise<KeptStartDraft> {
      const at = now();
      const row = { id: randomUUID(), account_id: account, content, created_at: at, updated_at: at, started_as: null };
      await db.insertInto('start_drafts').values(row).execute();
      return fromRow(row);
    },

    /** Undefined when there is none, or when it is somebody else's. */
    async find(account: string, id: string): Promise<KeptStartDraft | undefined> {
      const row = await own(account, id).executeTakeFirst();
      return row === undefined ? undefined : fromRow(row);
    },

    async save(account: string, id: string, content: string): Promise<void> {
      await change(account, id, { content, updated_at: now() });
    },

    /** The last ones first, also those that became a path. */
    async list(account: string): Promise<KeptStartDraft[]> {
      const rows = await db
        .selectFrom('start_drafts')
        .selectAll()
        .where('account_id', '=', account)
        .orderBy('updated_at', 'desc')
        .orderBy('id')
        .execute();
      return rows.map(fromRow);
    },

    async started(account: string, id: string, path: PathId): Promise<void> {
      await change(account, id, { started_as: path, updated_at: now() });
    },

    async remove(account: string, id: string): Promise<void> {
      await db.deleteFrom('start_drafts').where('account_id', '=', account).where('id', '=', id).execute();
    },
  };

  async function change(account: string, id: string, values: Partial<StartDraftsTable>): Promise<void> {
    await db.updateTable('start_drafts').set(values).where('account_id', '=', account).where('id', '=', id).execute();
  }
}

const fromRow = ({ id, content, created_at, updated_at, started_as }: StartDraftsTable): KeptStartDraft => ({
  ...{ id, content, createdAt: created_at as Instant, updatedAt: updated_at as Instant },
  ...(started_as !== null && { startedAs: started_as as PathId }),
});
