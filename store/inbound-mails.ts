/** What came in by mail about a mail of ours. Nothing is ever removed, and the same mail is there once. */
import type { Instant, PathId, PersonId } from '../domain/ids.ts';
import { exclusively } from './database.ts';
import { addFact, factsAbout, type MailFact } from './ledger.ts';
import type { Db, InboundMailsTable } from './schema.ts';

/**
 * `bounce`: a mail of ours came back for good; `delay`: a server still tries; `automatic`: a program answered, but not that
 * somebody is away; `reply`: a person wrote.
 */
export type InboundKind = 'bounce' | 'delay' | 'out-of-office' | 'automatic' | 'reply';

export interface InboundMail {
  /** The SHA-256 of the mail as it came, lower-case hexadecimal. */
  id: string;
  receivedAt: Instant;
  kind: InboundKind;
  /** The message of ours that it is about, with angle brackets. */
  messageId?: string;
  path?: PathId;
  /** Whom that message went to; for a sign-in mail an account. */
  person?: PersonId | string;
  sender: string;
  subject: string;
  /** The beginning of what it says, as plain text. */
  excerpt: string;
  /** The status code of a bounce or delay; of an absence the day until which, when that is named. */
  code: string;
}

export type InboundMailsStore = ReturnType<typeof createInboundMails>;

export function createInboundMails(db: Db) {
  return {
    /** Keeps a mail, and with it what it says about the message that it belongs to. False when it was kept before. */
    async keep(mail: InboundMail, fact?: MailFact): Promise<boolean> {
      return exclusively(db, factsAbout(mail.messageId ?? mail.id), async (trx) => {
        const { numInsertedOrUpdatedRows } = await trx
          .insertInto('inbound_mails')
          .values(toRow(mail))
          .onConflict((conflict) => conflict.column('id').doNothing())
          .executeTakeFirst();
        if (numInsertedOrUpdatedRows !== 1n) return false;
        if (fact !== undefined && mail.messageId !== undefined) await addFact(trx, mail.messageId, fact);
        return true;
      });
    },

    async mail(id: string): Promise<InboundMail | undefined> {
      const row = await db.selectFrom('inbound_mails').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? undefined : fromRow(row);
    },

    /** All that belongs to a path, oldest first. */
    async mailsOf(path: PathId): Promise<InboundMail[]> {
      const rows = await db
        .selectFrom('inbound_mails')
        .selectAll()
        .where('path_id', '=', path)
        .orderBy('received_at')
        .orderBy('id')
        .execute();
      return rows.map(fromRow);
    },
  };
}

const toRow = (mail: InboundMail): InboundMailsTable => ({
  id: mail.id,
  received_at: mail.receivedAt,
  kind: mail.kind,
  message_id: mail.messageId ?? '',
  path_id: mail.path ?? '',
  person_id: mail.person ?? '',
  sender: mail.sender,
  subject: mail.subject,
  excerpt: mail.excerpt,
  code: mail.code,
});

const fromRow = (row: InboundMailsTable): InboundMail => ({
  id: row.id,
  receivedAt: row.received_at as Instant,
  kind: row.kind as InboundKind,
  ...(row.message_id === '' ? {} : { messageId: row.message_id }),
  ...(row.path_id === '' ? {} : { path: row.path_id as PathId }),
  ...(row.person_id === '' ? {} : { person: row.person_id }),
  sender: row.sender,
  subject: row.subject,
  excerpt: row.excerpt,
  code: row.code,
});
