/** A Temporal server on a PostgreSQL server, as in production: all four services in one process, on loopback. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Connection } from '@temporalio/client';
import { Client } from 'pg';
import { stringify } from 'yaml';
import { endChild, hasEnded, isListening, until } from '../../worker/processes.ts';
import { endWithThisProcess } from '../../worker/temporal/guard.ts';
import { ensureNamespace, retention } from '../../worker/temporal/namespace.ts';
import type { TemporalServer } from '../../worker/temporal/connection.ts';
import type { TemporalPrograms } from './temporal-build.ts';

const run = promisify(execFile);
const readyMs = 120_000;

/** Databases that are laid out for a server. */
export interface TemporalDatabases {
  readonly programs: TemporalPrograms;
  /** The address of the PostgreSQL server. */
  readonly postgres: string;
  /** Holds the configuration and temporal.log. */
  readonly folder: string;
}

/** With the configuration of a server, which can be started, ended in any way, and started again. */
export interface TemporalLayout extends TemporalDatabases {
  /** host:port of the frontend. */
  readonly address: string;
}

/** Temporal keeps what happens in one database, and what can be listed in another. */
const databases = { temporal: 'temporal', visibility: 'temporal_visibility' };

/**
 * Makes and lays out the databases.
 * @param postgres the address of a server on which this user may make databases
 * @param folder an empty or new folder
 */
export async function layOutTemporal(
  programs: TemporalPrograms,
  postgres: string,
  folder: string,
): Promise<TemporalDatabases> {
  mkdirSync(folder, { recursive: true });
  const client = new Client(postgres);
  await client.connect();
  try {
    for (const name of Object.values(databases)) await client.query(`create database ${name}`);
  } finally {
    await client.end();
  }
  await Promise.all(
    Object.entries(databases).map(async ([kind, database]) => {
      const { hostname, port, username, password } = new URL(postgres);
      const environment = {
        ...{ SQL_PLUGIN: 'postgres12', SQL_HOST: hostname, SQL_PORT: port, SQL_DATABASE: database },
        ...{ SQL_USER: username, SQL_PASSWORD: password },
      };
      const tool = (...words: string[]) =>
        run(programs.sql, words, { env: { ...process.env, ...environment }, maxBuffer: 50_000_000 });
      await tool('setup-schema', '--version', '0.0');
      await tool('update-schema', '--schema-dir', join(programs.schemas, kind, 'versioned'));
    }),
  );
  return { programs, postgres, folder };
}

/** How many ports a server takes. */
export const TEMPORAL_PORTS = 8;

/** Writes the configuration of a server on these ports. */
export function placeTemporal(databases: TemporalDatabases, ports: readonly number[]): TemporalLayout {
  const { postgres, folder } = databases;
  const named = namedPorts(ports);
  writeFileSync(join(folder, 'dynamic.yaml'), dynamicConfiguration);
  writeFileSync(join(folder, 'server.yaml'), stringify(configurationOf(postgres, folder, named)));
  return { ...databases, address: loopback(named.frontend.grpcPort) };
}

export interface RunningTemporal {
  readonly address: string;
  readonly namespace: string;
  readonly child: ChildProcess;
  /** Ends it: asks, and forces after a grace of two seconds. */
  stop(): Promise<void>;
}

/**
 * Starts the server and waits until it knows the namespace, which it makes when it is not there.
 * @param onSpawn told as soon as there is a process, long before it answers
 * @throws when it ends, or is not ready within two minutes
 */
