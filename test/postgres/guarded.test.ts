/** What somebody would lose where PostgreSQL is guarded by TLS and a password, or busy with itself: the backup, at night, unseen. */
import { chownSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { asInstant, asPathId } from '../../domain/ids.ts';
import {
  answers,
  type Cluster,
  findPostgres,
  layOutCluster,
  removeCluster,
  serveCluster,
} from '../../scripts/testing/postgres.ts';
import { holdStore, restoreStore } from '../../store/copies/moment.ts';
import { programAccess } from '../../store/copies/postgres-access.ts';
import { findProgram, runOn } from '../../store/copies/postgres-programs.ts';
import { openStore } from '../../store/store.ts';
import { freePort, hasEnded, until } from '../../worker/processes.ts';
import { temporaryFolder } from '../foundation/launched.ts';
import { makeAuthority } from '../temporal/authority.ts';

const PATIENCE_MS = 60_000;
const password = "ge'heim/ %&?";
let removeFolder: () => void = () => undefined;
const folder = temporaryFolder((remove) => (removeFolder = remove));
const authority = makeAuthority(folder);
let cluster: Cluster;
let server: ReturnType<typeof serveCluster>;

/** The address of a database, as somebody writes it in DATABASE_URL. */
function addressOf(database: string, settings: Record<string, string>): string {
  const url = new URL(server.url);
  url.pathname = `/${database}`;
  url.password = encodeURIComponent(password);
  for (const [name, value] of Object.entries(settings)) url.searchParams.set(name, value);
  return url.href;
}
const believed = { sslmode: 'verify-full', sslrootcert: authority.authorityFile };
const guarded = (database: string): string => addressOf(database, believed);

async function query(database: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: guarded(database) });
  await client.connect();
  return client
    .query<Record<string, unknown>>(text)
    .then(({ rows }) => rows)
    .finally(() => client.end());
}

beforeAll(async () => {
  cluster = await layOutCluster(findPostgres().programs!);
  const { owner } = cluster;
  const files = { ssl_cert_file: authority.server.certificateFile, ssl_key_file: authority.server.keyFile };
  const settings: Record<string, string> = { ssl: 'on', autovacuum_naptime: '1' };
  for (const [name, file] of Object.entries(files)) {
    const copy = (settings[name] = join(cluster.folder, name));
    copyFileSync(file, copy);
    if (owner !== undefined) chownSync(copy, owner.uid, owner.gid);
  }
  server = serveCluster(cluster, await freePort(), settings);
  expect(await until(() => answers(server.url), PATIENCE_MS)).toBe(true);
  const client = new Client(server.url);
  await client.connect();
  await client.query(`alter role regiopad password ${client.escapeLiteral(password)}`);
  for (const name of ['before', 'after', 'busy', 'slow']) await client.query(`create database ${name}`);
  writeFileSync(join(cluster.folder, 'data', 'pg_hba.conf'), 'hostssl all all 127.0.0.1/32 scram-sha-256\n');
  await client.query('select pg_reload_conf()').finally(() => client.end());
  expect(await until(async () => !(await answers(server.url)), PATIENCE_MS)).toBe(true);
});

afterAll(async () => {
  if (!hasEnded(server.child)) {
    const ended = once(server.child, 'exit');
    server.child.kill('SIGQUIT');
    await ended;
  }
  removeCluster(cluster);
  removeFolder();
});

test('a store behind TLS and a password is backed up and comes back, whatever stands in the environment', async () => {
  const store = await openStore(guarded('before'));
  await store.paths.ensurePath({ path: asPathId('proef'), partnership: 'Proef', createdAt: asInstant(0) });
  await store.close();
  for (const [name, value] of [
    ['PGSSLMODE', 'disable'],
    ['PGPASSWORD', 'another'],
    ['PGHOSTADDR', '192.0.2.1'],
    ['PGSERVICE', 'none'],
  ] as const)
    vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  const copy = join(temporaryFolder(onTestFinished), 'copy');
  const held = await holdStore(guarded('before'), () => undefined);
  await held.copyTo(copy).finally(held.release);
  await restoreStore(guarded('after'), copy);
  vi.unstubAllEnvs();
  const restored = await openStore(guarded('after'));
  expect((await restored.paths.paths()).map(({ path }) => path)).toEqual(['proef']);
  await restored.close();
});

