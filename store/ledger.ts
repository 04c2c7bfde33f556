/** The mail ledger: for each message what the mail server made of it. Read before a mail goes out, written right after. */
import type { Instant, LocalDate, PathId, PersonId } from '../domain/ids.ts';
import type { DeliveryOutcome, MailKind } from '../domain/message.ts';
import type { Db, LedgerTable } from './schema.ts';

/** One attempt. A sign-in mail belongs to no path and its person is an account. */
export interface LedgerAttempt {
  messageId: string;
  messageKey: string;
  path?: PathId;
  person: PersonId | string;
  kind: MailKind;
  day: LocalDate;
  subject: string;
  address: string;
  outcome: DeliveryOutcome;
  at: Instant;
  /** The server's words, or the code of what went wrong before it could speak. */
  response: string;
}

export interface LedgerEntry extends Omit<LedgerAttempt, 'at'> {
  attempts: number;
  firstAt: Instant;
  acceptedAt?: Instant;
}

export type LedgerStore = ReturnType<typeof createLedger>;

export function createLedger(db: Db) {
  return {
    /** Counts the attempt and keeps the latest outcome. What was accepted stays accepted. */
    async noteAttempt(attempt: LedgerAttempt): Promise<void> {
      const { subject, address, outcome, response } = attempt;
      const accepted_at = outcome === 'accepted' ? attempt.at : null;
      await db
        .insertInto('ledger')
        .values({
          message_id: attempt.messageId,
          message_key: attempt.messageKey,
          path_id: attempt.path ?? '',
          person_id: attempt.person,
          kind: attempt.kind,
          day: attempt.day,
          attempts: 1,
          first_at: attempt.at,
          ...{ subject, address, outcome, response, accepted_at },
        })
        .onConflict((conflict) =>
          conflict
            .column('message_id')
            .doUpdateSet((eb) => ({
              attempts: eb('ledger.attempts', '+', 1),
              ...{ subject, address, outcome, response, accepted_at },
            }))
            .where('ledger.outcome', '!=', 'accepted'),
        )
        .execute();
    },

    async entry(messageId: string): Promise<LedgerEntry | undefined> {
      const row = await db.selectFrom('ledger').selectAll().where('message_id', '=', messageId).executeTakeFirst();
      return row === undefined ? undefined : fromRow(row);
    },

    /** Everything sent or tried for a path, oldest first. */
    async entriesOf(path: PathId): Promise<LedgerEntry[]> {
      const rows = await db
        .selectFrom('ledger')
        .selectAll()
        .where('path_id', '=', path)
        .orderBy('first_at')
        .orderBy('message_key')
        .execute();
      return rows.map(fromRow);
    },
  };
}

const fromRow = (row: LedgerTable): LedgerEntry => ({
  messageId: row.message_id,
  messageKey: row.message_key,
  ...(row.path_id === '' ? {} : { path: row.path_id as PathId }),
  person: row.person_id,
  kind: row.kind as MailKind,
  day: row.day as LocalDate,
  subject: row.subject,
  address: row.address,
  outcome: row.outcome as DeliveryOutcome,
  attempts: row.attempts,
  firstAt: row.first_at as Instant,
  ...(row.accepted_at === null ? {} : { acceptedAt: row.accepted_at as Instant }),
  response: row.response,
});
