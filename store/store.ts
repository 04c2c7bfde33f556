/** The dossier store: people, the permanent record and the mail ledger, and what is derived from them. */
import { HandleEmptyInListsPlugin, Kysely, replaceWithNoncontingentExpression, sql } from 'kysely';
import { asInstant, type Instant } from '../domain/ids.ts';
import { createAccounts, type AccountsStore } from './accounts.ts';
import { createApiReceipts, type ApiReceiptsStore } from './api-receipts.ts';
import { createApiTokens, type ApiTokensStore } from './api-tokens.ts';
import { createCalls, type CallsStore } from './calls.ts';
import { createChecklist, type ChecklistStore } from './checklist.ts';
import { createDocuments, type DocumentsStore } from './documents.ts';
import type { Database } from './database.ts';
import { StoreError } from './errors.ts';
import { createEvents, type EventsStore } from './events.ts';
import { createFigures, type FiguresStore } from './figures.ts';
import { createHealth, type HealthStore } from './health.ts';
import { createIdentities, type IdentitiesStore } from './identities.ts';
import { createInboundMails, type InboundMailsStore } from './inbound-mails.ts';
import { createLedger, type LedgerStore } from './ledger.ts';
import { createLinkCodes, type LinkCodesStore } from './link-codes.ts';
import { latestMigration, migrate } from './migrations.ts';
import { createNotes, type NotesStore } from './notes.ts';
import { createOverview, type OverviewStore } from './overview.ts';
import { createPace, type PaceStore } from './pace.ts';
import { createPaths, type PathsStore } from './paths.ts';
import { createPeople, type PeopleStore } from './people.ts';
import { createPersons, type PersonsStore } from './persons.ts';
import { createRegionShares, type RegionSharesStore } from './region-shares.ts';
import { postgres } from './postgres.ts';
import type { Db, Tables } from './schema.ts';
import { createRetention, type RetentionStore } from './retention.ts';
import { createSettings, type SettingsStore } from './settings.ts';
import { createSnapshots, type SnapshotsStore } from './snapshots.ts';
import { sqlite } from './sqlite.ts';
import { createWritten, type WrittenStore } from './written.ts';
import { createStartDrafts, type StartDraftsStore } from './start-drafts.ts';

export interface Store {
  db: Db;
  paths: PathsStore;
  people: PeopleStore;
  events: EventsStore;
  snapshots: SnapshotsStore;
  overview: OverviewStore;
  ledger: LedgerStore;
  pace: PaceStore;
  inbound: InboundMailsStore;
  documents: DocumentsStore;
  checklist: ChecklistStore;
  written: WrittenStore;
  linkCodes: LinkCodesStore;
  accounts: AccountsStore;
  calls: CallsStore;
  settings: SettingsStore;
  apiTokens: ApiTokensStore;
  apiReceipts: ApiReceiptsStore;
  identities: IdentitiesStore;
  notes: NotesStore;
  regionShares: RegionSharesStore;
  startDrafts: StartDraftsStore;
  persons: PersonsStore;
  retention: RetentionStore;
  health: HealthStore;
  figures: FiguresStore;
  /** Resolves when the database answers. */
  ping(): Promise<void>;
  /** What time it is on the server of the store, in milliseconds since 1970; undefined where it is this machine. */
  serverMoment(): Promise<number | undefined>;
  /** Whether an error says that the database cannot be reached now, and nothing about what was asked of it. */
  isAway(error: unknown): boolean;
  /** What holds the store, for who looks after it. */
  about(): Promise<About>;
  close(): Promise<void>;
}

export interface About {
  /** Without a password. */
  location: string;
  /** Name and version. */
  engine: string;
  /** The newest change of the schema that it has. */
  migration: string;
}

export interface StoreOptions {
  /** For tests: the clock of created_at and of expiry. */
  now?: () => Instant;
  /** How many connections this process may have to a PostgreSQL server. */
  poolSize?: number;
  /** For tests: how long a PostgreSQL server may say nothing, in milliseconds. */
  silenceMs?: number;
}

const POOL_SIZE = 10;

/**
 * Opens the store, and brings its schema up to date.
 * @param location the path of a SQLite file (made when absent), `:memory:`, or a `postgres://` address
 * Throws StoreErrors: `database-not-supported`, `database-not-writable`, `database-not-reachable`, `migration-failed`.
 */
export async function openStore(location: string, options: StoreOptions = {}): Promise<Store> {
  const now = options.now ?? ((): Instant => asInstant(Date.now()));
  const database = databaseAt(location, options);
  // PostgreSQL refuses an empty list, SQLite finds nothing in it: nothing is in it, on both.
  const emptyLists = new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression });
  const db = new Kysely<Tables>({ dialect: database.dialect, plugins: [emptyLists] });
  try {
    await database.check(db);
    await migrateOn(database, db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return {
    db,
    paths: createPaths(db),
    people: createPeople(db, now),
    events: createEvents(db),
    snapshots: createSnapshots(db),
    overview: createOverview(db),
    ledger: createLedger(db),
    pace: createPace(db),
    inbound: createInboundMails(db),
    documents: createDocuments(db, now),
    checklist: createChecklist(db, now),
    written: createWritten(db),
    linkCodes: createLinkCodes(db),
    accounts: createAccounts(db, now),
    calls: createCalls(db, now),
    settings: createSettings(db),
    apiTokens: createApiTokens(db, now),
    apiReceipts: createApiReceipts(db, now),
    identities: createIdentities(db, now),
    notes: createNotes(db, now),
    regionShares: createRegionShares(db, now),
    startDrafts: createStartDrafts(db, now),
    persons: createPersons(db),
    retention: createRetention(db),
    health: createHealth(db),
    figures: createFigures(db),
    ping: async () => {
      await sql`select 1`.execute(db);
    },
    serverMoment: () => database.moment?.(db) ?? Promise.resolve(undefined),
    isAway: (error) => database.isAway(error),
    about: async () => ({
      location: database.shown,
      engine: await database.engine(db),
      migration: await latestMigration(db),
    }),
    close: () => db.destroy(),
  };
}

/** A change of the schema, or who waits for that of another process, may take long without a word. */
async function migrateOn({ patientDialect }: Database, db: Db): Promise<void> {
  if (patientDialect === undefined) return migrate(db);
  const patient = new Kysely<Tables>({ dialect: patientDialect });
  try {
    await migrate(patient);
  } finally {
    await patient.destroy();
  }
}

function databaseAt(location: string, { poolSize = POOL_SIZE, silenceMs }: StoreOptions): Database {
  if (/^postgres(ql)?:\/\//i.test(location)) return postgres(location, poolSize, silenceMs);
  const [, scheme] = /^([a-z][a-z0-9+]+):\/\//i.exec(location) ?? [];
  if (scheme !== undefined)
    throw new StoreError('database-not-supported', `The store is kept in SQLite or PostgreSQL, not in ${scheme}`);
  return sqlite(location);
}
