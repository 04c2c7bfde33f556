/** Web sessions: who has signed in where. Of the secret in a cookie only the hash is kept. */
import type { Instant } from '../domain/ids.ts';
import type { AccountsTable, Db } from './schema.ts';
import { hashOf, newToken } from './tokens.ts';

export interface WebSession {
  /** Names the session, and opens nothing. */
  id: string;
  createdAt: Instant;
  expiresAt: Instant;
  /** What the browser calls itself; empty when it says nothing. */
  agent: string;
  isCurrent: boolean;
}

export function createWebSessions(db: Db, now: () => Instant) {
  return {
    /** A new session; the returned secret belongs in a cookie and nowhere else. */
    async createWebSession(accountId: string, expiresAt: Instant, agent = ''): Promise<string> {
      const secret = newToken();
      await db
        .insertInto('web_sessions')
        .values({ hash: hashOf(secret), account_id: accountId, created_at: now(), expires_at: expiresAt, agent })
        .execute();
      return secret;
    },

    /** The row of the account that a session belongs to; undefined once it ended. */
    sessionAccount: (secret: string): Promise<AccountsTable | undefined> =>
      db
        .selectFrom('web_sessions')
        .innerJoin('accounts', 'accounts.id', 'web_sessions.account_id')
        .selectAll('accounts')
        .where('web_sessions.hash', '=', hashOf(secret))
        .where('web_sessions.expires_at', '>', now())
        .executeTakeFirst(),

    /**
     * The sessions of an account that are open, the newest first.
     * @param secret of the session that asks
     */
    async webSessionsOf(accountId: string, secret: string): Promise<WebSession[]> {
      const current = hashOf(secret);
      const rows = await db
        .selectFrom('web_sessions')
        .selectAll()
        .where('account_id', '=', accountId)
        .where('expires_at', '>', now())
        .orderBy('created_at', 'desc')
        .orderBy('hash')
        .execute();
      return rows.map(({ hash, created_at, expires_at, agent }) => ({
        ...{ id: hash, agent, isCurrent: hash === current },
        createdAt: created_at as Instant,
        expiresAt: expires_at as Instant,
      }));
    },

    async endWebSession(secret: string): Promise<void> {
      await db.deleteFrom('web_sessions').where('hash', '=', hashOf(secret)).execute();
    },

    /** Ends one of the sessions of an account; nothing when it has no such session. */
    async endWebSessionOf(accountId: string, id: string): Promise<void> {
      await db.deleteFrom('web_sessions').where('account_id', '=', accountId).where('hash', '=', id).execute();
    },

    /** @param secret of the session that stays; without it all of them end */
    async endOtherWebSessions(accountId: string, secret?: string): Promise<void> {
      const ending = db.deleteFrom('web_sessions').where('account_id', '=', accountId);
      await (secret === undefined ? ending : ending.where('hash', '!=', hashOf(secret))).execute();
    },
  };
}
