/** The worker process: runs the workflows of all paths and their effects. */
import { activityInfo } from '@temporalio/activity';
import { Connection } from '@temporalio/client';
import { NativeConnection, Runtime } from '@temporalio/worker';
import { createActivities } from '../activities/activities.ts';
import { createHousekeeping } from '../activities/housekeeping.ts';
import { watchMailServer } from '../activities/mail-watch.ts';
import { createSmtpTransport } from '../activities/transport.ts';
import { asInstant, type Instant } from '../domain/ids.ts';
import { createBounces } from './bounces.ts';
import { createDrafts } from './drafts/drafts.ts';
import { createLinks } from './links.ts';
import { linkKeysOf } from './link-keys.ts';
import { openStore } from '../store/store.ts';
import { prepareMails } from '../templates/render-mail.ts';
import { watchClock } from './clock.ts';
import { loadConfig, temporalServerOf } from './config.ts';
import { loadDkimKey } from './dkim.ts';
import { historyKeysOf } from './histories/keys.ts';
import { keepHousekeeping } from './housekeeping.ts';
import { announceReady, stopWhenAsked } from './lifecycle.ts';
import { createPathWorker } from './path-worker.ts';
import { checkRestored } from './restoring.ts';
import { SetupError, exitWith } from './setup-error.ts';
import { temporalClient } from './temporal/client.ts';
import { connectionOptions } from './temporal/connection.ts';
import { awaitNamespace } from './temporal/namespace.ts';
import { createTexts } from './texts.ts';
import { workerLogger } from './worker-logging.ts';

/** How long a Temporal server may take until it answers, before the worker gives up. */
const RESTART_MS = 30_000;

async function main(): Promise<void> {
  const config = loadConfig();
  checkRestored(config.dataDir);
  prepareMails();
  const server = temporalServerOf(config);
  if (server === undefined) throw new SetupError('TEMPORAL_ADDRESS: expected the address of a Temporal server');
  if (config.smtpUrl === undefined) throw new SetupError('SMTP_URL: expected the address of a mail server');
  // The SDK ends workers on signals by itself; here the order of the end is ours.
  const logger = workerLogger(config.logLevel);
  Runtime.install({
    ...{ shutdownSignals: [], logger },
    ...(config.workerMetrics && {
      telemetryOptions: { metrics: { prometheus: { bindAddress: config.workerMetrics } } },
    }),
  });
  // What a worker writes has the clock that the paths have.
  const now = (): Instant => asInstant(Date.now() + config.clockOffsetMs);
  const store = await openStore(config.storeLocation, { now, poolSize: config.storePoolSize });
  const texts = createTexts();
  const drafts = createDrafts(store, texts);
  const transport = createSmtpTransport(config.smtpUrl, loadDkimKey(config));
  const watch = watchMailServer({ store, transport });
  const keys = linkKeysOf(config.dataDir);
  const historyKeys = historyKeysOf(config);
  // A server that ended while everything starts is being started again.
  await awaitNamespace(server, RESTART_MS);
  const connection = await NativeConnection.connect(connectionOptions(server));
  const mailing = {
    ...{ store, transport, texts },
    links: createLinks({ keys, publicUrl: config.publicUrl, codes: store.linkCodes }),
    config: { ...config, bounces: createBounces(config.mailBounce, keys) },
  };
  const worker = await createPathWorker({
    connection,
    namespace: server.namespace,
    keys: historyKeys,
    stickyQueueTimeoutMs: config.stickyQueueTimeoutMs,
    activities: {
      ...createActivities({ ...mailing, keepDrafts: (path) => drafts.keepAll(path) }),
      // What is due is due by the clock of the server, as for the paths, whatever that of this machine says.
      ...createHousekeeping({
        ...mailing,
        now: () => asInstant(activityInfo().currentAttemptScheduledTimestampMs + config.clockOffsetMs),
      }),
    },
  });
  const clients = Connection.lazy(connectionOptions(server));
  const client = temporalClient({
    connection: clients,
    namespace: server.namespace,
    keys: historyKeys,
  });
  const housekeeping = keepHousekeeping(client, config.clockOffsetMs, (trouble) => {
    logger.warn(trouble);
  });
  const clockWatch = watchClock({
    ...{ component: 'worker-clock', store, server },
    warn: (message) => {
      logger.warn(message);
    },
  });
  const running = worker.run();
  stopWhenAsked(async () => {
    housekeeping.close();
    clockWatch.close();
    if (worker.getState() === 'RUNNING') worker.shutdown();
    await Promise.all([running, clients.close()]);
    watch.close();
    transport.close();
    await connection.close();
    await store.close();
  });
  announceReady();
  await running;
}

main().catch(exitWith);
