/** Two releases side by side: processes of either on one Temporal server and one store, and answers that keep coming meanwhile. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type Client, Connection } from '@temporalio/client';
import { expect, onTestFinished } from 'vitest';
import { createPathClient, type PathClient, UnavailableError } from '../../client/path-client.ts';
import { asLocalDate, asPersonId, municipalityParty, type PathId } from '../../domain/ids.ts';
import { openStore, type Store } from '../../store/store.ts';
import { historyKeysOf } from '../../worker/histories/keys.ts';
import { createLinks } from '../../worker/links.ts';
import { linkKeysOf } from '../../worker/link-keys.ts';
import { endChild, freePort, until } from '../../worker/processes.ts';
import { temporalClient } from '../../worker/temporal/client.ts';
import { clockAt, Fleet, MORNING, pathsOf } from '../faults/fleet.ts';
import { temporaryFolder } from '../foundation/launched.ts';
import { startServer, type TestServer } from '../mail/server.ts';
import { browserAt } from '../postgres/browser-at.ts';

/** The folder of this repository: the release that is being made. */
export const present = join(import.meta.dirname, '..', '..');
export const PATHS = pathsOf(3);
/** Between two answers to one path: a history that grows while processes start must stay short enough to replay at once. */
const PAUSE_MS = 800;

const decision = 'statement-of-commitment';
const party = municipalityParty('11001');

/** What the processes of every release share. */
export interface Ground {
  dataDir: string;
  /** Where the store is. */
  place: string;
  fleet: Fleet;
  smtp: TestServer;
  environment: NodeJS.ProcessEnv;
}

/** @param place a `postgres://` address; by default a SQLite file. Whoever starts first lays out the tables. */
export async function commonGround(place?: string): Promise<Ground> {
  const dataDir = temporaryFolder(onTestFinished);
  const [fleet, smtp] = await Promise.all([Fleet.start(), startServer()]);
  onTestFinished(async () => {
    await fleet.stop();
    await smtp.close();
  });
  const { address, namespace } = fleet.server;
  const environment = {
    ...process.env,
    ...{ REGIOPAD_DATA: dataDir, DATABASE_URL: place ?? '', DATABASE_POOL: '4', LOG_LEVEL: 'warn', HOST: '' },
    ...{ TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace, SMTP_URL: smtp.url, MAIL_PER_MINUTE: '0' },
    REGIOPAD_CLOCK_OFFSET_HOURS: String(Math.round((Date.parse(MORNING) - Date.now()) / 3_600_000)),
  };
  return { dataDir, place: place ?? join(dataDir, 'dossier.db'), fleet, smtp, environment };
}

export interface Running {
  /** Of the pages; nothing for a worker. */
  url: string;
  /** What it wrote to its log. */
  said(): string;
  /** As a service manager does it: asked, and forced when it takes too long. */
  stop(): Promise<void>;
}

