/** How a part fares, written by the process that uses it and read by the one that answers /readyz. */
import { asInstant, type Instant } from '../domain/ids.ts';
import type { Db, HealthTable } from './schema.ts';

export interface Health {
  ok: boolean;
  /** Stable, for machines: `accepted`, `ECONNREFUSED`, `EAUTH`, … */
  code: string;
  detail: string;
  /** Since when it is well, or not. */
  since: Instant;
  checkedAt: Instant;
}

/** `mail`: what goes out; `inbound`: what comes in; `store`: that it could be written to. */
export type Component = 'mail' | 'inbound' | 'store';
/** The clocks of the machines on which these processes run. */
export const clockComponents = ['worker-clock', 'web-clock'] as const;
export type ClockComponent = (typeof clockComponents)[number];
export interface ClockHealth extends Health {
  component: ClockComponent;
}

export interface Noted {
  ok: boolean;
  code: string;
  detail: string;
  at: Instant;
}

const MINUTE = 60_000;
/** A clock is looked at every minute: of one that was not for so long, the process or the machine is gone. */
const FRESH_MS = 5 * MINUTE;
const FORGOTTEN_MS = 24 * 60 * MINUTE;

export type HealthStore = ReturnType<typeof createHealth>;

export function createHealth(db: Db) {
  return {
    note: (component: Component, found: Noted): Promise<void> => note(db, component, found),

    /** Undefined as long as it was never used. */
    async health(component: Component): Promise<Health | undefined> {
      const row = await db.selectFrom('health').selectAll().where('component', '=', component).executeTakeFirst();
      return row && fromRow(row);
    },

    /** @param found with the moment by another clock than the one that is noted: all have to go by the same */
    async noteClock(component: ClockComponent, machine: string, found: Noted): Promise<void> {
      await note(db, `${component}/${machine}`, found);
      await db
        .deleteFrom('health')
        .where('component', 'like', CLOCKS)
        // Later ones are from when the witness was ahead, and would hide this one.
        .where((row) =>
          row.or([
            row('checked_at', '<', before(found.at, FORGOTTEN_MS)),
            row('checked_at', '>', before(found.at, -FRESH_MS)),
          ]),
        )
        .execute();
    },

    /** Those that are looked at now, of every machine: as long ago as the one that was looked at last, give or take some minutes. */
    async clocks(): Promise<ClockHealth[]> {
      const rows = await db
        .selectFrom('health')
        .selectAll()
        .where('component', 'like', CLOCKS)
        .orderBy('component')
        .execute();
      const found = rows.map((row) => ({ ...fromRow(row), component: componentOf(row.component) }));
      const last = found
        .map(({ checkedAt }) => checkedAt)
        .sort()
        .at(-1);
      return last === undefined ? [] : found.filter(({ checkedAt }) => checkedAt >= before(last, FRESH_MS));
    },
  };
}

/** Of each machine: the component, a slash, and the name of the machine. */
const CLOCKS = '%-clock/%';

const componentOf = (key: string): ClockComponent => (key.startsWith('web-clock/') ? 'web-clock' : 'worker-clock');

const before = (at: Instant, ms: number): Instant => asInstant(Date.parse(at) - ms);

async function note(db: Db, key: string, found: Noted): Promise<void> {
  const ok = found.ok ? 1 : 0;
  const row = { ok, code: found.code, detail: found.detail, checked_at: found.at };
  await db
    .insertInto('health')
    .values({ component: key, since: found.at, ...row })
    .onConflict((conflict) =>
      conflict.column('component').doUpdateSet((eb) => ({
        ...row,
        since: eb.case().when('health.ok', '=', ok).then(eb.ref('health.since')).else(found.at).end(),
      })),
    )
    .execute();
}

const fromRow = (row: HealthTable): Health => ({
  ok: row.ok === 1,
  code: row.code,
  detail: row.detail,
  since: row.since as Instant,
  checkedAt: row.checked_at as Instant,
});
