/**
 * How long what is not part of a dossier is kept (docs/privacy.md). The record of a path, its people, files and mails are an archive of
 * public bodies: no clock removes them, only a person does, after they were handed over (erasure.ts).
 */
import { asInstant, type Instant } from '../domain/ids.ts';
import { createAccounts } from './accounts.ts';
import { createApiReceipts } from './api-receipts.ts';
import { undone } from './database.ts';
import type { Db } from './schema.ts';

const DAY_MS = 86_400_000;
const ended = ['granted', 'refused', 'stopped', 'completed'];

interface Rule {
  /** Stable, for machines. */
  kind: string;
  what: string;
  /** Days after that moment; 0: at once. */
  days: number;
  after: string;
  /** Removes what is past its time; gives how many. */
  remove: (db: Db, before: Instant, now: Instant) => Promise<number>;
}

interface Deleted {
  numDeletedRows: bigint;
}
const count = async (deleting: Promise<Deleted>): Promise<number> => Number((await deleting).numDeletedRows);

const rules: readonly Rule[] = [
  {
    ...{ kind: 'sign-in', what: 'sign-in tokens and sessions', days: 0, after: 'they expired (tokens: 7 days)' },
    remove: (db, _before, now) => createAccounts(db, () => now).removeExpired(),
  },
  {
    ...{ kind: 'api-receipts', what: 'answers to repeatable API requests', days: 30, after: 'the request' },
    remove: (db, before, now) => createApiReceipts(db, () => now).removeBefore(before),
  },
  {
    ...{ kind: 'api-tokens', what: 'API tokens', days: 90, after: 'they expired' },
    remove: (db, before) => count(db.deleteFrom('api_tokens').where('expires_at', '<', before).executeTakeFirst()),
  },
  {
    ...{ kind: 'link-codes', what: 'codes that are typed instead of a link', days: 0, after: 'their link expired' },
    remove: (db, before) =>
      count(db.deleteFrom('link_codes').where('expires', '<', before.slice(0, 10)).executeTakeFirst()),
  },
  {
    ...{
      kind: 'start-drafts',
      what: 'preparations of a path, with their pasted rows',
      days: 180,
      after: 'the last change',
    },
    remove: (db, before) => count(db.deleteFrom('start_drafts').where('updated_at', '<', before).executeTakeFirst()),
  },
  {
    ...{ kind: 'account-mails', what: 'what became of sign-in mails and digests', days: 365, after: 'they were sent' },
    async remove(db, before) {
      const old = db.selectFrom('ledger').select('message_id').where('path_id', '=', '').where('first_at', '<', before);
      await db.deleteFrom('mail_facts').where('message_id', 'in', old).execute();
      return count(db.deleteFrom('ledger').where('path_id', '=', '').where('first_at', '<', before).executeTakeFirst());
    },
  },
  {
    ...{ kind: 'loose-mails', what: 'mails that came in and belong to no path', days: 90, after: 'they came in' },
    remove: (db, before) =>
      count(
        db.deleteFrom('inbound_mails').where('path_id', '=', '').where('received_at', '<', before).executeTakeFirst(),
      ),
  },
  {
    ...{ kind: 'telephones', what: 'telephone numbers of people of an ended path', days: 365, after: 'its last event' },
    async remove(db, before) {
      const over = db
        .selectFrom('overview')
        .select('path_id')
        .where('status', 'in', ended)
        .where('updated_at', '<', before);
      const forgotten = await db
        .updateTable('people')
        .set({ phone: '' })
        .where('phone', '!=', '')
        .where('path_id', 'in', over)
        .executeTakeFirst();
      return Number(forgotten.numUpdatedRows);
    },
  },
];

export interface Retained {
  kind: string;
  what: string;
  days: number;
  after: string;
  /** How many went, or would go. */
  past: number;
}

export type RetentionStore = ReturnType<typeof createRetention>;

export function createRetention(db: Db) {
  const applied = async (trx: Db, now: Instant): Promise<Retained[]> => {
    const all: Retained[] = [];
    for (const { remove, ...rule } of rules) {
      const before = asInstant(Date.parse(now) - rule.days * DAY_MS);
      all.push({ ...rule, past: await remove(trx, before, now) });
    }
    return all;
  };

  return {
    /** Removes what is past its time; all of it or, when something fails, nothing. Again changes nothing. */
    apply: (now: Instant): Promise<Retained[]> => db.transaction().execute((trx) => applied(trx, now)),

    /** What `apply` would do: it is done, counted and undone, so that the two can never differ. */
    foresee: (now: Instant): Promise<Retained[]> => undone(db, (trx) => applied(trx, now)),
  };
}
