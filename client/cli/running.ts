/** What a command works with on a running Regiopad: the dossier store and the paths, closed again afterwards. */
import { type Client, Connection } from '@temporalio/client';
import { type Store, openStore } from '../../store/store.ts';
import { type Config, loadConfig, temporalServerOf } from '../../worker/config.ts';
import { historyKeysOf } from '../../worker/histories/keys.ts';
import { findRunning } from '../../worker/run-file.ts';
import { temporalClient } from '../../worker/temporal/client.ts';
import { accessText, connectionOptions, type TemporalServer } from '../../worker/temporal/connection.ts';
import { pollersOf } from '../../worker/temporal/pollers.ts';
import { type PathClient, createPathClient } from '../path-client.ts';
import { Failure, exitCodes } from './failure.ts';

export interface Running {
  config: Config;
  store: Store;
  paths: PathClient;
  client: Client;
  server: TemporalServer;
}

const CONNECT_MS = 5_000;

/** The Temporal server: the one that the configuration names, else what `npm start` on this data folder wrote down. */
export function temporalOf(config: Config): TemporalServer | undefined {
  const named = temporalServerOf(config);
  if (named !== undefined) return named;
  const running = findRunning(config.dataDir)?.temporal;
  return running && { ...running, access: {} };
}

/** The configuration, with the trial clock of what runs on the data folder: a second terminal need not know it. */
export function runningConfig(): Config {
  const config = loadConfig();
  const clockOffsetMs = findRunning(config.dataDir)?.clockOffsetMs ?? config.clockOffsetMs;
  return { ...config, clockOffsetMs };
}

/** Throws a Failure with exit code 3 and what to do when there is no server. */
export async function withRunning<Result>(work: (running: Running) => Promise<Result>): Promise<Result> {
  const config = runningConfig();
  const temporal = temporalOf(config);
  if (temporal === undefined) {
    const message = `no server runs on ${config.dataDir}. Start it with \`npm start\`, or set REGIOPAD_DATA or TEMPORAL_ADDRESS.`;
    throw new Failure(exitCodes.notReachable, message);
  }
  const connection = await connectTo(temporal);
  const store = await openStore(config.storeLocation);
  try {
    const client = temporalClient({ connection, namespace: temporal.namespace, keys: historyKeysOf(config) });
    return await work({
      config,
      store,
      paths: createPathClient(client, config.clockOffsetMs),
      client,
      server: temporal,
    });
  } finally {
    await store.close();
    await connection.close();
  }
}

/** Throws a Failure with exit code 3 when nobody answers there. */
export async function connectTo(server: TemporalServer): Promise<Connection> {
  try {
    return await Connection.connect({ ...connectionOptions(server), connectTimeout: CONNECT_MS });
  } catch {
    const message = `no Temporal server answers at ${server.address} (${accessText(server.access)}). Start Regiopad with \`npm start\`, or correct TEMPORAL_ADDRESS; \`npx regiopad doctor\` says more.`;
    throw new Failure(exitCodes.notReachable, message);
  }
}

/** Workflows answer by a worker only. Throws a Failure with exit code 3 when none has asked for work lately. */
export async function checkWorker({ server }: Pick<Running, 'server'>): Promise<void> {
  const pollers = await pollersOf(server);
  if (pollers === undefined || pollers.length > 0) return;
  throw new Failure(
    exitCodes.notReachable,
    `no worker asks ${server.address} for work, so no workflow can say how far it is: start one, and try again.`,
  );
}

/** For commands that only read what is recorded: these work while the server is away. */
export async function withStore<Result>(work: (store: Store, config: Config) => Promise<Result>): Promise<Result> {
  const config = runningConfig();
  const store = await openStore(config.storeLocation);
  try {
    return await work(store, config);
  } finally {
    await store.close();
  }
}
