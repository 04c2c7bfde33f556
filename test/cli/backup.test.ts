/** What would be lost here: a backup that is none on the day it is needed, or the data that a restore wrote over. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { makeBackup, removeOlder } from '../../client/backup/make.ts';
import { describeFile, manifestText, readManifest } from '../../client/backup/manifest.ts';
import { checkBackup, restoreBackup } from '../../client/backup/restore.ts';
import { asInstant, asPathId } from '../../domain/ids.ts';
import { checkSqlite } from '../../store/copies/sqlite.ts';
import { openStore } from '../../store/store.ts';
import { type Config, loadConfig } from '../../worker/config.ts';
import { loadHistoryKeys } from '../../worker/histories/keys.ts';
import { loadLinkKeys } from '../../worker/link-keys.ts';
import { until } from '../../worker/processes.ts';
import { startDevServer } from '../../worker/temporal/dev-server.ts';
import { temporaryFolder } from '../foundation/launched.ts';
import { root, run } from './run.ts';

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
  await expect(restoreBackup(at(target), await fresh(), dataDir)).rejects.toThrow(/holds its keys.*leave --keys out/);
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
  const made = join(into, 'regiopad-20310103T020000Z');
  expect(await removeOlder(into, 2, made)).toEqual(['regiopad-20310101T020000Z']);
  expect(readdirSync(into).sort()).toEqual(['photos', 'regiopad-20310102T020000Z', 'regiopad-20310103T020000Z']);
});

test('a backup that was made just now stays, also after the clock was set back', async () => {
  const into = temporaryFolder(onTestFinished);
  for (const year of [2030, 2031, 2032]) mkdirSync(join(into, `regiopad-${String(year)}0101T020000Z`));
  const made = join(into, 'regiopad-20300101T020000Z');
  expect(await removeOlder(into, 1, made)).toEqual(['regiopad-20310101T020000Z', 'regiopad-20320101T020000Z']);
  expect(readdirSync(into)).toEqual(['regiopad-20300101T020000Z']);
});

test('what a backup that was killed left, keys and all, is gone after the next one', async () => {
  const into = temporaryFolder(onTestFinished);
  const child = spawn('sleep', ['600']);
  const ended = once(child, 'exit');
  const leave = (pid: number, host = hostname()) => join(into, `.regiopad-${host}-${String(pid)}-Ab3xYz`);
  const [killed, sameNumber, living, elsewhere, old] = [
    ...[leave(2 ** 30), leave(process.pid), leave(child.pid ?? 0)],
    ...[leave(2 ** 30, 'elsewhere'), leave(2 ** 30, 'else-where')],
  ] as [string, string, string, string, string];
  for (const draft of [killed, sameNumber, living, elsewhere, old]) {
    mkdirSync(draft);
    writeFileSync(join(draft, 'keys.json'), '{}');
  }
  utimesSync(old, new Date(0), new Date(0));
  try {
    const { folder: made } = await makeBackup(at(dataDir), into, everything);
    expect(readdirSync(into).sort()).toEqual([living, elsewhere, made].map((path) => basename(path)).sort());
  } finally {
    child.kill();
    await ended;
  }
});

test('a disk that gets full while a database is copied is said in a line, with what to do', async () => {
  const into = temporaryFolder(onTestFinished);
  const words = ['--fsize=60000', process.execPath, join(root, 'client', 'cli', 'main.ts'), 'backup', into];
  const env = { ...process.env, REGIOPAD_DATA: dataDir, DATABASE_URL: '', TEMPORAL_ADDRESS: '' };
  const failed = await promisify(execFile)('prlimit', words, { cwd: root, env }).catch((error: unknown) => error);
  expect(failed).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^\S+dossier\.db cannot be written \(.*\): make room there, or [^\n]*\n$/) as string,
  });
  expect(readdirSync(into)).toEqual([]);
});

test('a file that is no database at all is called damaged', () => {
  const file = join(temporaryFolder(onTestFinished), 'dossier.db');
  writeFileSync(file, 'not a database, but long enough to be looked at'.repeat(50));
  expect(() => {
    checkSqlite(file);
  }).toThrow(`${file} is damaged`);
});

test('the store comes last into its place, and what cannot be put there leaves nothing', async () => {
  const backup = await fresh();
  const target = emptyFolder();
  const order: string[] = [];
  mkdirSync(target);
  const watcher = watch(target, (_what, name) => {
    if (name !== null && name !== '.restoring' && !order.includes(name)) order.push(name);
  });
  await restoreBackup(at(target), backup, undefined);
  await until(() => order.includes('dossier.db'), 60_000);
  watcher.close();
  expect(order.slice(0, 2).sort()).toEqual(['history-keys.json', 'keys.json']);
  expect(order.at(-1)).toBe('dossier.db');

  writeFileSync(join(backup, 'dossier.db'), 'no database at all'.repeat(100));
  const manifest = await readManifest(backup);
  const files = await Promise.all(manifest.files.map(({ path }) => describeFile(backup, path)));
  writeFileSync(join(backup, 'backup.json'), manifestText({ ...manifest, files }));
  const other = emptyFolder();
  await expect(restoreBackup(at(other), backup, undefined)).rejects.toThrow(/dossier\.db is damaged/);
  expect(readdirSync(other)).toEqual([]);
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
