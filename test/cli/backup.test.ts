/** What would be lost here: a backup that is none on the day it is needed, or the data that a restore wrote over. */
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { makeBackup, removeOlder } from '../../client/backup/make.ts';
import { checkBackup, restoreBackup } from '../../client/backup/restore.ts';
import { asInstant, asPathId } from '../../domain/ids.ts';
import { openStore } from '../../store/store.ts';
import { type Config, loadConfig } from '../../worker/config.ts';
import { loadHistoryKeys } from '../../worker/histories/keys.ts';
import { loadLinkKeys } from '../../worker/link-keys.ts';
import { startDevServer } from '../../worker/temporal/dev-server.ts';
import { temporaryFolder } from '../foundation/launched.ts';
import { run } from './run.ts';

let removed: () => void = () => undefined;
const folder = temporaryFolder((remove) => (removed = remove));
const dataDir = join(folder, 'data');
const at = (dir: string, more: NodeJS.ProcessEnv = {}): Config => loadConfig({ REGIOPAD_DATA: dir, ...more });
const everything = { withKeys: true };

/** A folder with a store, keys, mails and the database of a Temporal server that has ended. */
beforeAll(async () => {
  mkdirSync(join(dataDir, 'mailbox'), { recursive: true });
  writeFileSync(join(dataDir, 'mailbox', '1.eml'), 'Subject: een\n');
  writeFileSync(join(dataDir, 'mailbox', '.half'), 'Subj');
  const store = await openStore(join(dataDir, 'dossier.db'));
  await store.paths.ensurePath({ path: asPathId('proef'), partnership: 'Proef', createdAt: asInstant(0) });
  await store.close();
  loadLinkKeys(dataDir);
  loadHistoryKeys({ dataDir });
  await (await startDevServer({ dataDir })).stop(0);
  return () => {
    removed();
  };
});

/** A backup of its own, in a folder that is gone after the test. */
async function fresh(options = everything): Promise<string> {
  return (await makeBackup(at(dataDir), temporaryFolder(onTestFinished), options)).folder;
}
const emptyFolder = (): string => join(temporaryFolder(onTestFinished), 'new');

test('a backup comes back whole, and only its owner can read it', async () => {
  const backup = await fresh();
  expect(readdirSync(backup).sort()).toEqual([
    'backup.json',
    'dossier.db',
    'history-keys.json',
    'keys.json',
    'mailbox',
    'temporal-version.txt',
    'temporal.db',
  ]);
  expect(readdirSync(join(backup, 'mailbox'))).toEqual(['1.eml']);
  for (const name of ['', 'backup.json', 'dossier.db', 'keys.json', 'mailbox/1.eml'])
    expect(statSync(join(backup, name)).mode & 0o077).toBe(0);
  const target = emptyFolder();
  await restoreBackup(at(target), backup, undefined);
  expect(loadLinkKeys(target)).toEqual(loadLinkKeys(dataDir));
  expect(loadHistoryKeys({ dataDir: target })).toEqual(loadHistoryKeys({ dataDir }));
  expect(statSync(join(target, 'keys.json')).mode & 0o077).toBe(0);
  const store = await openStore(join(target, 'dossier.db'));
  expect((await store.paths.paths()).map(({ path }) => path)).toEqual(['proef']);
  await store.close();
  const server = await startDevServer({ dataDir: target });
  await server.stop(0);
});

const spoilt: [string, (backup: string) => void, RegExp][] = [
  [
    'a file that was changed',
    (backup) => appendFileSync(join(backup, 'keys.json'), ' '),
    /changed or damaged: keys\.json/,
  ],
  ['one byte of a database', (backup) => flip(join(backup, 'temporal.db')), /changed or damaged: temporal\.db/],
  ['a file that is missing', (backup) => rmSync(join(backup, 'dossier.db')), /incomplete: dossier\.db is missing/],
  ['a mail that is missing', (backup) => rmSync(join(backup, 'mailbox', '1.eml')), /incomplete: mailbox\/1\.eml/],
  ['a list that was changed', (backup) => edit(backup, '"paths": 0', '"paths": 7'), /was changed after it was made/],
  ['a list of another form', (backup) => edit(backup, 'regiopad-backup-1', 'regiopad-backup-9'), /another form/],
  ['a list that is cut off', (backup) => writeFileSync(join(backup, 'backup.json'), '{'), /cannot be read/],
  [
    'a backup that was broken off',
    (backup) => rmSync(join(backup, 'backup.json')),
    /is no backup: it has no backup\.json/,
  ],
];

