/** Who an account is at an identity provider: one account may have several, each belongs to one account. */
import type { Instant } from '../domain/ids.ts';
import type { Db } from './schema.ts';

export interface Identity {
  issuer: string;
  /** How the provider names the person, with the claim that says so: `vo_id:…`, `sub:…`. */
  subject: string;
}

export type IdentitiesStore = ReturnType<typeof createIdentities>;

export function createIdentities(db: Db, now: () => Instant) {
  const accountIdOf = async ({ issuer, subject }: Identity): Promise<string | undefined> => {
    const row = await db
      .selectFrom('account_identities')
      .select('account_id')
      .where('issuer', '=', issuer)
      .where('subject', '=', subject)
      .executeTakeFirst();
    return row?.account_id;
  };

  return {
    /** The id of the account. */
    accountIdOf,

    /** False when it belongs to another account already. */
    async link(accountId: string, { issuer, subject }: Identity): Promise<boolean> {
      await db
        .insertInto('account_identities')
        .values({ issuer, subject, account_id: accountId, created_at: now() })
        .onConflict((conflict) => conflict.columns(['issuer', 'subject']).doNothing())
        .execute();
      return (await accountIdOf({ issuer, subject })) === accountId;
    },

    /** How an account is named at a provider. */
    async subjectsOf(accountId: string, issuer: string): Promise<string[]> {
      const rows = await db
        .selectFrom('account_identities')
        .select('subject')
        .where('account_id', '=', accountId)
        .where('issuer', '=', issuer)
        .orderBy('subject')
        .execute();
      return rows.map(({ subject }) => subject);
    },

    async unlink(accountId: string, { issuer, subject }: Identity): Promise<void> {
      await db
        .deleteFrom('account_identities')
        .where('account_id', '=', accountId)
        .where('issuer', '=', issuer)
        .where('subject', '=', subject)
        .execute();
    },
  };
}
