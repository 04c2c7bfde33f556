/** Copies of SQLite files that others write to meanwhile: the dossier store, and the database of the embedded Temporal server. */
import { existsSync } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';
import { StoreError } from '../errors.ts';
import type { Contents, HeldMoment, HeldStore } from './moment.ts';

/** Somebody's transaction may take that long. */
const WRITE_LOCK_MS = 30_000;
/** So many pages are copied in one go, on a thread of its own. */
const PAGES = 1_000;

/** Begins to read: in WAL mode a reader sees what there was at its first question, however long it goes on and whoever writes. */
function held(file: string): { database: DatabaseSync; moment: HeldMoment } {
  const database = new DatabaseSync(file, { readOnly: true, timeout: WRITE_LOCK_MS });
  database.exec('begin');
  database.prepare('select count(*) from sqlite_schema').get();
  const moment: HeldMoment = {
    async copyTo(target) {
      try {
        await backup(database, target, { rate: PAGES });
      } catch (error) {
        throw new StoreError(
          'copy-failed',
          `${target} cannot be written (${messageOf(error)}): make room there, or choose a folder elsewhere`,
          { cause: error },
        );
      }
    },
    release() {
      database.close();
      return Promise.resolve();
    },
  };
  return { database, moment };
}

/** Any SQLite file in WAL mode, as it is now. */
export const holdSqlite = (file: string): HeldMoment => held(file).moment;

export function holdSqliteStore<Held>(file: string, meanwhile: () => Held): Promise<HeldStore<Held>> {
  if (!existsSync(file)) throw new StoreError('copy-failed', `there is no store at ${file}`);
  const lock = new DatabaseSync(file, { timeout: WRITE_LOCK_MS });
  try {
    lock.exec('begin immediate');
    const together = meanwhile();
    const { database, moment } = held(file);
    return Promise.resolve({ ...moment, contents: contentsOf(database), held: together });
  } finally {
    lock.close();
  }
}

function contentsOf(database: DatabaseSync): Contents {
  const one = (query: string): unknown => database.prepare(query).get()?.['value'];
  return {
    migration: String(one('select max(name) as value from kysely_migration')),
    paths: Number(one('select count(distinct path_id) as value from events')),
    events: Number(one('select count(*) as value from events')),
  };
}

/** Reads all of a file. Throws `copy-failed` when it is damaged. */
export function checkSqlite(file: string): void {
  let said: string;
  const database = new DatabaseSync(file);
  try {
    const [found] = database.prepare('pragma integrity_check(1)').all();
    said = String(found?.['integrity_check']);
  } catch (error) {
    // What is no database at all does not get as far as to say so.
    said = messageOf(error);
  } finally {
    database.close();
  }
  if (said !== 'ok') throw new StoreError('copy-failed', `${file} is damaged: ${said}`);
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
