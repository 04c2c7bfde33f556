/** SQLite through Node's own `node:sqlite`: one file, no native build. The only file that knows SQLite. */
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import {
  CompiledQuery,
  SqliteAdapter,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type SqliteDatabase,
} from 'kysely';
import { StoreError } from './errors.ts';

const busyTimeoutMs = 5000;

/** Kysely expects the calls of better-sqlite3; node:sqlite differs in how parameters are passed. */
function adapt(database: DatabaseSync): SqliteDatabase {
  return {
    close: () => database.close(),
    prepare: (sql) => {
      const statement = database.prepare(sql);
      const values = (parameters: readonly unknown[]): SQLInputValue[] => parameters.map(asInput);
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...values(parameters)),
        run: (parameters) => statement.run(...values(parameters)),
        iterate: (parameters) => statement.iterate(...values(parameters)),
      };
    },
  };
}

function asInput(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
    return value;
  if (value instanceof Uint8Array) return value;
  throw new TypeError(`The store holds text, numbers and bytes, not ${typeof value}`);
}

/** A transaction takes the write lock at once: one that reads first and writes later could not wait for its turn. */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

/** SQLite does roll back changes of the schema, so two processes can migrate at once: the second waits and finds it done. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** The driver for a file, or for `:memory:`. Throws `database-not-writable`. */
export function sqliteDialect(file: string): Dialect {
  return {
    createAdapter: () => new TransactionalAdapter(),
    createDriver: () => new ImmediateDriver({ database: async () => adapt(await open(file)) }),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
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
