/** A store held at one moment, to be copied while others write on; and a new store made of such a copy. */
import { StoreError } from '../errors.ts';
import { holdPostgresStore, restorePostgres } from './postgres.ts';
import { checkSqlite, holdSqliteStore } from './sqlite.ts';

/** A database as it was at one moment. Whoever holds it releases it. */
export interface HeldMoment {
  /** Writes it into a new file. */
  copyTo: (file: string) => Promise<void>;
  release: () => Promise<void>;
}

/** What it holds, so that who restores it can see that all is there. */
export interface Contents {
  /** The newest change of the schema. */
  migration: string;
  paths: number;
  events: number;
}

export interface HeldStore<Held> extends HeldMoment {
  contents: Contents;
  /** What `meanwhile` gave. */
  held: Held;
}

export const isPostgres = (location: string): boolean => /^postgres(ql)?:\/\//i.test(location);

/**
 * Holds the store as it is now. For some milliseconds nobody can write to it, and in these `meanwhile` runs: what it holds belongs to
 * the same moment. Throws `copy-failed`.
 */
export function holdStore<Held>(location: string, meanwhile: () => Held): Promise<HeldStore<Held>> {
  return saidPlainly(() =>
    isPostgres(location) ? holdPostgresStore(location, meanwhile) : holdSqliteStore(location, meanwhile),
  );
}

/** Makes the empty place hold what the copy does. A SQLite store is its copy, in a file of its own. Throws `copy-failed`. */
export function restoreStore(location: string, copy: string): Promise<void> {
  return saidPlainly(async () => {
    if (isPostgres(location)) await restorePostgres(location, copy);
    else checkSqlite(copy);
  });
}

async function saidPlainly<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw new StoreError('copy-failed', error instanceof Error ? error.message : String(error), { cause: error });
  }
}
