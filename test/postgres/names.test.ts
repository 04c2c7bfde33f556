/** What would be lost when the name server of the machine goes away: mails, or what could not be recorded meanwhile. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Client } from 'pg';
import { expect, inject, onTestFinished, test } from 'vitest';
import { openStore } from '../../store/store.ts';
import { until } from '../../worker/processes.ts';
import { run } from '../cli/run.ts';
import { clockAt, contactsOf, Fleet, MORNING, municipalities, pathsOf, root } from '../faults/fleet.ts';
import { temporaryFolder } from '../foundation/launched.ts';
import { startServer } from '../mail/server.ts';
import { newPlace } from '../store/places.ts';

const PATIENCE_MS = 120_000;
const [MAIL, DATABASE] = ['mail.regiopad.test', 'db.regiopad.test'];

test(
  'names that nobody knows for a while are said, and every mail leaves once and is recorded when they are known again',
  { timeout: 600_000 },
  async () => {
    const place = await newPlace();
    const dataDir = temporaryFolder(onTestFinished);
    const [store, smtp, fleet] = await Promise.all([openStore(place), startServer(), Fleet.start()]);
    const gone = join(dataDir, 'gone');
    const away = (...names: string[]) => {
      writeFileSync(gone, names.join(' '));
    };
    const named = new URL(place);
    named.hostname = DATABASE;
    const settings = {
      ...{ NODE_OPTIONS: `--import=${pathToFileURL(join(root, 'test', 'faults', 'resolver.mjs')).href}` },
      ...{ REGIOPAD_TEST_GONE: gone, DATABASE_URL: named.href, DATABASE_POOL: '4' },
    };
    const smtpUrl = `smtp://${MAIL}:${String(smtp.port)}`;

    away(MAIL, DATABASE);
    const early = fleet.startWorker(dataDir, smtpUrl, settings);
    expect((await early.ended).code).toBe(1);
    expect(early.output()).toMatch(/Cannot open the store .*getaddrinfo EAI_AGAIN db\.regiopad\.test/);
    const doctor = await run(['doctor'], {
      ...settings,
      ...{ REGIOPAD_DATA: dataDir, TEMPORAL_ADDRESS: fleet.server.address, SMTP_URL: smtpUrl },
    });
    expect(doctor.stdout).toMatch(/^WRONG {2}store .*getaddrinfo EAI_AGAIN db\.regiopad\.test/m);
    expect(doctor.stdout).toMatch(/^WRONG {2}mail server .*the name mail\.regiopad\.test is not known \(EAI_AGAIN\)/m);

    away(MAIL);
    const worker = fleet.startWorker(dataDir, smtpUrl, settings);
    onTestFinished(async () => {
      worker.child.kill('SIGTERM');
      await worker.ended;
      await Promise.all([fleet.stop(), smtp.close(), store.close()]);
    });
    const [path] = pathsOf(1);
    if (path === undefined) throw new Error('no path');
    // A minute of the path is three seconds here: what waits is tried again after one, five, fifteen minutes.
    await fleet.startPaths(store, [path], clockAt(MORNING, 20));
    const trouble = async () => (await store.health.health('mail'))?.code;
    expect(await until(async () => (await trouble()) === 'EDNS', PATIENCE_MS)).toBe(true);
    expect(smtp.received).toEqual([]);

    // Now the store: connections that it has end, and new ones find no server.
    away(MAIL, DATABASE);
    await endConnections(place);
    await expect.poll(() => store.ping().then(() => 'answers', String), { timeout: PATIENCE_MS }).toBe('answers');
    const before = await store.events.lastSeq(path);
    const fails = async () =>
      (await fleet.client.workflow.getHandle(`path/${path}`).describe()).raw.pendingActivities ?? [];
    expect(await until(async () => (await fails()).some(({ attempt }) => (attempt ?? 0) > 1), PATIENCE_MS)).toBe(true);
    expect(await store.events.lastSeq(path)).toBe(before);

    away();
    const recipients = () =>
      smtp.received.map(({ recipients: [to = ''] }) => to).filter((to) => contactsOf(path).includes(to));
    await until(() => recipients().length >= municipalities.length, PATIENCE_MS);
    expect(recipients().sort()).toEqual(contactsOf(path).sort());
    const accepted = async () =>
      (await store.ledger.entriesOf(path)).filter(({ kind, outcome }) => kind === 'request' && outcome === 'accepted');
    expect(await until(async () => (await accepted()).length === municipalities.length, PATIENCE_MS)).toBe(true);
    expect(await until(async () => (await store.events.lastSeq(path)) > before, PATIENCE_MS)).toBe(true);
    expect(await trouble()).toBe('accepted');
    expect(worker.child.exitCode).toBeNull();
  },
);

/** All but those of this test's own server connection; its pool makes new ones. */
async function endConnections(place: string): Promise<void> {
  const client = new Client(inject('postgres'));
  await client.connect();
  await client.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = $1`, [
    new URL(place).pathname.slice(1),
  ]);
  await client.end();
}
