/** The keys that encrypt what Temporal keeps of the paths. The newest encrypts, all of them decrypt; none is ever taken away. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { freshSecret, type KeyFile, keyFile, type KeyRing, type Keys } from '../key-file.ts';
import { SetupError } from '../setup-error.ts';

export interface HistoryKeyPlace {
  dataDir: string;
  /** HISTORY_KEYS_FILE: a file that several machines share; never made by itself. */
  historyKeysFile?: string | undefined;
}

/** Says which key it is wherever it turns up: two machines that each made one never call different keys the same. */
const idOf = (secret: string): string => `h${createHash('sha256').update(secret).digest('hex').slice(0, 10)}`;

function freshKey(): { id: string; secret: string } {
  const secret = freshSecret();
  return { id: idOf(secret), secret };
}

function withFreshKey(today: string | undefined, { keys, since = {} }: Pick<Keys, 'keys' | 'since'>): Keys {
  const { id, secret } = freshKey();
  return {
    current: id,
    keys: { ...keys, [id]: secret },
    since: today === undefined ? since : { ...since, [id]: today },
  };
}

const fileOf = ({ dataDir, historyKeysFile }: HistoryKeyPlace): KeyFile =>
  keyFile(historyKeysFile ?? join(dataDir, 'history-keys.json'), () => withFreshKey(undefined, { keys: {} }));

/** The path of their file, whether it is there or not. */
export const historyKeysPath = (place: HistoryKeyPlace): string => fileOf(place).file;

/**
 * The keys of a data folder, made at first use. Throws a SetupError when HISTORY_KEYS_FILE names a file that is not there: a key
 * of one machine only would make histories that the others cannot read.
 */
export function loadHistoryKeys(place: HistoryKeyPlace): Keys {
  checkGiven(place);
  return fileOf(place).load();
}

/** The same as they are at each moment: a new key needs no restart. */
export function historyKeysOf(place: HistoryKeyPlace): KeyRing {
  checkGiven(place);
  return fileOf(place).ring();
}

/** Adds a key that encrypts from now on, in a file that is made when there is none. Gives its id. */
export function rotateHistoryKeys(place: HistoryKeyPlace, today: string): string {
  return fileOf(place).change((keys) => withFreshKey(today, keys)).current;
}

/** A key for what ends with this process. */
export function passingHistoryKeys(): KeyRing {
  const keys = withFreshKey(undefined, { keys: {} });
  return () => keys;
}

function checkGiven(place: HistoryKeyPlace): void {
  if (place.historyKeysFile === undefined || fileOf(place).find() !== undefined) return;
  throw new SetupError(
    `HISTORY_KEYS_FILE: there is no file ${place.historyKeysFile}. Put it there from a backup or from the other machines; only for a new installation make it with \`regiopad keys rotate histories\`.`,
  );
}
