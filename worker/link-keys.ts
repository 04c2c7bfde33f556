/** The keys that sign links, in keys.json of a data folder: made at first use, rotated and retired by a person. */
import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { SetupError } from './setup-error.ts';

const Keys = z.object({
  /** The id of the key that signs; the others still verify. */
  current: z.string().min(1),
  /** 256 bits each, base64url. */
  keys: z.record(z.string(), z.string().min(43)),
  /** The day on which a key was made; absent for the first one of older folders. */
  since: z.record(z.string(), z.string()).optional(),
});
export type LinkKeys = z.infer<typeof Keys>;
/** The keys as they are now. */
export type KeyRing = () => LinkKeys;

const fileIn = (dataDir: string): string => join(dataDir, 'keys.json');
const freshSecret = (): string => randomBytes(32).toString('base64url');
const asText = (keys: LinkKeys): string => `${JSON.stringify(keys, undefined, 2)}\n`;
const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/**
 * The signing keys of a data folder, which only its owner can read. Made at first use; when two processes do so at once, one
 * file wins.
 */
export function loadLinkKeys(dataDir: string): LinkKeys {
  const file = fileIn(dataDir);
  const found = readKeys(file);
  if (found !== undefined) return found;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, asText({ current: 'k1', keys: { k1: freshSecret() } }), { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  const kept = readKeys(file);
  if (kept === undefined) throw new SetupError(`Cannot read ${file}`);
  return kept;
}

/** The same, read again whenever the file has changed: a rotation needs no restart, and all processes agree at once. */
export function linkKeysOf(dataDir: string): KeyRing {
  const file = fileIn(dataDir);
  let keys = loadLinkKeys(dataDir);
  let mark = markOf(file);
  return () => {
    const now = markOf(file);
    if (now !== undefined && now !== mark) {
      keys = readKeys(file) ?? keys;
      mark = now;
    }
    return keys;
  };
}

/** Tells one version of a file from the next; each is a file of its own. */
function markOf(file: string): string | undefined {
  const stat = statSync(file, { throwIfNoEntry: false, bigint: true });
  return stat && [stat.ino, stat.mtimeNs, stat.size].join('/');
}

/** Adds a key that signs from now on; what older ones signed keeps working. Gives its id. */
export function rotateLinkKeys(dataDir: string, today: string): string {
  return changeKeys(dataDir, ({ keys, since = {} }) => {
    const numbers = Object.keys(keys).map((id) => Number(/^k(\d+)$/.exec(id)?.[1] ?? 0));
    // Above every id that was ever given: one that was retired never comes back.
    const used = Object.keys(since).map((id) => Number(/^k(\d+)$/.exec(id)?.[1] ?? 0));
    const current = `k${String(Math.max(...numbers, ...used) + 1)}`;
    return { current, keys: { ...keys, [current]: freshSecret() }, since: { ...since, [current]: today } };
  }).current;
}

/** Takes a key away: what it signed no longer opens. Throws a SetupError for the key that signs, and for an unknown one. */
export function retireLinkKey(dataDir: string, id: string): void {
  changeKeys(dataDir, (all) => {
    if (!Object.hasOwn(all.keys, id)) throw new SetupError(`There is no key ${id}: see \`regiopad keys\`.`);
    if (all.current === id) throw new SetupError(`The key ${id} signs new links: run \`regiopad keys rotate\` first.`);
    const { [id]: _retired, ...keys } = all.keys;
    return { ...all, keys };
  });
}

/** One change at a time; readers see the file before it or after it, never half of it. */
function changeKeys(dataDir: string, change: (keys: LinkKeys) => LinkKeys): LinkKeys {
  loadLinkKeys(dataDir);
  const file = fileIn(dataDir);
  const draft = `${file}.next`;
  try {
    writeFileSync(draft, '', { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new SetupError(`Somebody else is changing the keys. If nobody is, remove ${draft} and try again.`);
  }
  try {
    const changed = change(loadLinkKeys(dataDir));
    writeFileSync(draft, asText(changed), { mode: 0o600 });
    renameSync(draft, file);
    return changed;
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

function readKeys(file: string): LinkKeys | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
  const keys = Keys.parse(JSON.parse(text));
  if (keys.keys[keys.current] === undefined) throw new SetupError(`${file}: there is no key "${keys.current}"`);
  return keys;
}
