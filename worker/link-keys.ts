/** The keys that sign links, in keys.json of a data folder: made at first use, rotated and retired by a person. */
import { join } from 'node:path';
import { freshSecret, type KeyFile, keyFile, type KeyRing, type Keys } from './key-file.ts';
import { SetupError } from './setup-error.ts';

export type LinkKeys = Keys;
export type { KeyRing };

const fileOf = (dataDir: string): KeyFile =>
  keyFile(join(dataDir, 'keys.json'), () => ({ current: 'k1', keys: { k1: freshSecret() } }));

/** The path of their file, whether it is there or not. */
export const linkKeysPath = (dataDir: string): string => fileOf(dataDir).file;

/** The signing keys of a data folder, made at first use. */
export const loadLinkKeys = (dataDir: string): LinkKeys => fileOf(dataDir).load();

/** The same as they are at each moment: a rotation needs no restart. */
export const linkKeysOf = (dataDir: string): KeyRing => fileOf(dataDir).ring();

/** Adds a key that signs from now on; what older ones signed keeps working. Gives its id. */
export function rotateLinkKeys(dataDir: string, today: string): string {
  return fileOf(dataDir).change(({ keys, since = {} }) => {
    const numbers = Object.keys(keys).map((id) => Number(/^k(\d+)$/.exec(id)?.[1] ?? 0));
    // Above every id that was ever given: one that was retired never comes back.
    const used = Object.keys(since).map((id) => Number(/^k(\d+)$/.exec(id)?.[1] ?? 0));
    const current = `k${String(Math.max(...numbers, ...used) + 1)}`;
    return { current, keys: { ...keys, [current]: freshSecret() }, since: { ...since, [current]: today } };
  }).current;
}

/** Takes a key away: what it signed no longer opens. Throws a SetupError for the key that signs, and for an unknown one. */
export function retireLinkKey(dataDir: string, id: string): void {
  fileOf(dataDir).change((all) => {
    if (!Object.hasOwn(all.keys, id)) throw new SetupError(`There is no key ${id}: see \`regiopad keys\`.`);
    if (all.current === id) throw new SetupError(`The key ${id} signs new links: run \`regiopad keys rotate\` first.`);
    const { [id]: _retired, ...keys } = all.keys;
    return { ...all, keys };
  });
}
