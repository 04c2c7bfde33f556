/** The state of each path after its last recorded event; of an ended path it is the closing snapshot. Derived. */
import type { PathId } from '../domain/ids.ts';
import type { PathState } from '../domain/state.ts';
import type { Db } from './schema.ts';

/** So many states are kept as objects: the regions that people work in these hours. */
const MOST_KEPT = 128;

export type SnapshotsStore = ReturnType<typeof createSnapshots>;

export function createSnapshots(db: Db) {
  const kept = new Map<PathId, { text: string; state: PathState }>();

  function stateIn(path: PathId, text: string | undefined): PathState | undefined {
    const known = kept.get(path);
    kept.delete(path);
    if (text === undefined) return undefined;
    // The text says by itself whether it is another one, whichever process wrote it.
    const state = known?.text === text ? known.state : frozen(JSON.parse(text) as PathState);
    kept.set(path, { text, state });
    // The first in the map is the one that was asked for longest ago.
    const [oldest] = kept.keys();
    if (oldest !== undefined && kept.size > MOST_KEPT) kept.delete(oldest);
    return state;
  }

  return {
    /**
     * Undefined for a path without events. As long as nothing is recorded the same object, by which the core remembers what it has
     * worked out. It is shared, so it is frozen.
     */
    snapshot: async (path: PathId): Promise<PathState | undefined> => stateIn(path, await readText(db, path)),

    /** Those of some paths, in one question; a path without events is left out. */
    async snapshots(paths: readonly PathId[]): Promise<Map<PathId, PathState>> {
      if (paths.length === 0) return new Map();
      const rows = await db
        .selectFrom('snapshots')
        .select(['path_id', 'state'])
        .where('path_id', 'in', paths)
        .execute();
      const texts = new Map(rows.map((row) => [row.path_id, row.state]));
      return new Map(
        paths.flatMap((path): [PathId, PathState][] => {
          const state = stateIn(path, texts.get(path));
          return state === undefined ? [] : [[path, state]];
        }),
      );
    },
  };
}

function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) frozen(part);
    Object.freeze(value);
  }
  return value;
}

async function readText(db: Db, path: PathId): Promise<string | undefined> {
  const row = await db.selectFrom('snapshots').select('state').where('path_id', '=', path).executeTakeFirst();
  return row?.state;
}

/** For who goes on from it: a state of its own. */
export async function readSnapshot(db: Db, path: PathId): Promise<PathState | undefined> {
  const text = await readText(db, path);
  return text === undefined ? undefined : (JSON.parse(text) as PathState);
}

export async function writeSnapshot(db: Db, state: PathState): Promise<void> {
  const row = { path_id: state.id, seq: state.seq, state: JSON.stringify(state) };
  await db
    .insertInto('snapshots')
    .values(row)
    .onConflict((conflict) => conflict.column('path_id').doUpdateSet(row))
    .execute();
}
