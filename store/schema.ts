/**
 * The tables, as queries see them. Text, integers and bytes only, so that the same queries run on SQLite and PostgreSQL.
 * Instants are ISO 8601 in UTC, days `YYYY-MM-DD`; both sort as text. JSON is text.
 */
import type { Kysely } from 'kysely';

/** Facts of a path that were given at its start and never change. */
export interface PathsTable {
  path_id: string;
  partnership: string;
  reference_region: string;
  created_at: string;
}

export interface PeopleTable {
  id: string;
  path_id: string;
  /** Empty for who coordinates the path. */
  party: string;
  role: string;
  name: string;
  /** Empty when unknown. */
  email: string;
  function: string;
  /** As it was given; empty when unknown. */
  phone: string;
  /** What makes two entries the same person; see people.ts. */
  identity: string;
  created_at: string;
}

export interface PersonNumbersTable {
  path_id: string;
  last: number;
}

export interface EventsTable {
  path_id: string;
  seq: number;
  at: string;
  type: string;
  actor: string;
  data: string;
}

export interface SnapshotsTable {
  path_id: string;
  seq: number;
  state: string;
}

export interface LedgerTable {
  message_id: string;
  message_key: string;
  /** Empty for mails that belong to no path. */
  path_id: string;
  person_id: string;
  kind: string;
  day: string;
  subject: string;
  /** The address at the moment of sending. */
  address: string;
  outcome: string;
  attempts: number;
  first_at: string;
  accepted_at: string | null;
  /** What the mail server said last. */
  response: string;
}

/** What became of a message, fact by fact, oldest first; the ledger holds the sum of them. */
export interface MailFactsTable {
  message_id: string;
  /** From 1, per message. */
  seq: number;
  at: string;
  fact: string;
  /** Stable, for machines: an SMTP reply or enhanced status code, or a word of ours. */
  code: string;
  /** The server's words. */
  detail: string;
}

/** What came in by mail: bounces, delays, automatic replies, people's answers. */
export interface InboundMailsTable {
  /** The SHA-256 of the mail as it came, so that the same one is taken once. */
  id: string;
  received_at: string;
  kind: string;
  /** The message of ours that it is about. */
  message_id: string;
  /** Empty when that mail belongs to no path. */
  path_id: string;
  person_id: string;
  sender: string;
  subject: string;
  /** The beginning of what it says, as plain text. */
  excerpt: string;
  code: string;
}

/** Files of a path: drafts, their templates and attachments, evidence. Never changed: a new version is a new row. */
export interface DocumentsTable {
  id: string;
  path_id: string;
  kind: string;
  /** Empty when it belongs to no decision. */
  decision: string;
  /** Empty when it is for every party. */
  party: string;
  /** From 1, per path, kind, decision, party and name. */
  version: number;
  /** Of the text that it goes with; 0 when with none. */
  text_version: number;
  name: string;
  media_type: string;
  size: number;
  sha256: string;
  /** A person or an account. */
  created_by: string;
  created_at: string;
}

/** The bytes of documents; the same bytes once. */
export interface DocumentContentsTable {
  sha256: string;
  content: Uint8Array;
}

/** Short codes that can be typed instead of following a link; only their hash is kept. */
export interface LinkCodesTable {
  hash: string;
  /** The key from which it was made. */
  key_id: string;
  path_id: string;
  party: string;
  person_id: string;
  generation: number;
  expires: string;
}

/** When the next mail of all paths together may leave. */
export interface MailPaceTable {
  name: string;
  /** Milliseconds since 1970. */
  next_at: number;
}

/** One row per path, derived from its snapshot. */
export interface OverviewTable {
  path_id: string;
  seq: number;
  partnership: string;
  reference_region: string;
  definition: string;
  definition_version: number;
  round: string;
  round_version: number;
  round_status: string;
  route: string | null;
  status: string;
  coordinator: string;
  parties: number;
  steps_done: number;
  steps_open: number;
  steps: number;
  current_steps: string;
  asks: number;
  asks_approved: number;
  asks_waiting: number;
  asks_held: number;
  undelivered: number;
  started_at: string;
  updated_at: string;
}

export interface AccountsTable {
  id: string;
  role: string;
  email: string;
  name: string;
  created_at: string;
}

export interface SignInTokensTable {
  hash: string;
  account_id: string;
  expires_at: string;
  used_at: string | null;
  /** The hash of a secret of the browser that asked for it; empty when it opens for whoever has it. */
  asked_by: string;
}