test('the programs of PostgreSQL believe whom the store believes, and nobody else', async () => {
  const program = await findProgram('pg_dump', 15);
  const copied = (settings: Record<string, string>) =>
    runOn(addressOf('before', settings), program, ['--schema-only', '--file=/dev/null']);
  await copied({ sslmode: 'no-verify' });
  await copied({ sslmode: 'verify-full', sslrootcert: authority.authorityFile });
  const other = makeAuthority(temporaryFolder(onTestFinished)).authorityFile;
  await expect(copied({ sslmode: 'verify-full', sslrootcert: other })).rejects.toThrow(/certificate verify failed/);
  // To the library of PostgreSQL alone this word means: whoever answers.
  await expect(copied({ sslmode: 'require' })).rejects.toThrow(/certificate verify failed/);
  await expect(copied({})).rejects.toThrow(/no encryption/);
});

test('a password is never among the words of a program, and the one that the store uses is the one that counts', async () => {
  const { target, environment } = await programAccess(
    'postgres://us:se%2Fcret@db.example.org:5433/it%27s?sslmode=no-verify&password=other&options=-c%20geqo%3Doff',
    '/nowhere',
  );
  expect(target).toBe("dbname='it\\'s'");
  expect(environment).toMatchObject({
    ...{ PGHOST: 'db.example.org', PGPORT: '5433', PGUSER: 'us', PGPASSWORD: 'other', PGSSLMODE: 'require' },
    ...{ PGOPTIONS: '-c geqo=off' },
  });
});

test('the program of the version of the server is taken, or one that is newer', async () => {
  const bin = temporaryFolder(onTestFinished);
  const given: [string, number][] = [97, 99, 98].map((major) => [join(bin, String(major)), major]);
  for (const [place, major] of given) {
    mkdirSync(place);
    writeFileSync(join(place, 'pg_dump'), `#!/bin/sh\necho 'pg_dump (PostgreSQL) ${String(major)}.1'\n`, {
      mode: 0o755,
    });
  }
  vi.stubEnv('PATH', given.map(([place]) => place).join(':'));
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(await findProgram('pg_dump', 98)).toBe(join(bin, '98', 'pg_dump'));
  expect(await findProgram('pg_dump', 90)).toBe(join(bin, '97', 'pg_dump'));
  await expect(findProgram('pg_dump', 100)).rejects.toThrow(
    /99\/pg_dump is of PostgreSQL 99 and the server of 100: install postgresql-client-100/,
  );
});

test('an automatic vacuum on a table of the store does not hold up its backup', async () => {
  await (await openStore(guarded('busy'))).close();
  const slowly = 'autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1';
  await query('busy', `alter table health set (${slowly}, autovacuum_vacuum_threshold = 0)`);
  await query(
    'busy',
    `insert into health (component, ok, code, detail, since, checked_at)
       select n::text, 1, '', repeat('x', 500), '', '' from generate_series(1, 8000) n`,
  );
  await query('busy', 'delete from health');
  const isVacuumed = async () =>
    (await query('busy', `select 1 from pg_stat_progress_vacuum where relid = 'health'::regclass`)).length > 0;
  expect(await until(isVacuumed, PATIENCE_MS)).toBe(true);
  const held = await holdStore(guarded('busy'), () => undefined);
  await held.release();
  expect(held.contents).toMatchObject({ paths: 0, events: 0 });
});

test('a change of the schema may take longer than an answer may', async () => {
  const blocker = new Client({ connectionString: guarded('slow') });
  await blocker.connect();
  // The lock that a change of the schema is made under (kysely).
  await blocker.query('select pg_advisory_lock(3853314791062309107)');
  const opening = openStore(guarded('slow'), { silenceMs: 6_000 });
  const outcome = opening.then(
    () => 'opened',
    (error: unknown) => String(error),
  );
  const early = await Promise.race([outcome, new Promise((resolve) => setTimeout(resolve, 9_000, 'waiting'))]);
  expect(early).toBe('waiting');
  await blocker.end();
  expect(await outcome).toBe('opened');
  await (await opening).close();
});

test('a server that accepts and says nothing ends a backup, instead of holding it up for ever', async () => {
  server.child.kill('SIGSTOP');
  try {
    await expect(holdStore(guarded('before'), () => undefined)).rejects.toMatchObject({ code: 'copy-failed' });
  } finally {
    server.child.kill('SIGCONT');
  }
});
