/** What Regiopad needs of the machine: room and rights in its folder, and keys that nobody else can read. */
import { mkdir, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../../worker/config.ts';
import { historyKeysPath } from '../../worker/histories/keys.ts';
import { linkKeysPath, loadLinkKeys } from '../../worker/link-keys.ts';
import { messageOf } from '../../worker/setup-error.ts';
import type { Check } from './check.ts';

const MEGABYTE = 1024 * 1024;
const LEAST_MEGABYTES = 200;
/** Rights of the group and of everybody. */
const OTHERS = 0o077;

export const machineChecks = (config: Config): Check[] => [
  { name: 'node', run: () => Promise.resolve(process.version) },
  { name: 'data folder', run: () => dataFolder(config.dataDir) },
  { name: 'keys of links', run: () => linkKeys(config) },
];

/** Writes and removes a file: rights alone say nothing of a disk that is full or can only be read. */
async function dataFolder(folder: string): Promise<string> {
  const trial = join(folder, `.doctor-${String(process.pid)}`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(trial, 'x', { flush: true });
  } catch (error) {
    throw new Error(
      `${folder} cannot be written (${messageOf(error)}): give it to the user that runs Regiopad, make room, or set REGIOPAD_DATA`,
      { cause: error },
    );
  } finally {
    await rm(trial, { force: true }).catch(() => undefined);
  }
  const { bavail, bsize } = await statfs(folder);
  const free = Math.floor((bavail * bsize) / MEGABYTE);
  if (free < LEAST_MEGABYTES)
    throw new Error(`${folder} has ${String(free)} MB left: make room before nothing can be recorded any more`);
  return `${folder}, ${String(free)} MB free`;
}

async function linkKeys({ dataDir }: Config): Promise<string> {
  const file = linkKeysPath(dataDir);
  if (!(await checkSecret(file))) return `${file} is made at the first start`;
  const { current, keys } = loadLinkKeys(dataDir);
  return `${file}: ${current} signs, ${String(Object.keys(keys).length)} in all`;
}

/** Whether a file of keys is there. Throws when others on the machine can read it. */
export async function checkSecret(file: string): Promise<boolean> {
  const found = await stat(file).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  });
  if (found === undefined) return false;
  if (process.platform !== 'win32' && (found.mode & OTHERS) !== 0)
    throw new Error(`others on this machine can read ${file}: chmod 600 ${file}`);
  return true;
}

/** Throws when others on the machine can read the keys of histories. */
export const checkHistoryKeys = (config: Config): Promise<boolean> => checkSecret(historyKeysPath(config));
