/** How a part fares, written by the process that uses it and read by the one that answers /readyz. */
import type { Instant } from '../domain/ids.ts';
import type { Db } from './schema.ts';

export interface Health {
  ok: boolean;
  /** Stable, for machines: `accepted`, `ECONNREFUSED`, `EAUTH`, … */
  code: string;
  detail: string;
  /** Since when it is well, or not. */
  since: Instant;
  checkedAt: Instant;
}

/** `mail`: what goes out; `inbound`: what comes in; `store`: that it could be written to; the clocks: those of the machines on which these processes run. */
export type Component = 'mail' | 'inbound' | 'store' | 'worker-clock' | 'web-clock';

export type HealthStore = ReturnType<typeof createHealth>;

export function createHealth(db: Db) {
  return {
    async note(component: Component, found: { ok: boolean; code: string; detail: string; at: Instant }): Promise<void> {
      const ok = found.ok ? 1 : 0;
      const row = { ok, code: found.code, detail: found.detail, checked_at: found.at };
      await db
        .insertInto('health')
        .values({ component, since: found.at, ...row })
        .onConflict((conflict) =>
          conflict.column('component').doUpdateSet((eb) => ({
            ...row,
            since: eb.case().when('health.ok', '=', ok).then(eb.ref('health.since')).else(found.at).end(),
          })),
        )
        .execute();
    },

    /** Undefined as long as it was never used. */
    async health(component: Component): Promise<Health | undefined> {
      const row = await db.selectFrom('health').selectAll().where('component', '=', component).executeTakeFirst();
      if (row === undefined) return undefined;
      return {
        ok: row.ok === 1,
        code: row.code,
        detail: row.detail,
        since: row.since as Instant,
        checkedAt: row.checked_at as Instant,
      };
    },
  };
}
