/** What differs between the databases that can hold the store: sqlite.ts and postgres.ts know one each, and nothing else knows any. */
import type { Dialect, DialectAdapter } from 'kysely';
import type { Db } from './schema.ts';

export interface Database {
  /** Where it is, without a password: fit for a terminal and a log. */
  shown: string;
  dialect: Dialect;
  /** The same with connections on which a question may take as long as it does; absent where any connection lets it. */
  patientDialect?: Dialect;
  /** Resolves when the server can be used as a store. Throws `database-not-reachable` or `database-not-supported`. */
  check(db: Db): Promise<void>;
  /** Its name and version. */
  engine(db: Db): Promise<string>;
  /** What time it is on its server, in milliseconds since 1970; absent where it is this machine. */
  moment?(db: Db): Promise<number>;
  /** Whether an error says that the server cannot be reached now, and nothing about what was asked of it. */
  isAway(error: unknown): boolean;
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
    await holdSubject(trx, subject);
    return work(trx);
  });
}

/** The same for one more subject, within a transaction that has begun. */
export const holdSubject = (trx: Db, subject: string): Promise<void> =>
  // Both drivers of the store bring one.
  (trx.getExecutor().adapter as StoreAdapter).lockSubject(trx, subject);

/** Does work in a transaction and undoes it: what a dry run says can then not differ from what happens. */
export async function undone<Result>(db: Db, work: (trx: Db) => Promise<Result>): Promise<Result> {
  let result: { is: Result } | undefined;
  const undo = new Error('undone');
  try {
    await db.transaction().execute(async (trx) => {
      result = { is: await work(trx) };
      throw undo;
    });
  } catch (error) {
    if (error !== undo) throw error;
  }
  if (result === undefined) throw undo;
  return result.is;
}
