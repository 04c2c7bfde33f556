/**
 * The mail ledger: for each message what the mail server made of it. Read before a mail goes out, written right after.
 * Beside it every fact about a message is kept: each attempt, and what came back later. The ledger's row is their sum.
 */
import { sql } from 'kysely';
import type { Instant, LocalDate, PathId, PersonId } from '../domain/ids.ts';
import type { DeliveryOutcome, MailKind } from '../domain/message.ts';
import { exclusively } from './database.ts';
import type { Db, LedgerTable, MailFactsTable } from './schema.ts';

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
  /** Stable, for machines: `accepted`, `EAUTH`, `550 5.1.1`, … */
  code: string;
  /** The server's words, or the code of what went wrong before it could speak. */
  response: string;
}

/** The sum of the attempts; `response` begins with the code of the last one. */
export interface LedgerEntry extends Omit<LedgerAttempt, 'at' | 'code'> {
  attempts: number;
  firstAt: Instant;
  acceptedAt?: Instant;
}

/** What a server said at an attempt (a delivery outcome), or what came in about the message later. */
export const returnFacts = ['bounced', 'delayed', 'out-of-office', 'replied'] as const;
export type MailFactKind = DeliveryOutcome | (typeof returnFacts)[number];

/** One fact about a message; facts are only ever added. */
export interface MailFact {
  at: Instant;
  fact: MailFactKind;
  /** Stable, for machines: an SMTP reply with its enhanced status code, or a word of ours. */
  code: string;
  /** The server's words. */
  detail: string;
}

/** Databases limit how many values a query may have. */
const IDS_AT_ONCE = 500;

export type LedgerStore = ReturnType<typeof createLedger>;

export function createLedger(db: Db) {
  return {
    /** Keeps the attempt as a fact, counts it and keeps the latest outcome. What was accepted stays accepted. */
    async noteAttempt(attempt: LedgerAttempt): Promise<void> {
      const { at, code, outcome: fact, response: detail } = attempt;
      await exclusively(db, factsAbout(attempt.messageId), async (trx) => {
        await sumUp(trx, attempt);
        await addFact(trx, attempt.messageId, { at, fact, code, detail });
      });
    },

    /** Adds what became of a message later. The ledger's row stays: what a server took, it took. */
    async noteFact(messageId: string, fact: MailFact): Promise<void> {
      await exclusively(db, factsAbout(messageId), (trx) => addFact(trx, messageId, fact));
    },

    /** By Message-ID what is known of each of these messages, oldest first; a message of which nothing is known has no entry. */
    async factsOf(messageIds: readonly string[]): Promise<Map<string, MailFact[]>> {
      const facts = new Map<string, MailFact[]>();
      for (let from = 0; from < messageIds.length; from += IDS_AT_ONCE) {
        const rows = await db
          .selectFrom('mail_facts')
          .selectAll()
          .where('message_id', 'in', messageIds.slice(from, from + IDS_AT_ONCE))
          .orderBy('seq')
          .execute();
        for (const row of rows) facts.set(row.message_id, [...(facts.get(row.message_id) ?? []), factFrom(row)]);
      }
      return facts;
    },

    async entry(messageId: string): Promise<LedgerEntry | undefined> {
      const row = await db.selectFrom('ledger').selectAll().where('message_id', '=', messageId).executeTakeFirst();
      return row === undefined ? undefined : fromRow(row);
    },

    /** The message whose Message-ID begins with a number of 40 hexadecimal digits, whatever the domain was then. */
    async numbered(number: string): Promise<LedgerEntry | undefined> {
      const row = await db
        .selectFrom('ledger')
        .selectAll()
        // As the index has it (migrations.ts): whoever sends mail in can have many numbers looked up.
        .where(sql<string>`substr(message_id, 2, 40)`, '=', number)
        .executeTakeFirst();
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

async function sumUp(db: Db, attempt: LedgerAttempt): Promise<void> {
  const { subject, address, outcome, code } = attempt;
  const response = attempt.response.startsWith(code) ? attempt.response : `${code} ${attempt.response}`.trim();
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
}

/** What a transaction that adds facts about a message has for itself, since facts are numbered. */
export const factsAbout = (messageId: string): string => `facts/${messageId}`;

/** Adds a fact about a message, in a transaction that has the facts about it for itself. */
export async function addFact(db: Db, messageId: string, { at, fact, code, detail }: MailFact): Promise<void> {
  const last = await db
    .selectFrom('mail_facts')
    .select((eb) => eb.fn.max('seq').as('seq'))
    .where('message_id', '=', messageId)
    .executeTakeFirst();
  const seq = (last?.seq ?? 0) + 1;
  await db.insertInto('mail_facts').values({ message_id: messageId, seq, at, fact, code, detail }).execute();
}

const factFrom = (row: MailFactsTable): MailFact => ({
  at: row.at as Instant,
  fact: row.fact as MailFactKind,
  code: row.code,
  detail: row.detail,
});

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
