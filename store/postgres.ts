/** PostgreSQL through `pg`, which is loaded when it is needed. The only file that knows PostgreSQL. */
import { Socket } from 'node:net';
import {
  CompiledQuery,
  DataTypeNode,
  PostgresAdapter,
  PostgresDriver,
  PostgresIntrospector,
  PostgresQueryCompiler,
  RawNode,
  sql,
  type ColumnDefinitionNode,
  type DatabaseConnection,
  type Dialect,
  type PostgresPool,
} from 'kysely';
import type { Database, StoreAdapter } from './database.ts';
import { StoreError } from './errors.ts';
import type { Db } from './schema.ts';
import { storable } from './values.ts';

/** For a new connection, and for a free one of those that there are. */
const connectTimeoutMs = 10_000;
/** A connection on which a question waits so long while nothing comes is given up: a network may swallow what it is sent. */
const silenceMs = 20_000;
const idleTimeoutMs = 30_000;
/** A process that stopped in the middle of a transaction, while its machine lives, may hold up the others so long. */
const abandonedAfter = '60s';

/**
 * The column types of the migrations as PostgreSQL has them, alike to SQLite's: text sorts by its bytes, whatever the language of the
 * database, and an integer has 64 bits.
 */
const columnTypes: Readonly<Record<string, string>> = { text: 'text collate "C"', integer: 'bigint', blob: 'bytea' };

class StoreQueryCompiler extends PostgresQueryCompiler {
  protected override visitColumnDefinition(node: ColumnDefinitionNode): void {
    const named = DataTypeNode.is(node.dataType) ? columnTypes[node.dataType.dataType] : undefined;
    super.visitColumnDefinition(named === undefined ? node : { ...node, dataType: RawNode.createWithSql(named) });
  }

  protected override addParameter(parameter: unknown): void {
    // Kysely looks for its tables with booleans; no column of the store is one.
    super.addParameter(typeof parameter === 'boolean' ? parameter : storable(parameter));
  }
}

/** Each statement sees what was committed before it, also where a server's own default is another one: see `lockSubject`. */
class ReadCommittedDriver extends PostgresDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin isolation level read committed'));
  }
}

/** Migrations run under an advisory lock that is kysely's own. */
class LockingAdapter extends PostgresAdapter implements StoreAdapter {
  async lockSubject(trx: Db, subject: string): Promise<void> {
    await sql`select pg_advisory_xact_lock(hashtextextended(${subject}, 0))`.execute(trx);
  }
}

/**
 * The driver for a `postgres://` address.
 * @param poolSize how many connections this process may have
 * @param silence how long a server may say nothing, in milliseconds
 */
export function postgres(address: string, poolSize: number, silence = silenceMs): Database {
  const shown = withoutPassword(address);
  return {
    shown,
    dialect: dialectOf(() => openPool(address, poolSize, () => impatientSocket(silence))),
    patientDialect: dialectOf(() => openPool(address, 1, () => new Socket())),
    check: (db) => check(db, shown),
    engine: async (db) => {
      const { rows } = await sql<{ version: string }>`select current_setting('server_version') as version`.execute(db);
      return `PostgreSQL ${rows[0]?.version ?? ''}`;
    },
    moment: async (db) => {
      const { rows } = await sql<{
        ms: number;
      }>`select floor(extract(epoch from clock_timestamp()) * 1000)::bigint as ms`.execute(db);
      return rows[0]?.ms ?? Number.NaN;
    },
    isAway,
  };
}

function dialectOf(pool: () => Promise<PostgresPool>): Dialect {
  const onCreateConnection = async (connection: DatabaseConnection) => {
    await connection.executeQuery(CompiledQuery.raw(`set idle_in_transaction_session_timeout = '${abandonedAfter}'`));
  };
  return {
    createAdapter: () => new LockingAdapter(),
    createDriver: () => new ReadCommittedDriver({ pool, onCreateConnection }),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new StoreQueryCompiler(),
  };
}

async function openPool(address: string, poolSize: number, stream: () => Socket): Promise<PostgresPool> {
  const { Pool, types } = await import('pg');
  const pool = new Pool({
    connectionString: address,
    max: poolSize,
    connectionTimeoutMillis: connectTimeoutMs,
    idleTimeoutMillis: idleTimeoutMs,
    keepAlive: true,
    stream,
    application_name: 'regiopad',
    types: {
      // Numbers and counts come as numbers, and bytes as plain bytes.
      getTypeParser: (type, format) => {
        if (type === types.builtins.INT8) return Number;
        const parse = types.getTypeParser(type, format) as (text: string) => unknown;
        return type === types.builtins.BYTEA ? (text: string) => new Uint8Array(parse(text) as Buffer) : parse;
      },
    },
  });
  // A connection that breaks, while it waits or while it works, must not end the process: whoever asks next is told.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** One that waits unused is closed as well: the next question then makes a new one. */
function impatientSocket(silence: number): Socket {
  const socket = new Socket();
  return socket.setTimeout(silence, () => {
    socket.destroy(Object.assign(new Error('the database server says nothing'), { code: 'ETIMEDOUT' }));
  });
}

/** What Node says of a connection that cannot be made or broke. */
const brokenConnections = [
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
];
/** What the server says: no connection (class 08), too many of them, and that it ends, has crashed or is not ready (PostgreSQL, appendix A). */
const unwilling = /^(?:08...|53300|57P0[1-3])$/;
/** What `pg` says without a code. */
const lost = /^(?:Connection terminated|timeout exceeded|Client has encountered a connection error)/;

function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof StoreError) return error.code === 'database-not-reachable';
  const { code = '' } = error as NodeJS.ErrnoException;
  return brokenConnections.includes(code) || unwilling.test(code) || lost.test(error.message);
}

async function check(db: Db, shown: string): Promise<void> {
  let encoding: string | undefined;
  try {
    const { rows } = await sql<{ encoding: string }>`select current_setting('server_encoding') as encoding`.execute(db);
    encoding = rows[0]?.encoding;
  } catch (error) {
    throw new StoreError('database-not-reachable', `Cannot open the store ${shown}: ${whatWasWrong(error)}`, {
      cause: error,
    });
  }
  if (encoding !== 'UTF8')
    throw new StoreError(
      'database-not-supported',
      `The database ${shown} has the encoding ${encoding ?? 'unknown'}; make one with: create database … encoding 'UTF8' template template0`,
    );
}

/** Where a name has several addresses and none answers, the message is empty and the code says it. */
function whatWasWrong(error: unknown): string {
  const { message, code } = error as { message?: string; code?: string };
  return message !== undefined && message !== '' ? message : (code ?? String(error));
}

function withoutPassword(address: string): string {
  const url = new URL(address);
  url.password = url.password === '' ? '' : '***';
  if (url.searchParams.has('password')) url.searchParams.set('password', '***');
  return url.href;
}
