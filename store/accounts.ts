/** Accounts, their one-time sign-in tokens and their web sessions. Of tokens only the hash is kept. */
import { randomUUID } from 'node:crypto';
import { asInstant, type Instant, type PathId } from '../domain/ids.ts';
import { exclusively, holdSubject } from './database.ts';
import { StoreError } from './errors.ts';
import type { AccountsTable, Db } from './schema.ts';
import { hashOf, newToken } from './tokens.ts';
import { createWebSessions } from './web-sessions.ts';

export type AccountRole = 'administrator' | 'consultant' | 'coordinator' | 'reader';

export interface Account {
  id: string;
  role: AccountRole;
  email: string;
  name: string;
}

export type SignIn = { ok: true; account: Account } | { ok: false; why: 'unknown' | 'used' | 'expired' };
export type AccountsStore = ReturnType<typeof createAccounts>;

/** An expired link says so for a week. */
const TOKENS_REMEMBERED = 7 * 86_400_000;

/** Of two who remove or change each other at once, the second finds the first one's work. */
const ADMINISTRATORS = 'administrators';

export function createAccounts(db: Db, now: () => Instant) {
  const account = async (id: string): Promise<Account | undefined> => {
    const row = await db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst();
    return row === undefined ? undefined : fromRow(row);
  };

  const accountWith = async (email: string): Promise<Account | undefined> => {
    const row = await db.selectFrom('accounts').selectAll().where('email', '=', asKey(email)).executeTakeFirst();
    return row === undefined ? undefined : fromRow(row);
  };

  const { sessionAccount, ...sessions } = createWebSessions(db, now);

  return {
    ...sessions,
    account,
    accountWith,

    async accounts(): Promise<Account[]> {
      return (await db.selectFrom('accounts').selectAll().orderBy('email').execute()).map(fromRow);
    },

    /** The account with an address; made when there is none. An existing one keeps its role and name. */
    async ensureAccount(wanted: Omit<Account, 'id'>): Promise<Account> {
      await db
        .insertInto('accounts')
        .values({
          id: randomUUID(),
          role: wanted.role,
          email: asKey(wanted.email),
          name: wanted.name,
          created_at: now(),
        })
        .onConflict((conflict) => conflict.column('email').doNothing())
        .execute();
      const found = await accountWith(wanted.email);
      if (found === undefined) throw new StoreError('unknown-account', 'The account was removed meanwhile');
      return found;
    },

    /** Throws `unknown-account`, and `last-administrator` when nobody would be left who administers. */
    async changeAccount(id: string, change: Partial<Pick<Account, 'role' | 'name'>>): Promise<Account> {
      return exclusively(db, ADMINISTRATORS, async (trx) => {
        const before = await trx.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst();
        if (before === undefined) throw new StoreError('unknown-account', `There is no account ${id}`);
        if (Object.keys(change).length > 0)
          await trx.updateTable('accounts').set(change).where('id', '=', id).execute();
        if (before.role === 'administrator' && change.role !== undefined) await checkAdministrators(trx);
        return fromRow({ ...before, ...change });
      });
    },

    /** With its tokens and sessions. Throws `last-administrator` when nobody would be left who administers. */
    async removeAccount(id: string): Promise<void> {
      await db.transaction().execute((trx) => removeAccountIn(trx, id));
    },

    /**
     * A new one-time token; this is the only moment at which it can be read.
     * @param askedBy a secret of the browser that asked for it; any other one has to prove something more
     */
    async createSignInToken(accountId: string, expiresAt: Instant, askedBy?: string): Promise<string> {
      const token = newToken();
      const asked_by = askedBy === undefined ? '' : hashOf(askedBy);
      await db
        .insertInto('sign_in_tokens')
        .values({ hash: hashOf(token), account_id: accountId, expires_at: expiresAt, used_at: null, asked_by })
        .execute();
      return token;
    },

    /** Uses up a token: of two who come with the same one, one gets in. */
    async useSignInToken(token: string): Promise<SignIn> {
      const at = now();
      const used = await db
        .updateTable('sign_in_tokens')
        .set({ used_at: at })
        .where('hash', '=', hashOf(token))
        .where('used_at', 'is', null)
        .where('expires_at', '>', at)
        .returning('account_id')
        .executeTakeFirst();
      const found = used === undefined ? undefined : await account(used.account_id);
      if (found !== undefined) return { ok: true, account: found };
      const known = await db
        .selectFrom('sign_in_tokens')
        .selectAll()
        .where('hash', '=', hashOf(token))
        .executeTakeFirst();
      if (known === undefined) return { ok: false, why: 'unknown' };
      return { ok: false, why: known.used_at === null ? 'expired' : 'used' };
    },

    /**
     * Whom a token would let in, without using it: what a GET may ask. Undefined when it lets nobody in.
     * @param browser a secret of the browser that comes with it
     */
    async openSignIn(token: string, browser: string): Promise<{ account: Account; isAtHome: boolean } | undefined> {
      const row = await db
        .selectFrom('sign_in_tokens')
        .innerJoin('accounts', 'accounts.id', 'sign_in_tokens.account_id')
        .selectAll('accounts')
        .select('sign_in_tokens.asked_by')
        .where('sign_in_tokens.hash', '=', hashOf(token))
        .where('sign_in_tokens.used_at', 'is', null)
        .where('sign_in_tokens.expires_at', '>', now())
        .executeTakeFirst();
      if (row === undefined) return undefined;
      return { account: fromRow(row), isAtHome: ['', hashOf(browser)].includes(row.asked_by) };
    },

    async accountOfWebSession(secret: string): Promise<Account | undefined> {
      const row = await sessionAccount(secret);
      return row === undefined ? undefined : fromRow(row);
    },

    /** The paths of a consultant's own regions, or those that a reader may read. */
    async regionsOf(accountId: string): Promise<PathId[]> {
      const rows = await db
        .selectFrom('account_regions')
        .select('path_id')
        .where('account_id', '=', accountId)
        .orderBy('path_id')
        .execute();
      return rows.map((row) => row.path_id as PathId);
    },

    /** Of all accounts at once. */
    async regions(): Promise<ReadonlyMap<string, PathId[]>> {
      const rows = await db.selectFrom('account_regions').selectAll().orderBy('path_id').execute();
      const regions = new Map<string, PathId[]>();
      for (const row of rows)
        regions.set(row.account_id, [...(regions.get(row.account_id) ?? []), row.path_id as PathId]);
      return regions;
    },

    async setRegions(accountId: string, regions: readonly PathId[]): Promise<void> {
      await exclusively(db, `regions/${accountId}`, async (trx) => {
        await trx.deleteFrom('account_regions').where('account_id', '=', accountId).execute();
        for (const path of new Set(regions))
          await trx.insertInto('account_regions').values({ account_id: accountId, path_id: path }).execute();
      });
    },

    /** Removes sessions that expired, and tokens once nobody can wonder why theirs no longer works; returns how many. */
    async removeExpired(): Promise<number> {
      const at = now();
      const forgotten = asInstant(Date.parse(at) - TOKENS_REMEMBERED);
      const tokens = await db.deleteFrom('sign_in_tokens').where('expires_at', '<=', forgotten).executeTakeFirst();
      const sessions = await db.deleteFrom('web_sessions').where('expires_at', '<=', at).executeTakeFirst();
      return Number(tokens.numDeletedRows) + Number(sessions.numDeletedRows);
    },
  };
}

/** The same within a transaction that has begun. */
export async function removeAccountIn(trx: Db, id: string): Promise<void> {
  await holdSubject(trx, ADMINISTRATORS);
  const gone = await trx.deleteFrom('accounts').where('id', '=', id).returning('role').executeTakeFirst();
  if (gone?.role === 'administrator') await checkAdministrators(trx);
}

async function checkAdministrators(db: Db): Promise<void> {
  const any = await db.selectFrom('accounts').select('id').where('role', '=', 'administrator').executeTakeFirst();
  if (any === undefined) throw new StoreError('last-administrator', 'Nobody would be left who administers');
}

const asKey = (email: string): string => email.trim().toLowerCase();

const fromRow = (row: AccountsTable): Account => ({
  id: row.id,
  role: row.role as AccountRole,
  email: row.email,
  name: row.name,
});
