/** What each path should do next and what waits in it, as its record has it: whoever watches sees there that something stands still. */
import type { Instant, PathId } from '../../domain/ids.ts';
import { nextDue, outboxOf, retriesOf } from '../../domain/due.ts';
import type { PathState } from '../../domain/state.ts';
import type { Store } from '../../store/store.ts';

export interface WatchedPath {
  path: PathId;
  /** The number of the last recorded event. */
  seq: number;
  /** When something goes out next, counted from the last event; in the past: it should have. */
  dueAt?: Instant;
  /** Mails that a mail server did not take yet, and since when the oldest of them waits. */
  waiting: number;
  waitingSince?: Instant;
}

export interface PathWatch {
  /** Every path that has not ended. Worked out anew for those about which something was recorded. */
  look(): Promise<WatchedPath[]>;
}

function watched(state: PathState, updatedAt: Instant): WatchedPath {
  const pending = [...outboxOf(state), ...retriesOf(state)];
  const dueAt = nextDue(state, updatedAt)?.at;
  const [waitingSince] = pending.map(({ firstAt }) => firstAt).sort();
  return {
    ...{ path: state.id, seq: state.seq, waiting: pending.length },
    ...(dueAt !== undefined && { dueAt }),
    ...(waitingSince !== undefined && { waitingSince }),
  };
}

export function createPathWatch({ overview, snapshots }: Pick<Store, 'overview' | 'snapshots'>): PathWatch {
  let known = new Map<PathId, WatchedPath>();
  return {
    async look() {
      const next = new Map<PathId, WatchedPath>();
      for (const { path, seq, status, updatedAt } of await overview.overview()) {
        if (status === 'stopped' || status === 'completed' || status === 'refused') continue;
        const found = known.get(path);
        if (found?.seq === seq) {
          next.set(path, found);
          continue;
        }
        const state = await snapshots.snapshot(path);
        if (state !== undefined) next.set(path, watched(state, updatedAt));
        // Requests come first.
        await new Promise<void>((resolve) => void setImmediate(resolve));
      }
      known = next;
      return [...next.values()];
    },
  };
}
