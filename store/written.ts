/** What people wrote down about a path, row by row as it is kept: for an archive, which leaves nothing out. */
import type { PathId } from '../domain/ids.ts';
import type { CallsTable, ChecklistTable, Db, InboundMailsTable, NotesTable } from './schema.ts';

/** How somebody wrote a note or logged a call: on a page, or by a program of theirs. */
export type WrittenVia = 'web' | 'api';

export interface Written {
  notes: NotesTable[];
  calls: CallsTable[];
  checklist: ChecklistTable[];
  inboundMails: InboundMailsTable[];
}

export type WrittenStore = ReturnType<typeof createWritten>;

export const createWritten = (db: Db) => ({
  async writtenOf(path: PathId): Promise<Written> {
    const [notes, calls, checklist, inboundMails] = await Promise.all([
      db.selectFrom('notes').selectAll().where('path_id', '=', path).orderBy('created_at').orderBy('id').execute(),
      db.selectFrom('calls').selectAll().where('path_id', '=', path).orderBy('created_at').orderBy('id').execute(),
      db.selectFrom('checklist').selectAll().where('path_id', '=', path).orderBy('item').execute(),
      db
        .selectFrom('inbound_mails')
        .selectAll()
        .where('path_id', '=', path)
        .orderBy('received_at')
        .orderBy('id')
        .execute(),
    ]);
    return { notes, calls, checklist, inboundMails };
  },
});
