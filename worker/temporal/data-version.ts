/** Whether a server may open the database that an older one laid out. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { holdSqlite } from '../../store/copies/sqlite.ts';
import { SetupError } from '../setup-error.ts';

export interface DataFolder {
  dataDir: string;
  /** The file of the server. */
  database: string;
  /** What `temporal --version` says. */
  versionLine: string;
  /** Looks at the file of a database that this version lays out by itself, empty. */
  withFreshDatabase: (look: (file: string) => boolean) => Promise<boolean>;
  /** Told what was done, in a line. */
  onUpgrade?: (line: string) => void;
}

/**
 * Temporal lays out the database of its development server only when the file is new, and promises nothing about older files. So the
 * version that laid it out is kept beside it. A patch of the same minor version is fine. The next minor version opens it when it would
 * lay out the very same tables (a server goes up one minor version at a time); the file is copied before. Any other is refused.
 * @throws SetupError that says how the paths are carried over
 */
export async function checkDataVersion(folder: DataFolder): Promise<void> {
  const { dataDir, database, versionLine } = folder;
  const note = join(dataDir, 'temporal-version.txt');
  if (!existsSync(database) || !existsSync(note)) {
    writeFileSync(note, `${versionLine}\n`);
    return;
  }
  const recorded = readFileSync(note, 'utf8').trim();
  if (serverMinor(recorded) === serverMinor(versionLine)) return;
  const isLaidOutAlike = (fresh: string): boolean => layoutOf(database) === layoutOf(fresh);
  if (!isNext(recorded, versionLine) || !(await folder.withFreshDatabase(isLaidOutAlike)))
    throw new SetupError(
      `${database} was made by "${recorded}", and this is "${versionLine}", which may not read it. Start once more with the first (REGIOPAD_TEMPORAL_BIN=… npm start) ` +
        'until `npx regiopad rebuild` says that record and workflow agree; stop it, move temporal.db, temporal.db-wal and temporal.db-shm away, start with the new one and run ' +
        '`npx regiopad revive --yes`: every path goes on from its record.',
    );
  const copy = join(dataDir, `temporal-${serverMinor(recorded)}.db`);
  const moment = holdSqlite(database);
  await moment.copyTo(copy).finally(moment.release);
  writeFileSync(note, `${versionLine}\n`);
  folder.onUpgrade?.(
    `temporal.db was made by "${recorded}" and is used by "${versionLine}" from now on: both lay out the same tables. As it was, it is kept in ${copy}.`,
  );
}

/** "temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)" gives "1.32". */
function serverMinor(versionLine: string): string {
  return /Server (\d+\.\d+)/.exec(versionLine)?.[1] ?? versionLine;
}

function isNext(older: string, newer: string): boolean {
  const [major = '', minor = ''] = serverMinor(older).split('.');
  return serverMinor(newer) === `${major}.${String(Number(minor) + 1)}`;
}

/** Every table, index and trigger, in one text. */
function layoutOf(file: string): string {
  const database = new DatabaseSync(file);
  try {
    const rows = database.prepare('select type, name, tbl_name, sql from sqlite_schema').all();
    return rows
      .map((row) => JSON.stringify(Object.values(row)).replace(/(\s|\\[nt])+/g, ' '))
      .sort()
      .join('\n');
  } finally {
    database.close();
  }
}