function flip(file: string): void {
  const bytes = readFileSync(file);
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

function edit(backup: string, from: string, to: string): void {
  const file = join(backup, 'backup.json');
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
}

test.each(spoilt)('%s is noticed, and nothing is restored', async (_what, spoil, expected) => {
  const backup = await fresh();
  spoil(backup);
  const target = emptyFolder();
  await expect(restoreBackup(at(target), backup, undefined)).rejects.toThrow(expected);
  expect(existsSync(target)).toBe(false);
  await expect(checkBackup(backup)).rejects.toThrow(expected);
});

test('a folder with anything in it is left as it is', async () => {
  const backup = await fresh();
  const target = emptyFolder();
  mkdirSync(target);
  writeFileSync(join(target, 'dossier.db'), 'mine');
  await expect(restoreBackup(at(target), backup, undefined)).rejects.toMatchObject({
    code: 'not-empty',
    message: expect.stringContaining(`${target} holds data (dossier.db)`) as string,
  });
  expect(readdirSync(target)).toEqual(['dossier.db']);
  expect(readFileSync(join(target, 'dossier.db'), 'utf8')).toBe('mine');
});

test('a store goes back to the kind of database that it came from', async () => {
  const elsewhere = at(emptyFolder(), { DATABASE_URL: 'postgres://us@127.0.0.1:1/regiopad' });
  await expect(restoreBackup(elsewhere, await fresh(), undefined)).rejects.toThrow(/unset DATABASE_URL/);
});

test('a backup without keys holds none, asks for them, and comes back with them', async () => {
  const backup = await fresh({ withKeys: false });
  expect(readdirSync(backup).filter((name) => name.includes('keys'))).toEqual([]);
  const target = emptyFolder();
  await expect(restoreBackup(at(target), backup, undefined)).rejects.toThrow(/add --keys FOLDER/);
  await expect(restoreBackup(at(target), backup, backup)).rejects.toThrow(/expected a folder with keys\.json/);
  await restoreBackup(at(target), backup, dataDir);
  expect(loadLinkKeys(target)).toEqual(loadLinkKeys(dataDir));
});

test('histories whose key is not in the file that machines share are not restored beside it', async () => {
  const backup = await fresh();
  const [shared, other] = [join(emptyFolder(), 'keys.json'), join(emptyFolder(), 'keys.json')];
  const first = emptyFolder();
  await restoreBackup(at(first, { HISTORY_KEYS_FILE: shared }), backup, undefined);
  expect(loadHistoryKeys({ dataDir: first, historyKeysFile: shared })).toEqual(loadHistoryKeys({ dataDir }));
  expect(existsSync(join(first, 'history-keys.json'))).toBe(false);
  loadHistoryKeys({ dataDir: join(other, '..') });
  cpSync(join(other, '..', 'history-keys.json'), other);
  const target = emptyFolder();
  await expect(restoreBackup(at(target, { HISTORY_KEYS_FILE: other }), backup, undefined)).rejects.toThrow(
    /lacks h[0-9a-f]{10}, with which histories of this backup were encrypted/,
  );
  expect(readdirSync(target)).toEqual([]);
});

test('old backups go, the newest stay, and nothing else in the folder is touched', async () => {
  const into = temporaryFolder(onTestFinished);
  for (const name of ['regiopad-20310101T020000Z', 'regiopad-20310102T020000Z', 'regiopad-20310103T020000Z', 'photos'])
    mkdirSync(join(into, name));
  expect(await removeOlder(into, 2)).toEqual(['regiopad-20310101T020000Z']);
  expect(readdirSync(into).sort()).toEqual(['photos', 'regiopad-20310102T020000Z', 'regiopad-20310103T020000Z']);
});

test('without keys, or without a store, nothing is made and nothing is left', async () => {
  const into = temporaryFolder(onTestFinished);
  const bare = emptyFolder();
  await expect(makeBackup(at(bare), into, everything)).rejects.toThrow(/there is no store at .*dossier\.db/);
  await (await openStore(join(bare, 'dossier.db'))).close();
  await expect(makeBackup(at(bare), into, everything)).rejects.toThrow(/no keys at .*keys\.json.*--without-keys/);
  expect(readdirSync(into)).toEqual([]);
});

test('the command says what it made, whether it is whole, and what is wrong with what it was given', async () => {
  const into = temporaryFolder(onTestFinished);
  const regiopad = (words: string[], dir = dataDir) => run(words, { REGIOPAD_DATA: dir, DATABASE_URL: '' });
  const made = await regiopad(['backup', into]);
  expect(made).toMatchObject({ code: 0, stderr: expect.stringContaining('who has it can read everything') as string });
  const [, backup = ''] =
    /^(\S+\/regiopad-\d{8}T\d{6}Z): 0 paths .*Temporal, keys, [\d.]+ MB, as of /.exec(made.stdout) ?? [];
  expect((await regiopad(['restore', backup, '--check'])).stdout).toContain(`${backup} is whole: 0 paths`);
  expect(await regiopad(['restore', backup])).toMatchObject({
    code: 4,
    stderr: expect.stringMatching(
      /holds data .*nothing is ever overwritten: set REGIOPAD_DATA to a new folder/,
    ) as string,
  });
  expect(await regiopad(['restore', into])).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/is no backup: it has no backup\.json/) as string,
  });
  expect(await regiopad(['backup', into, '--keep', 'all'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--keep all: expected how many backups stay') as string,
  });
  expect((await regiopad(['restore', backup], join(into, 'new'))).stdout).toContain(
    `restored into ${join(into, 'new')}`,
  );
});
