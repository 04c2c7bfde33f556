/** When the next mail may leave, over all paths and all workers: each takes the next free moment before it sends one. */
import type { Db } from './schema.ts';

export interface Moment {
  /** Milliseconds since 1970. */
  now: number;
  /** Later than this nobody waits. */
  latest: number;
  /** Milliseconds between two mails. */
  interval: number;
}

export type PaceStore = ReturnType<typeof createPace>;

/** No moment lies so far ahead, in milliseconds: one that does was written by a machine whose clock was wrong. */
const FAR = 60 * 60_000;

export function createPace(db: Db) {
  return {
    /** The next free moment, which is then taken; undefined, and nothing taken, when it comes after `latest`. One statement, so safe for many. */
    async reserve({ now, latest, interval }: Moment): Promise<number | undefined> {
      const step = Math.max(1, Math.round(interval));
      // No moment that lies further ahead is kept, and a number of the database has an end.
      const end = Math.min(latest, now + FAR);
      const row = await db
        .insertInto('mail_pace')
        .values({ name: 'mail', next_at: now + step })
        .onConflict((conflict) =>
          conflict
            .column('name')
            .doUpdateSet((eb) => ({
              next_at: eb
                .case()
                .when(eb.between('mail_pace.next_at', now, now + FAR))
                .then(eb('mail_pace.next_at', '+', step))
                .else(now + step)
                .end(),
            }))
            .where((eb) => eb.or([eb('mail_pace.next_at', '<=', end), eb('mail_pace.next_at', '>', now + FAR)])),
        )
        .returning('next_at')
        .executeTakeFirst();
      return row === undefined ? undefined : row.next_at - step;
    },
  };
}
