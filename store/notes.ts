/** What people who follow a path wrote down about it. A note is never changed, only removed. */
import type { Instant, PartyId, PathId } from '../domain/ids.ts';
import type { Db, NotesTable } from './schema.ts';
import type { WrittenVia } from './written.ts';

export interface NewNote {
  /** Given by who writes it, so that the same one sent twice is kept once. */
  id: string;
  path: PathId;
  /** Absent when it is about the whole path. */
  party?: PartyId;
  account: string;
  /** Who wrote it, by the name they had then. */
  author: string;
  via: WrittenVia;
  text: string;
}

export interface Note extends NewNote {
  createdAt: Instant;
  removedAt?: Instant;
}

export type NotesStore = ReturnType<typeof createNotes>;

export function createNotes(db: Db, now: () => Instant) {
  return {
    /** Gives what is kept under its id: what came first. */
    async add({ id, path, party, account, author, via, text }: NewNote): Promise<Note> {
      const row: NotesTable = {
        ...{ id, path_id: path, party: party ?? '', account_id: account, author, via, text },
        ...{ created_at: now(), removed_at: null },
      };
      await db
        .insertInto('notes')
        .values(row)
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute();
      return fromRow(await db.selectFrom('notes').selectAll().where('id', '=', id).executeTakeFirstOrThrow());
    },

    /** Newest first, also those that were removed, so that a reader sees that there was one. */
    async notesOf(path: PathId, { party, limit }: { party?: PartyId; limit?: number } = {}): Promise<Note[]> {
      let query = db.selectFrom('notes').selectAll().where('path_id', '=', path);
      if (party !== undefined) query = query.where('party', '=', party);
      if (limit !== undefined) query = query.limit(limit);
      const rows = await query.orderBy('created_at', 'desc').orderBy('id').execute();
      return rows.map(fromRow);
    },

    async note(id: string): Promise<Note | undefined> {
      const row = await db.selectFrom('notes').selectAll().where('id', '=', id).executeTakeFirst();
      return row && fromRow(row);
    },

    /** Its text is gone for good; that there was a note stays. A note that was removed before keeps its day. */
    async remove(id: string): Promise<void> {
      const gone = { text: '', removed_at: now() };
      await db.updateTable('notes').set(gone).where('id', '=', id).where('removed_at', 'is', null).execute();
    },
  };
}

const fromRow = (row: NotesTable): Note => ({
  id: row.id,
  path: row.path_id as PathId,
  ...(row.party === '' ? {} : { party: row.party as PartyId }),
  account: row.account_id,
  author: row.author,
  via: row.via as WrittenVia,
  text: row.text,
  createdAt: row.created_at as Instant,
  ...(row.removed_at === null ? {} : { removedAt: row.removed_at as Instant }),
});
