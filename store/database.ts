/** What differs between the databases that can hold the store: sqlite.ts and postgres.ts know one each, and nothing else knows any. */
import type { Dialect, DialectAdapter } from 'kysely';
import type { Db } from './schema.ts';

export interface Database {
  /** Where it is, without a password: fit for a terminal and a log. */
  shown: string;
  dialect: Dialect;
  /** Resolves when the server can be used as a store. Throws `database-not-reachable` or `database-not-supported`. */
  check(db: Db): Promise<void>;
  /** Its name and version. */
  engine(db: Db): Promise<string>;
}

/** Beside what kysely asks of a database. */
export interface StoreAdapter extends DialectAdapter {
  /** Waits, inside a transaction, until nobody else holds the subject; held until the end of the transaction. */
  lockSubject(trx: Db, subject: string): Promise<void>;
}

/**
 * A transaction that has a subject for itself: what it reads about it stays true until it has written. Needed wherever a number is
 * counted on from the last one, or a rule is about more than one row. Whoever changes the same subject gives the same name.
 */
export function exclusively<Result>(db: Db, subject: string, work: (trx: Db) => Promise<Result>): Promise<Result> {
  return db.transaction().execute(async (trx) => {
    // Both drivers of the store bring one.
    const adapter = trx.getExecutor().adapter as StoreAdapter;
    await adapter.lockSubject(trx, subject);
    return work(trx);
  });
}
