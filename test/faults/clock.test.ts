/** What goes wrong on a machine whose clock is wrong, and must not: mails on another day or twice, answers that are refused or lost. */
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { asLocalDate, type PathId } from '../../domain/ids.ts';
import { findFaketime } from '../../scripts/testing/faketime.ts';
import type { ClockComponent } from '../../store/health.ts';
import { openStore, type Store } from '../../store/store.ts';
import { linkKeysOf } from '../../worker/link-keys.ts';
import { createLinks } from '../../worker/links.ts';
import { freePort, until } from '../../worker/processes.ts';
import { launch, type Launched, temporaryFolder } from '../foundation/launched.ts';
import { startServer, type TestServer } from '../mail/server.ts';
import { browserAt } from '../postgres/browser-at.ts';
import { clockAt, contactsOf, Fleet, MORNING, municipalities, pathsOf, root } from './fleet.ts';

const PATIENCE_MS = 120_000;
const HOUR = 3_600_000;
const decision = 'statement-of-commitment';
const { library } = findFaketime();

/** A process that believes it is so many hours later. */
const hoursOff = (hours: number): NodeJS.ProcessEnv =>
  hours === 0
    ? {}
    : {
        ...{ LD_PRELOAD: library, FAKETIME: `${hours > 0 ? '+' : ''}${String(hours)}h` },
        ...{ FAKETIME_DONT_FAKE_MONOTONIC: '1' },
      };

let fleet: Fleet;
let store: Store;
let smtp: TestServer;
let dataDir: string;

beforeAll(async () => {
  let remove: () => void = () => undefined;
  dataDir = temporaryFolder((work) => (remove = work));
  [fleet, store, smtp] = await Promise.all([Fleet.start(), openStore(join(dataDir, 'dossier.db')), startServer()]);
  return async () => {
    await Promise.all([fleet.stop(), smtp.close(), store.close()]);
    remove();
  };
});

async function end({ child, ended }: Launched): Promise<void> {
  child.kill('SIGTERM');
  await ended;
}

const mailsTo = (path: PathId) =>
  smtp.received.filter(({ recipients }) => recipients.some((to) => contactsOf(path).includes(to)));
const clockOf = async (component: ClockComponent) =>
  (await store.health.clocks()).find((clock) => clock.component === component)?.code;

test.skipIf(library === undefined)(
  "a worker's clock two days ahead and back moves no mail to another day, sends none twice, holds none up, and is said",
  { timeout: 400_000 },
  async () => {
    const paths = pathsOf(3);
    for (const [index, [hours, said]] of (
      [
        [48, 'ahead'],
        [-48, 'behind'],
        [0, 'right'],
      ] as const
    ).entries()) {
      const path = paths[index];
      if (path === undefined) throw new Error('too few paths');
      await fleet.startPaths(store, [path], clockAt(MORNING, 1));
      const settings = { ...hoursOff(hours), MAIL_PER_MINUTE: '600', LOG_LEVEL: 'warn' };
      const worker = fleet.startWorker(dataDir, smtp.url, settings);
      try {
        await until(() => mailsTo(path).length >= municipalities.length, PATIENCE_MS);
        expect(await until(async () => (await clockOf('worker-clock')) === said, PATIENCE_MS), said).toBe(true);
        const inLog = new RegExp(`The clock of this machine is \\d+ minutes ${said}`);
        if (hours !== 0)
          expect(await until(() => inLog.test(worker.output()), PATIENCE_MS), worker.output()).toBe(true);
      } finally {
        await end(worker);
      }
    }
    for (const path of paths) {
      expect(
        mailsTo(path)
          .map(({ recipients }) => recipients[0])
          .sort(),
      ).toEqual(contactsOf(path).sort());
      for (const { mail } of mailsTo(path)) expect(mail.date?.toISOString().slice(0, 10)).toBe(MORNING.slice(0, 10));
      const noted = await store.ledger.entriesOf(path);
      expect(new Set(noted.map(({ day }) => day))).toEqual(new Set([MORNING.slice(0, 10)]));
    }
  },
);

test.skipIf(library === undefined)(
  'a clock of the pages two days ahead and back loses no answer, dates none by it, and is said',
  { timeout: 400_000 },
  async () => {
    const path = 'regio-pages' as PathId;
    await fleet.startPaths(store, [path], clockAt(MORNING, 1));
    const worker = fleet.startWorker(dataDir, smtp.url);
    onTestFinished(() => end(worker));
    await until(() => mailsTo(path).length >= municipalities.length, PATIENCE_MS);
    for (const [index, [hours, said]] of (
      [
        [48, 'ahead'],
        [-48, 'behind'],
      ] as const
    ).entries()) {
      const web = await startWeb(hours);
      try {
        const party = municipalities[index];
        if (party === undefined) throw new Error('too few municipalities');
        const links = createLinks({ keys: linkKeysOf(dataDir), codes: store.linkCodes, publicUrl: web.address });
        const { contact, linkGeneration } = (await store.snapshots.snapshot(path))!.parties[party]!;
        const link = { path, party, person: contact!, generation: linkGeneration, expires: asLocalDate('2033-12-31') };
        const visitor = browserAt(web.address);
        await visitor.get(`/m/${await links.contactToken(link)}`);
        await visitor.submit(`antwoord-${decision}`, {
          ...{ name: 'Luc Wemmel', function: 'cultuur', answer: 'approved' },
          ...{ 'approved.session': 'other', 'approved.date': '2031-02-18' },
        });
        expect(visitor.text, web.process.output()).toContain('Goedgekeurd op 18 februari');
        expect(await until(async () => (await clockOf('web-clock')) === said, PATIENCE_MS), said).toBe(true);
        const ready = await fetch(`${web.address}/readyz`);
        expect(ready.status).toBe(503);
        expect(await ready.json()).toMatchObject({
          store: { ok: true },
          clock: { ok: false, detail: expect.stringMatching(`the web process is \\d+ minutes ${said}`) as string },
        });
      } finally {
        await end(web.process);
      }
    }
    const answers = async () => store.events.eventsOfType(path, 'answered');
    expect(await until(async () => (await answers()).length === 2, PATIENCE_MS)).toBe(true);
    for (const { at } of await answers()) expect(Math.abs(Date.parse(at) - Date.parse(MORNING))).toBeLessThan(HOUR);
  },
);

/** The pages on a clock that is off, beside paths that live in 2031. */
async function startWeb(hours: number): Promise<{ address: string; process: Launched }> {
  const port = await freePort();
  const address = `http://127.0.0.1:${String(port)}`;
  const offset = Math.round((Date.parse(MORNING) - Date.now()) / HOUR);
  const process_ = launch(process.execPath, [join(root, 'client', 'web', 'main.ts')], {
    ...process.env,
    ...{ REGIOPAD_DATA: dataDir, HOST: '127.0.0.1', PORT: String(port), PUBLIC_URL: '', LOG_LEVEL: 'error' },
    ...{ TEMPORAL_ADDRESS: fleet.server.address, TEMPORAL_NAMESPACE: fleet.server.namespace, SMTP_URL: smtp.url },
    ...{ DATABASE_URL: '', REGIOPAD_CLOCK_OFFSET_HOURS: String(offset) },
    ...hoursOff(hours),
  });
  const answers = () =>
    fetch(`${address}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
  if (!(await until(answers, PATIENCE_MS))) throw new Error(`the pages did not start: ${process_.output()}`);
  return { address, process: process_ };
}
