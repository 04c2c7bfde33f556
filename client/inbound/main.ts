/**
 * The process that takes mail that came in, apart from the pages (REGIOPAD_INBOUND=apart). Any number may look in one mailbox at
 * once: a mail counts once, by its bytes.
 */
import { Connection } from '@temporalio/client';
import { asInstant, type Instant } from '../../domain/ids.ts';
import { openStore } from '../../store/store.ts';
import { createBounces } from '../../worker/bounces.ts';
import { loadConfig, temporalServerOf } from '../../worker/config.ts';
import { historyKeysOf } from '../../worker/histories/keys.ts';
import { announceReady, stopWhenAsked } from '../../worker/lifecycle.ts';
import { linkKeysOf } from '../../worker/link-keys.ts';
import { checkRestored } from '../../worker/restoring.ts';
import { exitWith, SetupError } from '../../worker/setup-error.ts';
import { jsonLogger } from '../../worker/logging.ts';
import { temporalClient } from '../../worker/temporal/client.ts';
import { connectionOptions } from '../../worker/temporal/connection.ts';
import { createPathClient } from '../path-client.ts';
import { startInbound } from './start.ts';

async function main(): Promise<void> {
  const config = loadConfig();
  checkRestored(config.dataDir);
  if (config.mailInbound === undefined) throw new SetupError('MAIL_INBOUND: expected where mail comes in, got nothing');
  const server = temporalServerOf(config);
  if (server === undefined) throw new SetupError('TEMPORAL_ADDRESS: expected the address of a Temporal server');
  const clock = (): Instant => asInstant(Date.now() + config.clockOffsetMs);
  const logger = jsonLogger(config.logLevel);
  const store = await openStore(config.storeLocation, { now: clock, poolSize: config.storePoolSize });
  // Lazy: while Temporal is away, bounces wait where they lie, and everything else is taken.
  const connection = Connection.lazy(connectionOptions(server));
  const report = ({ code, message }: { code: string; message: string }) => {
    logger.error({ code }, message);
  };
  const client = temporalClient({ connection, namespace: server.namespace, keys: historyKeysOf(config), report });
  const inbound = startInbound(config, {
    ...{ store, clock, logger, health: store.health, paths: createPathClient(client, config.clockOffsetMs) },
    isSealed: createBounces(config.mailBounce, linkKeysOf(config.dataDir))?.isSealed,
  });
  stopWhenAsked(async () => {
    await inbound.close();
    await connection.close();
    await store.close();
  });
  announceReady();
}

main().catch(exitWith);
