/** Answers to API requests that carried an idempotency key, so that the same request twice is answered as it was the first time. */
import type { Instant } from '../domain/ids.ts';
import type { Db } from './schema.ts';

/** Whose key it is, and of what request: `request` is the SHA-256 of what was asked. */
export interface ReceiptKey {
  account: string;
  key: string;
  request: string;
}

export interface ApiAnswer {
  /** HTTP. */
  status: number;
  body: string;
}

/** `new`: it is this request's to answer; `other`: the key belongs to another request; `running`: the first one has no answer yet. */
export type Begun = { is: 'new' } | { is: 'other' } | { is: 'running' } | { is: 'answered'; answer: ApiAnswer };

export type ApiReceiptsStore = ReturnType<typeof createApiReceipts>;

/** No request lasts so long: what has no answer by then lost its process, and whoever asks again may answer it. */
const ABANDONED_MS = 60_000;

export function createApiReceipts(db: Db, now: () => Instant) {
  const of = ({ account, key }: ReceiptKey) =>
    db.selectFrom('api_receipts').selectAll().where('account_id', '=', account).where('key', '=', key);

  return {
    /** Takes a key for a request, or says what became of it. Of two who come at once one is `new`. */
    async begin(asked: ReceiptKey): Promise<Begun> {
      const at = now();
      const { account, key, request } = asked;
      const added = await db
        .insertInto('api_receipts')
        .values({ account_id: account, key, request, status: 0, body: '', created_at: at })
        .onConflict((conflict) => conflict.columns(['account_id', 'key']).doNothing())
        .executeTakeFirst();
      if ((added.numInsertedOrUpdatedRows ?? 0n) > 0n) return { is: 'new' };
      const known = await of(asked).executeTakeFirst();
      if (known === undefined) return { is: 'running' };
      if (known.request !== request) return { is: 'other' };
      if (known.status !== 0) return { is: 'answered', answer: { status: known.status, body: known.body } };
      if (Date.parse(at) - Date.parse(known.created_at) < ABANDONED_MS) return { is: 'running' };
      const taken = await db
        .updateTable('api_receipts')
        .set({ created_at: at })
        .where('account_id', '=', account)
        .where('key', '=', key)
        .where('status', '=', 0)
        .where('created_at', '=', known.created_at)
        .executeTakeFirst();
      return taken.numUpdatedRows > 0n ? { is: 'new' } : { is: 'running' };
    },

    /** Keeps the answer to a request that was `new`. */
    async answer({ account, key }: ReceiptKey, { status, body }: ApiAnswer): Promise<void> {
      await db
        .updateTable('api_receipts')
        .set({ status, body })
        .where('account_id', '=', account)
        .where('key', '=', key)
        .execute();
    },

    /** Gives a key back: nothing is known to have come of the request, which may be asked again. */
    async forget({ account, key }: ReceiptKey): Promise<void> {
      await db.deleteFrom('api_receipts').where('account_id', '=', account).where('key', '=', key).execute();
    },

    /** Removes what was asked before a moment; returns how many. */
    async removeBefore(moment: Instant): Promise<number> {
      const gone = await db.deleteFrom('api_receipts').where('created_at', '<', moment).executeTakeFirst();
      return Number(gone.numDeletedRows);
    },
  };
}
