/** Starts a path with a clock of its own beside one that was started from a file, without a word to the release that runs. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { PathClient } from '../../client/path-client.ts';
import type { PathStart } from '../../domain/events.ts';
import type { PathId } from '../../domain/ids.ts';

interface Clock {
  offsetMs: number;
  /** From this real moment (milliseconds since 1970) on so many times as fast. */
  since: number;
  times: number;
}

/** The same people under another path. The store is written to as it is: opening it with this release would change its schema. */
export async function startBeside(
  paths: PathClient,
  dataDir: string,
  { from, id }: { from: PathId; id: PathId },
  { offsetMs, since, times }: Clock,
): Promise<void> {
  const named = (text: string): string => text.replaceAll(`"${from}`, `"${id}`).replaceAll(`-${from}.`, `-${id}.`);
  const store = new DatabaseSync(join(dataDir, 'dossier.db'), { timeout: 10_000 });
  for (const table of ['paths', 'people', 'person_numbers']) {
    for (const row of store.prepare(`select * from ${table} where path_id = ?`).all(from)) {
      const copy = JSON.parse(named(JSON.stringify(row))) as Record<string, string | number | null>;
      const columns = Object.keys(copy);
      const places = columns.map(() => '?').join(', ');
      store.prepare(`insert into ${table} (${columns.join(', ')}) values (${places})`).run(...Object.values(copy));
    }
  }
  const first = store.prepare('select data from events where path_id = ? and seq = 1').get(from);
  store.close();
  const start = JSON.parse(named(String(first?.['data']))) as PathStart;
  await paths.start(start, { clock: { offsetMs, granularityMs: 1, faster: { since, times } } });
}
