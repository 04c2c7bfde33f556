/**
 * All regions, as lists, feeds and the API show them. A region is worked out once for each recorded version of its path and
 * each day; after that a list of a thousand costs one look at their versions. Whoever asks gets only what they may read.
 */
import { localDay } from '../../domain/dates.ts';
import type { Instant, PathId } from '../../domain/ids.ts';
import type { Store } from '../../store/store.ts';
import { mayRead, type Viewer } from '../access/viewer.ts';
import type { WordsOf } from '../dutch/words.ts';
import { type BoardFilter, matcher, namesOf } from './filter.ts';
import { type BoardRow, boardRow, byRisk } from './row.ts';

export type { BoardFilter } from './filter.ts';
export type { BoardRow } from './row.ts';

export interface Board {
  /** The regions that the viewer may read and that the filter lets through, by risk: what weighs most comes first. */
  regions(viewer: Viewer, filter?: BoardFilter): Promise<BoardRow[]>;
  /** The same, beside all that the viewer may read: what a page of filters needs to offer its choices. */
  look(viewer: Viewer, filter: BoardFilter): Promise<{ all: BoardRow[]; rows: BoardRow[] }>;
  /** One of them; undefined when there is none that the viewer may read. */
  region(viewer: Viewer, path: PathId): Promise<BoardRow | undefined>;
  /** Works out what is not known yet, with room for requests in between, until it is told to stop. */
  warm(isOver?: () => boolean): Promise<void>;
}

export interface BoardTools {
  store: Store;
  clock: () => Instant;
  words: WordsOf;
}

interface Known {
  version: string;
  row: BoardRow;
  /** Where text is looked for. */
  names: string;
}

export function createBoard({ store, clock, words }: BoardTools): Board {
  const known = new Map<PathId, Known>();
  const busy = new Map<string, Promise<Known | undefined>>();

  async function workOut(path: PathId, version: string): Promise<Known | undefined> {
    const [overview, state] = await Promise.all([store.overview.overviewOf(path), store.snapshots.snapshot(path)]);
    if (overview === undefined || state === undefined) return undefined;
    const row = boardRow(overview, state, clock(), words);
    const found = { version, row, names: namesOf(row) };
    known.set(path, found);
    return found;
  }

  /** Who asks for the same at the same time waits for the same. */
  function knownOf(path: PathId, seq: number, today = localDay(clock())): Promise<Known | undefined> | Known {
    const version = `${String(seq)}/${today}`;
    const found = known.get(path);
    if (found?.version === version) return found;
    const key = `${path} ${version}`;
    const under = busy.get(key) ?? workOut(path, version).finally(() => busy.delete(key));
    busy.set(key, under);
    return under;
  }

  async function look(viewer: Viewer, filter: BoardFilter): Promise<{ all: BoardRow[]; rows: BoardRow[] }> {
    const { consultant } = filter;
    const assigned = consultant === undefined ? undefined : new Set(await store.accounts.regionsOf(consultant));
    const isMeant = matcher(filter, assigned);
    const seen: Known[] = [];
    const today = localDay(clock());
    for (const { path, seq } of await store.overview.versions()) {
      const asked = knownOf(path, seq, today);
      const found = asked instanceof Promise ? await asked : asked;
      if (found !== undefined && mayRead(viewer, found.row.circle)) seen.push(found);
    }
    seen.sort((a, b) => byRisk(a.row, b.row));
    const rows = seen.filter(({ row, names }) => isMeant(row, names));
    return { all: seen.map(({ row }) => row), rows: rows.map(({ row }) => row) };
  }

  return {
    look,
    regions: async (viewer, filter = {}) => (await look(viewer, filter)).rows,

    async region(viewer, path) {
      const overview = await store.overview.overviewOf(path);
      const found = overview && (await knownOf(path, overview.seq));
      return found !== undefined && mayRead(viewer, found.row.circle) ? found.row : undefined;
    },

    async warm(isOver = () => false) {
      for (const { path, seq } of await store.overview.versions()) {
        if (isOver()) return;
        await knownOf(path, seq);
        await new Promise<void>((resolve) => void setImmediate(resolve));
      }
    },
  };
}