export async function startTemporal(
  layout: TemporalLayout,
  namespace = 'regiopad',
  onSpawn?: (child: ChildProcess) => void,
): Promise<RunningTemporal> {
  const log = openSync(join(layout.folder, 'temporal.log'), 'a');
  const child = spawn(
    layout.programs.server,
    ['--config-file', join(layout.folder, 'server.yaml'), '--allow-no-auth', 'start'],
    { cwd: layout.folder, stdio: ['ignore', log, log], detached: true },
  );
  closeSync(log);
  child.on('error', () => undefined);
  endWithThisProcess(child);
  onSpawn?.(child);
  const gone = (): boolean => hasEnded(child);
  const server = { address: layout.address, namespace, access: {} };
  try {
    await until(async () => gone() || (await isListening(layout.address)), readyMs);
    await makeNamespace(server, gone);
  } catch (error) {
    await endChild(child, 0);
    const said = readFileSync(join(layout.folder, 'temporal.log'), 'utf8').trim().split('\n').slice(-5).join('\n');
    throw new Error(`Temporal did not start on PostgreSQL: ${said}`, { cause: error });
  }
  return {
    ...{ address: layout.address, namespace, child },
    stop: () => endChild(child, 2_000),
  };
}

/**
 * Gives a server a namespace, when it has none of that name: tests that share a server each have their own.
 * @param gone whether the server has ended meanwhile
 */
export async function makeNamespace(server: TemporalServer, gone: () => boolean = () => false): Promise<void> {
  const { address, namespace } = server;
  const connection = await Connection.connect({ address, connectTimeout: readyMs });
  try {
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: retention,
    });
  } catch (error) {
    if ((error as { code?: number }).code !== alreadyExists) throw error;
  } finally {
    await connection.close();
  }
  await ensureNamespace(server, readyMs, gone);
}

/** gRPC's status for what is there already. */
const alreadyExists = 6;

const services = ['frontend', 'matching', 'history', 'worker'] as const;
type Ports = Record<(typeof services)[number], { grpcPort: number; membershipPort: number }>;

const loopback = (port: number): string => `127.0.0.1:${String(port)}`;

function namedPorts(ports: readonly number[]): Ports {
  const pairOf = (service: keyof Ports) => {
    const first = 2 * services.indexOf(service);
    return { grpcPort: ports[first] ?? 0, membershipPort: ports[first + 1] ?? 0 };
  };
  const [frontend, matching, history, worker] = services;
  return {
    ...{ frontend: pairOf(frontend), matching: pairOf(matching) },
    ...{ history: pairOf(history), worker: pairOf(worker) },
  };
}

/** As in the example that comes with the server (config/development-postgres12.yaml), without what watches it. */
function configurationOf(postgres: string, folder: string, ports: Ports) {
  const { host, username, password } = new URL(postgres);
  const datastore = (databaseName: string, maxConns: number) => ({
    sql: {
      ...{ pluginName: 'postgres12', databaseName, connectAddr: host, connectProtocol: 'tcp' },
      ...{ user: username, password, maxConns, maxIdleConns: maxConns, maxConnLifetime: '1h' },
    },
  });
  return {
    log: { stdout: true, level: 'error' },
    persistence: {
      ...{ defaultStore: 'default', visibilityStore: 'visibility', numHistoryShards: 4 },
      datastores: { default: datastore(databases.temporal, 20), visibility: datastore(databases.visibility, 5) },
    },
    global: { membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' } },
    services: Object.fromEntries(
      services.map((service) => [service, { rpc: { ...ports[service], bindOnLocalHost: true } }]),
    ),
    clusterMetadata: {
      ...{ enableGlobalNamespace: false, failoverVersionIncrement: 10 },
      ...{ masterClusterName: 'active', currentClusterName: 'active' },
      clusterInformation: {
        active: {
          ...{ enabled: true, initialFailoverVersion: 1 },
          ...{ rpcName: 'frontend', rpcAddress: loopback(ports.frontend.grpcPort) },
        },
      },
    },
    dcRedirectionPolicy: { policy: 'noop' },
    dynamicConfigClient: { filepath: join(folder, 'dynamic.yaml'), pollInterval: '10s' },
  };
}

/** Nothing differs from what a server does by itself. */
const dynamicConfiguration = '{}\n';
