/** `regiopad backup FOLDER` and `regiopad restore BACKUP`. */
import { resolve } from 'node:path';
import { openStore } from '../../store/store.ts';
import { StoreError } from '../../store/errors.ts';
import { loadConfig } from '../../worker/config.ts';
import { SetupError } from '../../worker/setup-error.ts';
import { makeBackup, removeOlder } from '../backup/make.ts';
import type { Manifest } from '../backup/manifest.ts';
import { checkBackup, restoreBackup } from '../backup/restore.ts';
import { badInput, exitCodes, Failure } from './failure.ts';
import { note, print } from './output.ts';
import { runningConfig } from './running.ts';

export async function backUp(into: string, options: { keep?: string; withoutKeys?: true }): Promise<void> {
  const keep = keepOf(options.keep);
  const withKeys = options.withoutKeys !== true;
  const { folder, manifest } = await makeBackup(runningConfig(), resolve(into), { withKeys });
  print(`${folder}: ${summary(manifest)}`);
  note(
    withKeys
      ? 'It holds people, files and the keys: who has it can read everything and answer for anybody. Only its owner can read it; keep that so wherever it goes.'
      : `It holds people and files, and no keys: keep keys.json and history-keys.json elsewhere, or no path can go on after a restore.`,
  );
  if (manifest.temporal === 'elsewhere')
    note(
      "Temporal's database is not in it, since Temporal runs elsewhere: back that up right after this one (docs/production.md).",
    );
  if (keep === undefined) return;
  const removed = await removeOlder(resolve(into), keep, folder);
  if (removed.length > 0) note(`removed ${removed.join(', ')}: --keep ${String(keep)}`);
}

/** @param options.check only read the backup, all of it */
export async function restore(from: string, options: { keys?: string; check?: true }): Promise<void> {
  const folder = resolve(from);
  if (options.check === true) {
    print(`${folder} is whole: ${summary(await checked(() => checkBackup(folder)))}`);
    return;
  }
  const config = loadConfig();
  const keys = options.keys === undefined ? undefined : resolve(options.keys);
  const manifest = await checked(() => restoreBackup(config, folder, keys));
  const store = await openStore(config.storeLocation);
  await store.close();
  print(`restored into ${config.dataDir}: ${summary(manifest)}`);
  note(
    'Make sure that the old one runs nowhere any more, or both send the same mails. Mails that went out after that moment may go out again; who answered after it is asked again.',
  );
  if (manifest.clockOffsetMs > 0)
    note(
      `It is a trial with a clock of its own: start it with REGIOPAD_CLOCK_OFFSET_HOURS=${String(manifest.clockOffsetMs / 3_600_000)}.`,
    );
  if (manifest.temporal === 'elsewhere')
    note(
      "Temporal's database comes from a backup of its own. When all runs, `regiopad rebuild` says whether both fit together and mends what it can.",
    );
}

function keepOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,3}$/.test(text)) throw badInput(`--keep ${text}: expected how many backups stay, 1 to 9999`);
  return Number(text);
}

/** What is wrong with a backup is the input's fault; that something is there already is a rule. */
async function checked<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StoreError && error.code === 'not-empty') throw new Failure(exitCodes.refused, error.message);
    if (error instanceof SetupError) throw badInput(error.message);
    throw error;
  }
}

function summary({ moment, store, temporal, hasKeys, files }: Manifest): string {
  const megabytes = files.reduce((sum, { bytes }) => sum + bytes, 0) / 1024 / 1024;
  const holds = [
    `${String(store.paths)} paths with ${String(store.events)} events`,
    store.kind === 'sqlite' ? 'store in SQLite' : 'store of PostgreSQL',
    temporal === 'elsewhere' ? 'without Temporal' : 'Temporal',
    hasKeys ? 'keys' : 'no keys',
    `${megabytes.toFixed(1)} MB`,
  ];
  return `${holds.join(', ')}, as of ${moment}`;
}
