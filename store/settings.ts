/** What people with an account chose for themselves. Who chose nothing has no row, and everything as their role has it. */
import type { LocalDate } from '../domain/ids.ts';
import type { Account } from './accounts.ts';
import type { Db } from './schema.ts';

export interface Settings {
  /** Goes up when the private address of the calendar is renewed: the earlier ones stop. */
  feedGeneration: number;
  /** The day on which the digest comes, 1 (Monday) to 7; 0 when none is wanted. */
  digestWeekday: number;
  /** The local day of the last digest; undefined before the first. */
  digestSentOn?: LocalDate;
}

/** Whose settings. The role says what holds as long as nothing was chosen. */
export type Owner = Pick<Account, 'id' | 'role'>;
export type SettingsStore = ReturnType<typeof createSettings>;

const MONDAY = 1;

/** A digest comes by itself to who has regions: on Mondays, until they choose another day or none. */
export const defaultSettings = (role: Account['role']): Settings => ({
  feedGeneration: 0,
  digestWeekday: role === 'consultant' || role === 'coordinator' ? MONDAY : 0,
});

export function createSettings(db: Db) {
  const settingsOf = async ({ id, role }: Owner): Promise<Settings> => {
    const row = await db.selectFrom('account_settings').selectAll().where('account_id', '=', id).executeTakeFirst();
    if (row === undefined) return defaultSettings(role);
    return {
      feedGeneration: row.feed_generation,
      digestWeekday: row.digest_weekday,
      ...(row.digest_sent_on !== '' && { digestSentOn: row.digest_sent_on as LocalDate }),
    };
  };

  /** A row with what held until now. */
  const ensureRow = async ({ id, role }: Owner): Promise<void> => {
    const { feedGeneration, digestWeekday } = defaultSettings(role);
    await db
      .insertInto('account_settings')
      .values({ account_id: id, feed_generation: feedGeneration, digest_weekday: digestWeekday, digest_sent_on: '' })
      .onConflict((conflict) => conflict.column('account_id').doNothing())
      .execute();
  };

  return {
    settingsOf,

    /** Changes what is named and leaves the rest. */
    async change(
      owner: Owner,
      { digestWeekday, digestSentOn }: Partial<Omit<Settings, 'feedGeneration'>>,
    ): Promise<Settings> {
      await ensureRow(owner);
      const change = {
        ...(digestWeekday !== undefined && { digest_weekday: digestWeekday }),
        ...(digestSentOn !== undefined && { digest_sent_on: digestSentOn }),
      };
      if (Object.keys(change).length > 0)
        await db.updateTable('account_settings').set(change).where('account_id', '=', owner.id).execute();
      return settingsOf(owner);
    },

    /** A new private address of the calendar: two who renew at once leave two generations behind. */
    async renewFeed(owner: Owner): Promise<Settings> {
      await ensureRow(owner);
      await db
        .updateTable('account_settings')
        .set((eb) => ({ feed_generation: eb('feed_generation', '+', 1) }))
        .where('account_id', '=', owner.id)
        .execute();
      return settingsOf(owner);
    },
  };
}
