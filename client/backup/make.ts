/**
 * A backup while everything runs. Store and Temporal's database are held at one and the same moment (nobody can write to the store while
 * the other is held), and copied at leisure: what comes out is what a power cut at that moment would have left, and that Regiopad
 * survives. Hence no answer is in one and missing in the other, and no mail that was noted as sent goes out again.
 */
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { holdSqlite, checkSqlite } from '../../store/copies/sqlite.ts';
import { holdStore, isPostgres, type HeldMoment } from '../../store/copies/moment.ts';
import type { Config } from '../../worker/config.ts';
import { historyKeysPath } from '../../worker/histories/keys.ts';
import { linkKeysPath } from '../../worker/link-keys.ts';
import { findRunning } from '../../worker/run-file.ts';
import { messageOf, SetupError } from '../../worker/setup-error.ts';
import { databaseOf } from '../../worker/temporal/dev-server.ts';
import { makeDraft, removeDeadDrafts, removeDraft } from './drafts.ts';
import { filesIn, flush, flushAll } from './files.ts';
import { describeFile, MANIFEST, type Manifest, manifestText, readManifest } from './manifest.ts';

export const parts = {
  sqlite: 'dossier.db',
  postgresql: 'dossier.dump',
  temporal: 'temporal.db',
  temporalVersion: 'temporal-version.txt',
  linkKeys: 'keys.json',
  historyKeys: 'history-keys.json',
} as const;
/** Mails of the embedded mailbox and those that wait there to be read. Files in them are whole or not there. */
export const folders = ['mailbox', 'inbound'] as const;

const NAME = /^regiopad-\d{8}T\d{6}Z$/;

export interface Backup {
  folder: string;
  manifest: Manifest;
}

/**
 * Makes a folder `regiopad-MOMENT` in `into`, under that name only once it is whole. Only its owner can read it.
 * Throws a SetupError or a StoreError that says why not.
 */
export async function makeBackup(config: Config, into: string, options: { withKeys: boolean }): Promise<Backup> {
  let draft: string;
  try {
    await mkdir(into, { recursive: true, mode: 0o700 });
    await removeDeadDrafts(into);
    draft = await makeDraft(into);
  } catch (error) {
    throw new SetupError(`A backup cannot be written in ${into} (${messageOf(error)}).`);
  }
  try {
    const manifest = await fill(draft, config, options);
    const folder = join(into, nameOf(manifest.moment));
    await rename(draft, folder);
    await flush(into);
    return { folder, manifest };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC' || code === 'EROFS' || code === 'EACCES' || code === 'ENOTEMPTY')
      throw new SetupError(`The backup cannot be written in ${into} (${messageOf(error)}).`);
    throw error;
  } finally {
    await removeDraft(draft);
  }
}

/** `regiopad-20261130T210500Z`: sorts by its moment. */
const nameOf = (moment: string): string => `regiopad-${moment.replace(/[-:]|\.\d+/g, '')}`;

async function fill(folder: string, config: Config, { withKeys }: { withKeys: boolean }): Promise<Manifest> {
  const kind = isPostgres(config.storeLocation) ? 'postgresql' : 'sqlite';
  const database = embeddedDatabase(config);
  let moment = '';
  const store = await holdStore(config.storeLocation, (): HeldMoment | undefined => {
    moment = new Date().toISOString();
    return database === undefined ? undefined : holdSqlite(database);
  });
  const { contents, held: temporal } = store;
  try {
    await store.copyTo(join(folder, parts[kind]));
    await temporal?.copyTo(join(folder, parts.temporal));
  } finally {
    await store.release();
    await temporal?.release();
  }
  if (kind === 'sqlite') checkSqlite(join(folder, parts.sqlite));
  if (temporal !== undefined) checkSqlite(join(folder, parts.temporal));
  // After the histories: a key that encrypted them is there then, since none is ever taken away.
  if (withKeys) await copyKeys(config, folder);
  if (temporal !== undefined)
    await cp(join(config.dataDir, parts.temporalVersion), join(folder, parts.temporalVersion));
  for (const name of folders)
    if (existsSync(join(config.dataDir, name))) await copyWhole(join(config.dataDir, name), join(folder, name));
  const about = {
    ...{ moment, regiopad: await ownVersion(), store: { kind, ...contents } as const, hasKeys: withKeys },
    temporal: temporal === undefined ? 'elsewhere' : await temporalVersion(folder),
    clockOffsetMs: config.clockOffsetMs,
    files: [] as Manifest['files'],
  };
  for (const path of await filesIn(folder)) {
    await chmod(join(folder, path), 0o600);
    await flush(join(folder, path));
    about.files.push(await describeFile(folder, path));
  }
  await writeFile(join(folder, MANIFEST), manifestText(about), { mode: 0o600, flush: true });
  await flushAll(folder);
  return readManifest(folder);
}

/** The database of the server that `npm start` runs; undefined when the server is somebody else's. */
function embeddedDatabase(config: Config): string | undefined {
  const running = findRunning(config.dataDir)?.temporal;
  if (config.temporalAddress !== undefined || (running !== undefined && running.pid === undefined)) return undefined;
  const file = databaseOf(config.dataDir);
  return existsSync(file) ? file : undefined;
}

async function copyKeys(config: Config, folder: string): Promise<void> {
  const keys = [
    [linkKeysPath(config.dataDir), parts.linkKeys],
    [historyKeysPath(config), parts.historyKeys],
  ] as const;
  for (const [file, name] of keys) {
    if (!existsSync(file))
      throw new SetupError(
        `There are no keys at ${file}, and without them nobody can go on with what is restored. Set REGIOPAD_DATA and HISTORY_KEYS_FILE as for the services, or add --without-keys.`,
      );
    await cp(file, join(folder, name));
  }
}

/** What is written at this moment has a name that begins with a dot, or is gone again when its turn comes. */
async function copyWhole(from: string, to: string): Promise<void> {
  await mkdir(to, { mode: 0o700 });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyWhole(source, target);
    else if (entry.isFile() && !entry.name.startsWith('.'))
      await cp(source, target).catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      });
  }
}

const temporalVersion = async (folder: string): Promise<string> =>
  (await readFile(join(folder, parts.temporalVersion), 'utf8')).trim();

async function ownVersion(): Promise<string> {
  const text = await readFile(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/**
 * Removes all but the newest so many backups; nothing but whole ones that Regiopad made. Gives their names.
 * @param made the folder of the one that was made just now: it stays, also where the clock was set back and older ones look newer
 */
export async function removeOlder(into: string, keep: number, made: string): Promise<string[]> {
  const others = (await readdir(into)).filter((name) => NAME.test(name) && name !== basename(made)).sort();
  const older = others.slice(0, Math.max(0, others.length - (keep - 1)));
  for (const name of older) await rm(join(into, name), { recursive: true });
  return older;
}
