/**
 * The schema and its changes. A migration that was released is never edited; the next one is added below it.
 * Columns are `text`, `integer` (64 bits) or `blob`; postgres.ts knows what PostgreSQL calls them.
 */
import { type CreateTableBuilder, Migrator, type Migration, sql } from 'kysely';
import { StoreError } from './errors.ts';
import type { Db } from './schema.ts';

const migrations: Record<string, Migration> = {
  '0001-dossiers': {
    async up(db: Db) {
      await people(db);
      await record(db);
      await mail(db);
      await accounts(db);
    },
  },
  '0002-mail-and-documents': {
    async up(db: Db) {
      await mailFacts(db);
      await documents(db);
      await linkCodes(db);
      await db.schema
        .alterTable('people')
        .addColumn('phone', 'text', (c) => c.notNull().defaultTo(''))
        .execute();
    },
  },
  '0003-desks': {
    async up(db: Db) {
      await desks(db);
    },
  },
};

/**
 * Brings the schema up to date. Safe when several processes do it at once. One that a newer release has brought further stays as it is:
 * migrations only add what an older release can go on without (docs/releases.md). Throws `migration-failed`.
 */
export async function migrate(db: Db): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const { error, results } = await migrator.migrateToLatest();
  if (error === undefined || (await isOfNewerRelease(db))) return;
  if (error instanceof StoreError) throw error;
  const failed = results?.find((result) => result.status === 'Error')?.migrationName;
  const where = failed === undefined ? 'The store cannot be brought up to date' : `Migration ${failed} failed`;
  throw new StoreError(
    'migration-failed',
    `${where}: ${error instanceof Error ? error.message : 'for an unknown reason'}`,
    { cause: error },
  );
}

/** It has everything that this release knows, and more. */
async function isOfNewerRelease(db: Db): Promise<boolean> {
  const known = Object.keys(migrations);
  try {
    const executed = await executedMigrations(db).orderBy('name').execute();
    return executed.length > known.length && known.every((name, index) => executed[index]?.name === name);
  } catch {
    return false;
  }
}

const executedMigrations = (db: Db) =>
  db.withTables<{ kysely_migration: { name: string } }>().selectFrom('kysely_migration').select('name');

/** The name of the newest change that the database has. */
export async function latestMigration(db: Db): Promise<string> {
  const row = await executedMigrations(db).orderBy('name', 'desc').executeTakeFirst();
  return row?.name ?? '';
}

