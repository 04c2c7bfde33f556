/** Tokens with which programs ask in the name of an account. Of a token only the hash is kept. */
import { randomUUID } from 'node:crypto';
import type { Instant } from '../domain/ids.ts';
import type { Account, AccountRole } from './accounts.ts';
import type { ApiTokensTable, Db } from './schema.ts';
import { hashOf, newToken } from './tokens.ts';

export interface ApiToken {
  id: string;
  name: string;
  role: AccountRole;
  createdAt: Instant;
  expiresAt: Instant;
  /** To the minute; undefined when it was never used. */
  lastUsedAt?: Instant;
}

export interface NewApiToken {
  /** The id of the account. */
  account: string;
  /** What its owner knows it by. */
  name: string;
  /** That of the account, or `reader`. */
  role: AccountRole;
  expiresAt: Instant;
}

export type ApiTokensStore = ReturnType<typeof createApiTokens>;

/** A program that asks ten times a second writes once a minute. */
const USE_NOTED_EVERY = 60_000;

export function createApiTokens(db: Db, now: () => Instant) {
  const noteUse = (hash: string, at: Instant) =>
    db.updateTable('api_tokens').set({ last_used_at: at }).where('hash', '=', hash).execute();

  return {
    /** A new token, `rp_…`; this is the only moment at which it can be read. */
    async create({ account, name, role, expiresAt }: NewApiToken): Promise<{ token: string; row: ApiToken }> {
      const token = `rp_${newToken()}`;
      const row = { id: randomUUID(), name, role, created_at: now(), expires_at: expiresAt, last_used_at: null };
      await db
        .insertInto('api_tokens')
        .values({ ...row, account_id: account, hash: hashOf(token) })
        .execute();
      return { token, row: fromRow(row) };
    },

    /** Whose a token is, and as what it may act now; undefined for one that is unknown, revoked or expired. Notes the use. */
    async accountOf(token: string): Promise<{ account: Account; role: AccountRole } | undefined> {
      const at = now();
      const hash = hashOf(token);
      const found = await db
        .selectFrom('api_tokens')
        .innerJoin('accounts', 'accounts.id', 'api_tokens.account_id')
        .select(['accounts.id', 'accounts.role', 'accounts.email', 'accounts.name'])
        .select(['api_tokens.role as token_role', 'api_tokens.last_used_at'])
        .where('api_tokens.hash', '=', hash)
        .where('api_tokens.expires_at', '>', at)
        .executeTakeFirst();
      if (found === undefined) return undefined;
      const { token_role, last_used_at, ...account } = found;
      if (last_used_at === null || Date.parse(at) - Date.parse(last_used_at) >= USE_NOTED_EVERY)
        await noteUse(hash, at);
      const role = account.role as AccountRole;
      return { account: { ...account, role }, role: weakest(token_role as AccountRole, role) };
    },

    /** The tokens of an account, the newest first, with those that expired. */
    async list(account: string): Promise<ApiToken[]> {
      const rows = await db
        .selectFrom('api_tokens')
        .selectAll()
        .where('account_id', '=', account)
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .execute();
      return rows.map(fromRow);
    },

    /** Ends a token of an account; false when it has no such token. */
    async revoke(account: string, id: string): Promise<boolean> {
      const gone = await db
        .deleteFrom('api_tokens')
        .where('account_id', '=', account)
        .where('id', '=', id)
        .executeTakeFirst();
      return gone.numDeletedRows > 0n;
    },
  };
}

/** A token never grows with its account, and shrinks with it: whose role became another one, reads. */
function weakest(given: AccountRole, present: AccountRole): AccountRole {
  if (given === present || present === 'administrator') return given;
  return 'reader';
}

const fromRow = (row: Omit<ApiTokensTable, 'hash' | 'account_id'>): ApiToken => ({
  id: row.id,
  name: row.name,
  role: row.role as AccountRole,
  createdAt: row.created_at as Instant,
  expiresAt: row.expires_at as Instant,
  ...(row.last_used_at !== null && { lastUsedAt: row.last_used_at as Instant }),
});