/** Starts a process of a release and waits until it serves. It ends with the test. */
export async function start({ environment }: Ground, kind: 'worker' | 'web', home: string = present): Promise<Running> {
  const port = String(kind === 'web' ? await freePort() : 0);
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [join(home, kind === 'web' ? 'client/web/main.ts' : 'worker/main.ts')], {
    env: { ...environment, PORT: port, PUBLIC_URL: url },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let said = '';
  for (const output of [child.stdout, child.stderr]) output?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const stop = () => endChild(child, 60_000);
  onTestFinished(stop);
  const ended = once(child, 'exit').then(() => Promise.reject(new Error(`${kind} of ${home} ended: ${said}`)));
  ended.catch(() => undefined);
  await Promise.race([once(child, 'message'), ended]);
  return { url, stop, said: () => said };
}

export interface Opened {
  store: Store;
  client: Client;
  paths: PathClient;
}

/** Opens the store with this release, which brings it up to date under the processes that run, and starts paths. */
export async function open({ dataDir, place, fleet }: Ground): Promise<Opened> {
  const store = await openStore(place);
  onTestFinished(() => store.close());
  const connection = await Connection.connect({ address: fleet.server.address });
  onTestFinished(() => connection.close());
  const { namespace } = fleet.server;
  const client = temporalClient({ connection, namespace, keys: historyKeysOf({ dataDir }) });
  await fleet.startPaths(store, PATHS, clockAt(MORNING, 1));
  return { store, client, paths: createPathClient(client) };
}

export interface Flow {
  /** Resolves when these paths have confirmed so many answers more. */
  goesOn(more: number, paths?: PathId[]): Promise<void>;
  /** Says no more. Gives the reasons that were confirmed, by path. */
  end(): Promise<Map<PathId, string[]>>;
}

/** One contact of each path corrects its answer again and again, each time until it is confirmed. */
export function answersTo(paths: PathClient): Flow {
  const confirmed = new Map<PathId, string[]>(PATHS.map((path) => [path, []]));
  let isOver = false;
  const keepSaying = async (path: PathId): Promise<void> => {
    const actor = { kind: 'contact', via: 'link', personId: asPersonId(`${path}.2`) } as const;
    const data = { party, decision, answer: 'approved', on: asLocalDate('2031-02-24') } as const;
    const say = async (id: string, because: string): Promise<void> => {
      const command =
        because === '' ? { type: 'answer' as const, data } : { type: 'correct' as const, data: { ...data, because } };
      for (;;) {
        try {
          await paths.command(path, { id, actor, command }, 3_000);
          return;
        } catch (error) {
          if (!(error instanceof UnavailableError)) throw error;
          await setTimeout(PAUSE_MS);
        }
      }
    };
    await say('first', '');
    for (let number = 1; !isOver; number += 1) {
      const because = `reden ${String(number)}`;
      await say(`correction-${String(number)}`, because);
      confirmed.get(path)?.push(because);
      await setTimeout(PAUSE_MS);
    }
  };
  const flowing = Promise.all(PATHS.map(keepSaying));
  flowing.catch(() => undefined);
  return {
    async goesOn(more, which = PATHS) {
      const wanted = new Map(which.map((path) => [path, (confirmed.get(path)?.length ?? 0) + more]));
      const isThere = () => [...wanted].every(([path, count]) => (confirmed.get(path)?.length ?? 0) >= count);
      const seen = () => JSON.stringify(Object.fromEntries([...confirmed].map(([path, all]) => [path, all.length])));
      const waiting = until(isThere, 120_000).then((is) => {
        if (!is) throw new Error(`the answers stopped: ${seen()}`);
      });
      await Promise.race([waiting, flowing.then(() => waiting)]);
    },
    async end() {
      isOver = true;
      await flowing;
      return confirmed;
    },
  };
}

/** Every answer that was confirmed is in the record once, the record is what the paths are, and each receipt left once. */
export async function expectNothingLost(
  { store, paths }: Opened,
  { smtp }: Ground,
  confirmed: Map<PathId, string[]>,
): Promise<void> {
  for (const [path, reasons] of confirmed) {
    const { seq } = await paths.state(path, 60_000);
    expect(await until(async () => (await store.events.lastSeq(path)) >= seq, 120_000), path).toBe(true);
    const events = await store.events.eventsOf(path);
    expect(events.map((event) => event.seq)).toEqual(events.map((_event, index) => index + 1));
    const recorded = events.flatMap((event) => (event.type === 'answer-corrected' ? [event.data.because] : []));
    expect(recorded).toEqual(reasons);
    await expect
      .poll(async () => [await store.snapshots.snapshot(path), await paths.state(path)], { timeout: 60_000 })
      .toSatisfy(([record, held]: unknown[]) => JSON.stringify(record) === JSON.stringify(held));
  }
  const receipts = () =>
    [...confirmed.keys()].map((path) => ({
      path,
      ids: smtp.received.filter(({ recipients }) => recipients[0] === `11001@${path}.example.org`),
    }));
  const wanted = (path: PathId): number => (confirmed.get(path)?.length ?? 0) + 1;
  const isComplete = () =>
    receipts().every(({ path, ids }) => new Set(ids.map(({ mail }) => mail.messageId)).size >= wanted(path));
  expect(await until(isComplete, 120_000)).toBe(true);
  const all = smtp.received.map(({ mail }) => mail.messageId);
  expect(all.length - new Set(all).size).toBe(0);
}

/** A page of a municipality, asked of pages of two releases. */
export async function pageOf({ dataDir }: Ground, { store }: Opened, url: string): Promise<string> {
  const [path] = PATHS;
  if (path === undefined) throw new Error('no path');
  const links = createLinks({ keys: linkKeysOf(dataDir), codes: store.linkCodes, publicUrl: url });
  const person = asPersonId(`${path}.2`);
  const token = await links.contactToken({ path, party, person, generation: 0, expires: asLocalDate('2033-12-31') });
  const visitor = browserAt(url);
  await visitor.get(`/m/${token}`);
  return visitor.text;
}
