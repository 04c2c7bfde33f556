/** SQLite through Node's own `node:sqlite`: one file, no native build. The only file that knows SQLite. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  CompiledQuery,
  SqliteAdapter,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
  type DatabaseConnection,
  type SqliteDatabase,
} from 'kysely';
import type { Database, StoreAdapter } from './database.ts';
import { StoreError } from './errors.ts';
import { storable, type Storable } from './values.ts';

const busyTimeoutMs = 5000;

/** Kysely expects the calls of better-sqlite3; node:sqlite differs in how parameters are passed. */
function adapt(database: DatabaseSync): SqliteDatabase {
  return {
    close: () => database.close(),
    prepare: (sql) => {
      const statement = database.prepare(sql);
      const values = (parameters: readonly unknown[]): Storable[] => parameters.map(storable);
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...values(parameters)),
        run: (parameters) => statement.run(...values(parameters)),
        iterate: (parameters) => statement.iterate(...values(parameters)),
      };
    },
  };
}

/** A transaction takes the write lock at once: one that reads first and writes later could not wait for its turn. */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

/** SQLite does roll back changes of the schema, so two processes can migrate at once: the second waits and finds it done. */
class TransactionalAdapter extends SqliteAdapter implements StoreAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }

  /** A transaction has the whole database for itself. */
  lockSubject(): Promise<void> {
    return Promise.resolve();
  }
}

/** The driver for a file, which is made when it is not there, or for `:memory:`. Throws `database-not-writable`. */
export function sqlite(file: string): Database {
  if (file !== ':memory:') makeFolderOf(file);
  return {
    shown: file,
    dialect: {
      createAdapter: () => new TransactionalAdapter(),
      createDriver: () => new ImmediateDriver({ database: async () => adapt(await open(file)) }),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
    check: () => Promise.resolve(),
    engine: async (db) => {
      const { rows } = await sql<{ version: string }>`select sqlite_version() as version`.execute(db);
      return `SQLite ${rows[0]?.version ?? ''}`;
    },
    isAway: () => false,
  };
}

function makeFolderOf(file: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new StoreError('database-not-writable', `Cannot make the folder of ${file}: ${String(error)}`, {
      cause: error,
    });
  }
}

async function open(file: string): Promise<DatabaseSync> {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { timeout: busyTimeoutMs, enableForeignKeyConstraints: true });
    await inWalMode(database);
    database.exec('pragma synchronous = full');
    return database;
  } catch (error) {
    database?.close();
    throw new StoreError('database-not-writable', `Cannot open the store ${file}: ${String(error)}`, { cause: error });
  }
}

/** Changing the journal mode does not wait for other processes by itself. */
async function inWalMode(database: DatabaseSync): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      database.exec('pragma journal_mode = wal');
      return;
    } catch (error) {
      if (attempt === 50 || !String(error).includes('locked')) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
