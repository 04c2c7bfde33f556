/** Secret keys in a file that only its owner can read: made at first use, added to and taken from by a person while everything runs. */
import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { messageOf, SetupError } from './setup-error.ts';

const KeysInFile = z.object({
  /** The id of the key that is used from now on; the others still open what they closed. */
  current: z.string().min(1),
  /** 256 bits each, base64url. */
  keys: z.record(z.string(), z.string().regex(/^[\w-]{43,}$/)),
  /** The day on which a key was made; absent for the first one of older folders. Those of keys that are gone stay. */
  since: z.record(z.string(), z.string()).optional(),
});
export type Keys = z.infer<typeof KeysInFile>;
/** The keys as they are now. */
export type KeyRing = () => Keys;

export interface KeyFile {
  /** Where they are. */
  file: string;
  /** The keys, made at first use; when two processes do so at once, one file wins. Throws a SetupError when they cannot be read. */
  load: () => Keys;
  /** Undefined when there is no file yet. */
  find: () => Keys | undefined;
  /** The same as `load`, read again whenever the file has changed: a new key needs no restart, and all processes agree at once. */
  ring: () => KeyRing;
  /** One change at a time; readers see the file before it or after it, never half of it. */
  change: (change: (keys: Keys) => Keys) => Keys;
}

export const freshSecret = (): string => randomBytes(32).toString('base64url');
const asText = (keys: Keys): string => `${JSON.stringify(keys, undefined, 2)}\n`;

/** @param first what a new file holds */
export function keyFile(file: string, first: () => Keys): KeyFile {
  const find = (): Keys | undefined => readKeys(file);

  const load = (): Keys => {
    const found = find();
    if (found !== undefined) return found;
    const draft = `${file}.${randomBytes(6).toString('hex')}`;
    try {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      writeFileSync(draft, asText(first()), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      rmSync(draft, { force: true });
      throw new SetupError(`The keys cannot be made in ${dirname(file)} (${messageOf(error)}).`);
    }
    try {
      linkSync(draft, file);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    } finally {
      rmSync(draft);
    }
    const kept = find();
    if (kept === undefined) throw new SetupError(`Cannot read ${file}`);
    return kept;
  };

  return {
    ...{ file, find, load },

    ring() {
      let keys = load();
      let mark = markOf(file);
      return () => {
        const now = markOf(file);
        if (now !== undefined && now !== mark) {
          keys = find() ?? keys;
          mark = now;
        }
        return keys;
      };
    },

    change(change) {
      load();
      const draft = `${file}.next`;
      try {
        writeFileSync(draft, '', { mode: 0o600, flag: 'wx' });
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw new SetupError(`The keys cannot be changed: ${messageOf(error)}`);
        throw new SetupError(`Somebody else is changing the keys. If nobody is, remove ${draft} and try again.`);
      }
      try {
        const changed = change(load());
        writeFileSync(draft, asText(changed), { mode: 0o600 });
        renameSync(draft, file);
        return changed;
      } catch (error) {
        rmSync(draft, { force: true });
        throw error;
      }
    },
  };
}

/** Tells one version of a file from the next; each is a file of its own. */
function markOf(file: string): string | undefined {
  const stat = statSync(file, { throwIfNoEntry: false, bigint: true });
  return stat && [stat.ino, stat.mtimeNs, stat.size].join('/');
}

function readKeys(file: string): Keys | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
  const keys = parseKeys(text);
  if (keys === undefined) throw new SetupError(`${file} holds no keys: put it back from a backup.`);
  if (keys.keys[keys.current] === undefined) throw new SetupError(`${file}: there is no key "${keys.current}"`);
  return keys;
}

function parseKeys(text: string): Keys | undefined {
  try {
    return KeysInFile.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;
