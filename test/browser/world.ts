/** The whole of Regiopad around a server that skips time: worker, mail server, store and pages are the real ones. */
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { createAccountMailer } from '../../activities/account-mailer.ts';
import { createActivities } from '../../activities/activities.ts';
import { createTestMailer } from '../../activities/test-mailer.ts';
import { createSmtpTransport } from '../../activities/transport.ts';
import { introduceRegion } from '../../client/introduce.ts';
import { openMailbox } from '../../client/mailbox.ts';
import { createPathClient, type PathClient } from '../../client/path-client.ts';
import { createWebApp } from '../../client/web/app.ts';
import { readRegion } from '../../definitions/region.ts';
import { asInstant, asPathId, type Instant, type PathId } from '../../domain/ids.ts';
import { tasksOf } from '../../domain/lookup.ts';
import type { Store } from '../../store/store.ts';
import { createDrafts } from '../../worker/drafts/drafts.ts';
import { passingHistoryKeys } from '../../worker/histories/keys.ts';
import { createLinks } from '../../worker/links.ts';
import { linkKeysOf } from '../../worker/link-keys.ts';
import { createPathWorker } from '../../worker/path-worker.ts';
import { freePort, until } from '../../worker/processes.ts';
import { startTimeSkippingServer } from '../../worker/temporal/time-skipping.ts';
import { createTexts } from '../../worker/texts.ts';
import { newStore } from '../store/places.ts';

export { faultsOf, launchChromium, picture } from './page.ts';

export interface World {
  url: string;
  path: PathId;
  paths: PathClient;
  store: Store;
  /** The path's clock, which is the pages' too. */
  now(): Instant;
  /** Lets time pass until a moment. */
  skipTo(at: string): Promise<void>;
  /** A new sign-in link for the administrator. */
  signInLink(): Promise<string>;
  /** Ticks tasks until nothing but decisions is left to do of a step. */
  finishTasks(step: string): Promise<void>;
  stop(): Promise<void>;
}

const MINUTE = 60_000;
const mailFrom = 'Regiopad <regiopad@example.org>';

/** @param from the moment at which the path of examples/cultuur-noordrand.yaml starts */
export async function startWorld(from: string): Promise<World> {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } },
  });
  const folder = mkdtempSync(join(tmpdir(), 'regiopad-journey-'));
  const historyKeys = passingHistoryKeys();
  const server: TestWorkflowEnvironment = await startTimeSkippingServer(historyKeys);
  const offsetMs = Math.ceil((Date.parse(from) - (await server.currentTimeMs())) / MINUTE) * MINUTE;
  // Between skips the server's clock runs as fast as this one.
  let aheadMs = offsetMs + (await server.currentTimeMs()) - Date.now();
  const now = (): Instant => asInstant(Date.now() + aheadMs);

  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const mailbox = await openMailbox(join(folder, 'mailbox'), 0);
  const store = await newStore({ now });
  const links = createLinks({ keys: linkKeysOf(folder), publicUrl: url, codes: store.linkCodes });
  const transport = createSmtpTransport(mailbox.url);
  const config = { mailFrom, publicUrl: url };
  const paths = createPathClient(server.client);
  const mailer = createAccountMailer({ store, transport, config });
  const texts = createTexts();
  const drafts = createDrafts(store, texts);
  const activities = createActivities({
    ...{ store, transport, links, config, texts },
    keepDrafts: (path) => drafts.keepAll(path),
  });
  const app = await createWebApp({
    ...{ store, paths, links, config, clock: now, patience: 100 },
    sendSignIn: mailer.sendSignIn,
    sendTestMail: createTestMailer({ store, transport, config }),
    pingTemporal: async () => {
      await server.client.workflowService.getSystemInfo({});
    },
    mailbox: { folder: join(folder, 'mailbox') },
  });
  await app.listen({ host: '127.0.0.1', port: (app.server.address() as AddressInfo | null)?.port ?? port });

  const namespace = server.namespace ?? 'default';
  const worker = await createPathWorker({
    ...{ connection: server.nativeConnection, namespace, activities },
    keys: historyKeys,
  });
  const running = worker.run();
  const region = readRegion(join(import.meta.dirname, '../../examples/cultuur-noordrand.yaml'));
  if (!region.ok) throw new Error('the example does not load');
  const path = asPathId(region.value.file.id);

  const world: World = {
    ...{ url, path, paths, store, now },
    async skipTo(at) {
      const wait = Date.parse(at) - offsetMs - (await server.currentTimeMs());
      if (wait > 0) await server.sleep(wait);
      aheadMs = offsetMs + (await server.currentTimeMs()) - Date.now();
    },
    async signInLink() {
      const role = 'administrator' as const;
      const account = await store.accounts.ensureAccount({ role, email: 'administrator@localhost', name: 'Beheerder' });
      const expires = asInstant(Date.parse(now()) + 60 * MINUTE);
      return links.signInUrl(await store.accounts.createSignInToken(account.id, expires));
    },
    async finishTasks(step) {
      const state = await paths.state(path);
      const keys = state.definition.steps.find(({ key }) => key === step)!.tasks.map(({ key }) => key);
      const actor = { kind: 'coordinator', via: 'cli', personId: state.coordinator } as const;
      for (const task of tasksOf(state).filter(({ key }) => keys.includes(key))) {
        const command = { type: 'complete-task', data: { task: task.key } } as const;
        await paths.command(path, { id: `tick-${task.key}`, actor, command });
      }
    },
    async stop() {
      await app.close();
      worker.shutdown();
      await running;
      await server.teardown();
      transport.close();
      await mailbox.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  const start = await introduceRegion(store, region.value);
  await paths.start(start, { clock: { offsetMs, granularityMs: 1 } });
  await until(async () => (await store.events.lastSeq(path)) > 0, 20_000);
  return world;
}