async function people(db: Db): Promise<void> {
  await db.schema
    .createTable('paths')
    .addColumn('path_id', 'text', (c) => c.primaryKey())
    .addColumn('partnership', 'text', (c) => c.notNull())
    .addColumn('reference_region', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('people')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('path_id', 'text', (c) => c.notNull())
    .addColumn('party', 'text', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('email', 'text', (c) => c.notNull())
    .addColumn('function', 'text', (c) => c.notNull())
    .addColumn('identity', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addUniqueConstraint('people_identity', ['path_id', 'party', 'identity'])
    .execute();
  await db.schema.createIndex('people_email').on('people').column('email').execute();
  await db.schema
    .createTable('person_numbers')
    .addColumn('path_id', 'text', (c) => c.primaryKey())
    .addColumn('last', 'integer', (c) => c.notNull())
    .execute();
}

async function record(db: Db): Promise<void> {
  await db.schema
    .createTable('events')
    .addColumn('path_id', 'text', (c) => c.notNull())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('data', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('events_key', ['path_id', 'seq'])
    .execute();
  await db.schema
    .createTable('snapshots')
    .addColumn('path_id', 'text', (c) => c.primaryKey())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .execute();
  let overview = db.schema.createTable('overview').addColumn('path_id', 'text', (c) => c.primaryKey());
  const texts = [
    'partnership',
    'reference_region',
    'definition',
    'round',
    'round_status',
    'status',
    'coordinator',
  ] as const;
  const numbers = ['seq', 'definition_version', 'round_version', 'parties', 'undelivered'] as const;
  const counts = ['steps_done', 'steps_open', 'steps', 'asks', 'asks_approved', 'asks_waiting', 'asks_held'] as const;
  for (const column of texts) overview = overview.addColumn(column, 'text', (c) => c.notNull());
  for (const column of [...numbers, ...counts]) overview = overview.addColumn(column, 'integer', (c) => c.notNull());
  for (const column of ['current_steps', 'started_at', 'updated_at'] as const)
    overview = overview.addColumn(column, 'text', (c) => c.notNull());
  await overview.addColumn('route', 'text').execute();
}

async function mail(db: Db): Promise<void> {
  let ledger = db.schema.createTable('ledger').addColumn('message_id', 'text', (c) => c.primaryKey());
  const texts = [
    'message_key',
    'path_id',
    'person_id',
    'kind',
    'day',
    'subject',
    'address',
    'outcome',
    'first_at',
  ] as const;
  for (const column of texts) ledger = ledger.addColumn(column, 'text', (c) => c.notNull());
  await ledger
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('accepted_at', 'text')
    .addColumn('response', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('ledger_path').on('ledger').columns(['path_id', 'first_at']).execute();
  await db.schema
    .createTable('health')
    .addColumn('component', 'text', (c) => c.primaryKey())
    .addColumn('ok', 'integer', (c) => c.notNull())
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('detail', 'text', (c) => c.notNull())
    .addColumn('since', 'text', (c) => c.notNull())
    .addColumn('checked_at', 'text', (c) => c.notNull())
    .execute();
}

async function accounts(db: Db): Promise<void> {
  await db.schema
    .createTable('accounts')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('email', 'text', (c) => c.notNull().unique())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('sign_in_tokens')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .addColumn('used_at', 'text')
    .execute();
  await db.schema
    .createTable('web_sessions')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .execute();
}

type Column = 'text' | 'integer';

async function table(db: Db, name: string, columns: Record<string, Column>, key: string[]): Promise<void> {
  let next = db.schema.createTable(name) as CreateTableBuilder<string, string>;
  for (const [column, type] of Object.entries(columns)) next = next.addColumn(column, type, (c) => c.notNull());
  await next.addPrimaryKeyConstraint(`${name}_key`, key).execute();
}

const texts = (...names: string[]): Record<string, Column> => Object.fromEntries(names.map((name) => [name, 'text']));

async function mailFacts(db: Db): Promise<void> {
  const facts = { ...texts('message_id', 'at', 'fact', 'code', 'detail'), seq: 'integer' } as const;
  await table(db, 'mail_facts', facts, ['message_id', 'seq']);
  const number = sql`substr(message_id, 2, 40)`;
  await db.schema.createIndex('ledger_number').on('ledger').expression(number).execute();
  const inbound = ['id', 'received_at', 'kind', 'message_id', 'path_id', 'person_id', 'sender', 'subject'];
  await table(db, 'inbound_mails', texts(...inbound, 'excerpt', 'code'), ['id']);
  await db.schema.createIndex('inbound_mails_path').on('inbound_mails').columns(['path_id', 'received_at']).execute();
  await table(db, 'mail_pace', { name: 'text', next_at: 'integer' }, ['name']);
}

async function documents(db: Db): Promise<void> {
  const names = [
    'id',
    'path_id',
    'kind',
    'decision',
    'party',
    'name',
    'media_type',
    'sha256',
    'created_by',
    'created_at',
  ];
  const numbers = { version: 'integer', text_version: 'integer', size: 'integer' } as const;
  await table(db, 'documents', { ...texts(...names), ...numbers }, ['id']);
  const identity = ['path_id', 'kind', 'decision', 'party', 'name', 'version'];
  await db.schema.createIndex('documents_version').on('documents').columns(identity).unique().execute();
  await db.schema
    .createTable('document_contents')
    .addColumn('sha256', 'text', (c) => c.primaryKey())
    .addColumn('content', 'blob', (c) => c.notNull())
    .execute();
}

async function linkCodes(db: Db): Promise<void> {
  const names = texts('hash', 'key_id', 'path_id', 'party', 'person_id', 'expires');
  await table(db, 'link_codes', { ...names, generation: 'integer' }, ['hash']);
}

/** What people with an account need: their regions, settings and tokens, and what they write down. */
async function desks(db: Db): Promise<void> {
  await db.schema
    .alterTable('web_sessions')
    .addColumn('agent', 'text', (c) => c.notNull().defaultTo(''))
    .execute();
  await db.schema
    .alterTable('sign_in_tokens')
    .addColumn('asked_by', 'text', (c) => c.notNull().defaultTo(''))
    .execute();
  await db.schema.createIndex('events_at').on('events').column('at').execute();
  await ofAccount(db, 'account_identities', texts('issuer', 'subject', 'created_at'), ['issuer', 'subject']);
  await ofAccount(db, 'account_regions', texts('path_id'), ['account_id', 'path_id']);
  const settings = { feed_generation: 'integer', digest_weekday: 'integer', digest_sent_on: 'text' } as const;
  await ofAccount(db, 'account_settings', settings, ['account_id']);
  await ofAccount(db, 'api_tokens', texts('id', 'hash', 'name', 'role', 'created_at', 'expires_at'), ['id']);
  await db.schema.alterTable('api_tokens').addColumn('last_used_at', 'text').execute();
  await db.schema.createIndex('api_tokens_hash').on('api_tokens').column('hash').unique().execute();
  const receipt = { ...texts('key', 'request', 'body', 'created_at'), status: 'integer' } as const;
  await ofAccount(db, 'api_receipts', receipt, ['account_id', 'key']);
  const written = ['id', 'path_id', 'party', 'account_id', 'author', 'via', 'created_at'];
  await table(db, 'notes', texts(...written, 'text'), ['id']);
  await db.schema.alterTable('notes').addColumn('removed_at', 'text').execute();
  const call = ['person_id', 'concern', 'outcome', 'note', 'next_action', 'next_on'];
  await table(db, 'calls', texts(...written, ...call), ['id']);
  for (const name of ['notes', 'calls'])
    await db.schema.createIndex(`${name}_path`).on(name).columns(['path_id', 'created_at']).execute();
  const share = { ...texts('path_id', 'changed_by', 'changed_at'), generation: 'integer', is_open: 'integer' } as const;
  await table(db, 'region_shares', share, ['path_id']);
  await ofAccount(db, 'start_drafts', texts('id', 'content', 'created_at', 'updated_at'), ['id']);
  await db.schema.alterTable('start_drafts').addColumn('started_as', 'text').execute();
  await table(db, 'checklist', texts('path_id', 'item', 'done_by', 'done_at'), ['path_id', 'item']);
}

/** A table whose rows go when their account is removed. */
async function ofAccount(db: Db, name: string, columns: Record<string, Column>, key: string[]): Promise<void> {
  let next = db.schema
    .createTable(name)
    .addColumn('account_id', 'text', (c) =>
      c.notNull().references('accounts.id').onDelete('cascade'),
    ) as CreateTableBuilder<string, string>;
  for (const [column, type] of Object.entries(columns)) next = next.addColumn(column, type, (c) => c.notNull());
  await next.addPrimaryKeyConstraint(`${name}_key`, key).execute();
}
