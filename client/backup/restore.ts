/** Puts a backup where there is nothing yet. What is there is never overwritten. */
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StoreError } from '../../store/errors.ts';
import { isPostgres, restoreStore } from '../../store/copies/moment.ts';
import { checkSqlite } from '../../store/copies/sqlite.ts';
import type { Config } from '../../worker/config.ts';
import { historyKeysPath, loadHistoryKeys } from '../../worker/histories/keys.ts';
import { RESTORING } from '../../worker/restoring.ts';
import { messageOf, SetupError } from '../../worker/setup-error.ts';
import { flush, flushAll } from './files.ts';
import { parts } from './make.ts';
import { checkFiles, type Manifest, readManifest } from './manifest.ts';

const keyFiles: readonly string[] = [parts.linkKeys, parts.historyKeys];
/** Of a disk of its own. */
const harmless = [RESTORING, 'lost+found'];

/** Reads all of a backup. Throws a SetupError that says what is wrong with it. */
export async function checkBackup(folder: string): Promise<Manifest> {
  const manifest = await readManifest(folder);
  await checkFiles(folder, manifest);
  return manifest;
}

/**
 * Restores into REGIOPAD_DATA and, when the store was there, DATABASE_URL.
 * @param keys the folder with the keys, for a backup that has none
 * Throws a SetupError, or a StoreError (`not-empty`, `copy-failed`).
 */
export async function restoreBackup(config: Config, folder: string, keys: string | undefined): Promise<Manifest> {
  const manifest = await checkBackup(folder);
  checkPlace(config, manifest);
  const { dataDir } = config;
  const draft = join(dataDir, RESTORING);
  const keysFrom = keysFolder(folder, manifest, keys);
  await makeEmptyFolder(dataDir, draft);
  try {
    for (const { path } of manifest.files) await place(join(folder, path), join(draft, path));
    for (const name of keyFiles) await place(join(keysFrom, name), join(draft, name));
    // What was copied is what counts, not what was read before it.
    await checkFiles(draft, manifest);
    if (existsSync(join(draft, parts.temporal))) checkSqlite(join(draft, parts.temporal));
    await placeHistoryKeys(config, join(draft, parts.historyKeys));
    await flushAll(draft);
    await moveIn(config, draft, parts[manifest.store.kind]);
    return manifest;
  } catch (error) {
    if (error instanceof SetupError || error instanceof StoreError) throw error;
    throw new SetupError(`The backup cannot be put in ${dataDir} (${messageOf(error)}).`);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/**
 * The keys first and the store last. Whatever fails, nothing of it stays; what is killed here leaves the folder of what is being restored,
 * and nothing starts beside it (worker/restoring.ts).
 */
async function moveIn({ dataDir, storeLocation }: Config, draft: string, store: string): Promise<void> {
  const others = (await readdir(draft)).filter((name) => name !== store);
  others.sort((one, other) => Number(keyFiles.includes(other)) - Number(keyFiles.includes(one)));
  const moved: string[] = [];
  try {
    for (const name of others) {
      stillNothing(dataDir, name);
      await rename(join(draft, name), join(dataDir, name));
      moved.push(name);
    }
    await flush(dataDir);
    await restoreStore(storeLocation, join(draft, store));
    if (!isPostgres(storeLocation)) {
      for (const ending of ['', '-wal', '-shm']) stillNothing(dataDir, `${store}${ending}`);
      await rename(join(draft, store), join(dataDir, store));
    }
    await flush(dataDir);
  } catch (error) {
    for (const name of moved) await rm(join(dataDir, name), { recursive: true, force: true });
    throw error;
  }
}

/** Something may have been started on the folder meanwhile. */
function stillNothing(dataDir: string, name: string): void {
  if (!existsSync(join(dataDir, name))) return;
  throw new StoreError(
    'not-empty',
    `${join(dataDir, name)} came while the backup was read, and nothing is ever overwritten: end what runs on ${dataDir}, and restore into a new folder.`,
  );
}

/** The store goes back to the kind of database that it came from. */
function checkPlace({ storeLocation }: Config, { store }: Manifest): void {
  const isThere = isPostgres(storeLocation);
  if (store.kind === 'postgresql' && !isThere)
    throw new SetupError('This backup is of a store on PostgreSQL: set DATABASE_URL to a new, empty database.');
  if (store.kind === 'sqlite' && isThere)
    throw new SetupError('This backup is of a store in the data folder: unset DATABASE_URL.');
}

function keysFolder(folder: string, { hasKeys }: Manifest, keys: string | undefined): string {
  if (hasKeys && keys !== undefined)
    throw new SetupError('This backup holds its keys, and only these fit: leave --keys out.');
  if (hasKeys) return folder;
  if (keys === undefined)
    throw new SetupError(
      `This backup holds no keys: add --keys FOLDER with the folder where ${parts.linkKeys} and ${parts.historyKeys} are kept.`,
    );
  for (const name of keyFiles)
    if (!existsSync(join(keys, name))) throw new SetupError(`--keys ${keys}: expected a folder with ${name} in it.`);
  return keys;
}

async function makeEmptyFolder(dataDir: string, draft: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    const there = (await readdir(dataDir)).filter((name) => !harmless.includes(name));
    if (there.length > 0)
      throw new StoreError(
        'not-empty',
        `${dataDir} holds data (${there.slice(0, 3).join(', ')}${there.length > 3 ? ', …' : ''}), and nothing is ever overwritten: set REGIOPAD_DATA to a new folder, or move what is there away.`,
      );
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { mode: 0o700 });
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw new SetupError(`The data folder ${dataDir} cannot be written (${messageOf(error)}).`);
  }
}

async function place(from: string, to: string): Promise<void> {
  await mkdir(join(to, '..'), { recursive: true, mode: 0o700 });
  await cp(from, to);
  await chmod(to, 0o600);
}

/** A file of keys that machines share is filled when it is not there, else it has to hold those of the backup. */
async function placeHistoryKeys(config: Config, restored: string): Promise<void> {
  const { historyKeysFile } = config;
  if (historyKeysFile === undefined) return;
  if (!existsSync(historyKeysFile)) {
    await place(restored, historyKeysFile);
    // It lies elsewhere, and what is restored opens with it only.
    await flush(historyKeysFile);
    await flush(dirname(historyKeysFile));
  }
  const { keys } = loadHistoryKeys(config);
  const needed = loadHistoryKeys({ dataDir: config.dataDir, historyKeysFile: restored }).keys;
  const missing = Object.keys(needed).filter((id) => !Object.hasOwn(keys, id));
  if (missing.length > 0)
    throw new SetupError(
      `${historyKeysPath(config)} (HISTORY_KEYS_FILE) lacks ${missing.join(', ')}, with which histories of this backup were encrypted: move it away, and the one of the backup is put there.`,
    );
  await rm(restored);
}
