import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from '../setup-error.ts';

/**
 * Temporal lays out its database only when the file is new, so a newer server may not open an older file: the version that laid it out is
 * kept beside it. A patch of the same minor version is fine.
 * @param versionLine what `temporal --version` says
 * @throws SetupError that says what to do when the folder belongs to another version
 */
export function checkDataVersion(dataDir: string, database: string, versionLine: string): void {
  const note = join(dataDir, 'temporal-version.txt');
  if (!existsSync(database) || !existsSync(note)) {
    writeFileSync(note, `${versionLine}\n`);
    return;
  }
  const recorded = readFileSync(note, 'utf8').trim();
  if (serverMinor(recorded) === serverMinor(versionLine)) return;
  throw new SetupError(
    `${database} was made by "${recorded}", and this is "${versionLine}", which may not read it. Set REGIOPAD_TEMPORAL_BIN to the CLI of the first, ` +
      `or start on a new folder with REGIOPAD_DATA=… and start the paths again there from an export (npx regiopad export).`,
  );
}

/** "temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)" gives "1.32". */
function serverMinor(versionLine: string): string {
  return /Server (\d+\.\d+)/.exec(versionLine)?.[1] ?? versionLine;
}
