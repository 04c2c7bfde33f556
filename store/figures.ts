/** Numbers for who watches over the installation: how much there is of what, and never of whom. */
import type { DeliveryOutcome } from '../domain/message.ts';
import type { PathStatus } from './overview.ts';
import type { Db } from './schema.ts';

export type FiguresStore = ReturnType<typeof createFigures>;

export function createFigures(db: Db) {
  return {
    /** Recorded events, by type. */
    async events(): Promise<{ type: string; count: number }[]> {
      const rows = await db
        .selectFrom('events')
        .select(['type', (eb) => eb.fn.countAll<number | string>().as('count')])
        .groupBy('type')
        .execute();
      return rows.map(({ type, count }) => ({ type, count: Number(count) }));
    },

    /** Mails by what a mail server said last; one mail counts once, however often it was tried. */
    async mails(): Promise<{ outcome: DeliveryOutcome; count: number }[]> {
      const rows = await db
        .selectFrom('ledger')
        .select(['outcome', (eb) => eb.fn.countAll<number | string>().as('count')])
        .groupBy('outcome')
        .execute();
      return rows.map(({ outcome, count }) => ({ outcome: outcome as DeliveryOutcome, count: Number(count) }));
    },

    async paths(): Promise<{ status: PathStatus; count: number }[]> {
      const rows = await db
        .selectFrom('overview')
        .select(['status', (eb) => eb.fn.countAll<number | string>().as('count')])
        .groupBy('status')
        .execute();
      return rows.map(({ status, count }) => ({ status: status as PathStatus, count: Number(count) }));
    },
  };
}