export interface WebSessionsTable {
  hash: string;
  account_id: string;
  created_at: string;
  expires_at: string;
  /** What the browser calls itself, shortened; empty when it says nothing. */
  agent: string;
}

/** Who an account is at an identity provider (OpenID Connect). */
export interface AccountIdentitiesTable {
  issuer: string;
  subject: string;
  account_id: string;
  created_at: string;
}

/** The regions of a consultant, which come first, or of a reader, who sees no others. */
export interface AccountRegionsTable {
  account_id: string;
  path_id: string;
}

/** For programs; only the hash is kept. */
export interface ApiTokensTable {
  id: string;
  hash: string;
  account_id: string;
  name: string;
  /** At most what the account may do. */
  role: string;
  created_at: string;
  expires_at: string;
  last_used_at: string | null;
}

/** What somebody chose for themselves; without a row everything is as by default. */
export interface AccountSettingsTable {
  account_id: string;
  /** Goes up when the private address of the calendar is renewed. */
  feed_generation: number;
  /** 1 (Monday) to 7; 0 when no digest is wanted. */
  digest_weekday: number;
  /** The local day of the last digest; empty before the first. */
  digest_sent_on: string;
}

/** What people who follow a path wrote down about it; none of it reaches the path itself. */
export interface NotesTable {
  id: string;
  path_id: string;
  /** Empty when it is about the whole path. */
  party: string;
  account_id: string;
  /** The name of the account when it was written. */
  author: string;
  /** web or api. */
  via: string;
  text: string;
  created_at: string;
  removed_at: string | null;
}

/** A telephone call: what became of it, and what comes next. */
export interface CallsTable {
  id: string;
  path_id: string;
  /** Empty when it is about the whole path. */
  party: string;
  /** Whom: empty when unknown. */
  person_id: string;
  /** What it was about: keys of concerns (domain/standing.ts), with a space between. */
  concern: string;
  account_id: string;
  author: string;
  /** web or api. */
  via: string;
  outcome: string;
  note: string;
  next_action: string;
  /** A day; empty when nothing comes next. */
  next_on: string;
  created_at: string;
}

/** The page of a region for who has its address: without personal data. */
export interface RegionSharesTable {
  path_id: string;
  generation: number;
  /** 1 when the page can be read. */
  is_open: number;
  changed_by: string;
  changed_at: string;
}

/** A path that is being prepared and has not started. */
export interface StartDraftsTable {
  id: string;
  account_id: string;
  /** JSON. */
  content: string;
  created_at: string;
  updated_at: string;
  /** The path that it became. */
  started_as: string | null;
}

/** What has to be arranged before handing in, as ticked by a person. */
export interface ChecklistTable {
  path_id: string;
  item: string;
  done_by: string;
  done_at: string;
}

/** The answers to API requests that carried an idempotency key. */
export interface ApiReceiptsTable {
  account_id: string;
  key: string;
  /** The SHA-256 of what was asked. */
  request: string;
  /** HTTP; 0 as long as there is no answer. */
  status: number;
  body: string;
  created_at: string;
}

/** How a part of the system fares, for /readyz: written by who uses it, read by who reports it. */
export interface HealthTable {
  /** A clock has a row for each machine: `worker-clock/MACHINE`. */
  component: string;
  /** 1 when it works. */
  ok: number;
  code: string;
  detail: string;
  /** Since when it is so. */
  since: string;
  checked_at: string;
}

export interface Tables {
  paths: PathsTable;
  people: PeopleTable;
  person_numbers: PersonNumbersTable;
  events: EventsTable;
  snapshots: SnapshotsTable;
  ledger: LedgerTable;
  mail_facts: MailFactsTable;
  inbound_mails: InboundMailsTable;
  documents: DocumentsTable;
  document_contents: DocumentContentsTable;
  link_codes: LinkCodesTable;
  mail_pace: MailPaceTable;
  overview: OverviewTable;
  accounts: AccountsTable;
  sign_in_tokens: SignInTokensTable;
  web_sessions: WebSessionsTable;
  account_identities: AccountIdentitiesTable;
  account_regions: AccountRegionsTable;
  account_settings: AccountSettingsTable;
  api_tokens: ApiTokensTable;
  api_receipts: ApiReceiptsTable;
  notes: NotesTable;
  calls: CallsTable;
  region_shares: RegionSharesTable;
  start_drafts: StartDraftsTable;
  checklist: ChecklistTable;
  health: HealthTable;
}

/** A database or a transaction in it. */
export type Db = Kysely<Tables>;
