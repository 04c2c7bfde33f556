/** Everything that production runs, each as a process of its own that can die: databases, Temporal, workers, pages, a mail server. */
import type { ChildProcess } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:net';
import { type Client, Connection } from '@temporalio/client';
import { createPathClient, type PathClient } from '../../client/path-client.ts';
import { openStore, type Store } from '../../store/store.ts';
import { historyKeysOf } from '../../worker/histories/keys.ts';
import { createLinks, type LinkMaker } from '../../worker/links.ts';
import { linkKeysOf } from '../../worker/link-keys.ts';
import { freePort } from '../../worker/processes.ts';
import { SetupError } from '../../worker/setup-error.ts';
import { temporalClient } from '../../worker/temporal/client.ts';
import { startDevServer } from '../../worker/temporal/dev-server.ts';
import { awaitNamespace } from '../../worker/temporal/namespace.ts';
import { builtTemporalServer } from '../testing/temporal-build.ts';
import { layOutTemporal, startTemporal } from '../testing/temporal-on-postgres.ts';
import { startProgram } from '../supervisor/child.ts';
import { type Databases, keepDatabases } from './databases.ts';
import { keepPart, type Part, type PartName } from './part.ts';
import type { Settings } from './settings.ts';

const root = join(import.meta.dirname, '..', '..');
const NAMESPACE = 'regiopad';
const GRACE_MS = 3_000;

export interface Stage {
  readonly folder: string;
  readonly parts: readonly Part[];
  /** Where mails arrive. */
  readonly mailFolder: string;
  readonly webUrl: string;
  readonly smtpUrl: string;
  /** host:port of Temporal. */
  readonly address: string;
  readonly store: Store;
  readonly client: Client;
  readonly paths: PathClient;
  readonly links: LinkMaker;
  /** Ends everything. */
  close(): Promise<void>;
}

/** Starts everything. @param offsetHours how far the clock of the processes is ahead */
export async function openStage(
  { embedded, workers, keep }: Pick<Settings, 'embedded' | 'workers' | 'keep'>,
  offsetHours: number,
  say: (line: string) => void,
): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'regiopad-chaos-'));
  const log = openSync(join(folder, 'processes.log'), 'a');
  const parts: Part[] = [];
  let databases: Databases | undefined;
  const end = async (): Promise<void> => {
    // Who uses the others ends first.
    for (const part of parts.toReversed()) await part.stop(GRACE_MS);
    closeSync(log);
    if (keep) {
      say(`kept: ${folder}`);
      return;
    }
    databases?.remove();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const ports = { temporal: await freePort(), smtp: await freePort(), web: await freePort() };
    const webUrl = `http://127.0.0.1:${ports.web}`;
    const smtpUrl = `smtp://127.0.0.1:${ports.smtp}`;
    const mailFolder = join(folder, 'mails');
    if (!embedded) {
      databases = await keepDatabases(quiet);
      parts.push(databases.part);
    }
    const storeLocation = databases?.storeUrl ?? join(folder, 'dossier.db');
    const temporal = await temporalFor(folder, ports.temporal, databases?.serverUrl);
    parts.push(temporal.part);
    const { address } = temporal;
    const program = (name: PartName, script: string, more: { args?: string[]; answers?: Part['answers'] } = {}) =>
      keepPart({
        ...{ name, log: quiet, ...(more.answers && { answers: more.answers }) },
        start: (onSpawn) =>
          startProgram({ name, script: join(root, script), environment, output: log, args: more.args ?? [] }, onSpawn),
      });
    const environment = {
      ...machineOnly(process.env),
      ...{ REGIOPAD_DATA: folder, HOST: '127.0.0.1', PORT: String(ports.web), LOG_LEVEL: 'error' },
      ...{ TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: NAMESPACE, SMTP_URL: smtpUrl },
      ...(databases && { DATABASE_URL: databases.storeUrl }),
      ...{ REGIOPAD_CLOCK_OFFSET_HOURS: String(offsetHours), MAIL_PER_MINUTE: '0' },
    };
    parts.push(
      program('smtp', 'scripts/chaos/mail-server.ts', {
        args: [mailFolder, String(ports.smtp)],
        answers: () => greets(ports.smtp),
      }),
    );
    await Promise.all(parts.map(({ ready }) => ready));
    const store = await openStore(storeLocation);
    for (let count = 0; count < workers; count += 1) parts.push(program('worker', 'worker/main.ts'));
    parts.push(program('web', 'client/web/main.ts', { answers: () => isHealthy(webUrl) }));
    await Promise.all(parts.map(({ ready }) => ready));
    const connection = Connection.lazy({ address });
    const client = temporalClient({ connection, namespace: NAMESPACE, keys: historyKeysOf({ dataDir: folder }) });
    return {
      ...{ folder, parts, mailFolder, webUrl, smtpUrl, address, store, client },
      paths: createPathClient(client),
      links: createLinks({ keys: linkKeysOf(folder), publicUrl: webUrl, codes: store.linkCodes }),
      close: async () => {
        await connection.close();
        await store.close();
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}

/** What kills and recovers is counted in the report; a line for each would hide it. */
const quiet = (): void => undefined;

/**
 * Temporal on the same PostgreSQL server as the store, so that both are away with it.
 * @param postgresUrl without it the development server, on a file of its own
 * @throws SetupError where the server was never built
 */
async function temporalFor(
  folder: string,
  port: number,
  postgresUrl: string | undefined,
): Promise<{ part: Part; address: string }> {
  const dataDir = join(folder, 'temporal');
  const part = (address: string, start: (onSpawn: (child: ChildProcess) => void) => Promise<unknown>): Part =>
    keepPart({ ...{ name: 'temporal', log: quiet, start }, answers: () => knowsNamespace(address) });
  if (postgresUrl === undefined) {
    const address = `127.0.0.1:${port}`;
    return {
      ...{ address },
      part: part(address, (onSpawn) => startDevServer({ dataDir, port, namespace: NAMESPACE, onSpawn })),
    };
  }
  const programs = builtTemporalServer();
  if (programs === undefined)
    throw new SetupError('There is no Temporal server for PostgreSQL yet: npm test builds it, or add --embedded');
  const layout = await layOutTemporal(programs, postgresUrl, dataDir);
  return {
    address: layout.address,
    part: part(layout.address, (onSpawn) => startTemporal(layout, NAMESPACE, onSpawn)),
  };
}

/** None of the settings of who runs this: a run is on its own. */
const machineOnly = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(
    ['PATH', 'HOME', 'TMPDIR', 'LANG', 'XDG_CACHE_HOME', 'REGIOPAD_TEMPORAL_BIN'].flatMap((name) => {
      const value = environment[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );

const PATIENCE_MS = 2_000;

const knowsNamespace = (address: string): Promise<boolean> =>
  awaitNamespace({ address, namespace: NAMESPACE, access: {} }, PATIENCE_MS).then(
    () => true,
    () => false,
  );

/** Whether a mail server says 220. */
function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const finish = (is: boolean): void => {
      socket.destroy();
      resolve(is);
    };
    socket.once('data', (greeting) => {
      finish(greeting.toString().startsWith('220'));
    });
    socket.once('error', () => {
      finish(false);
    });
    socket.setTimeout(PATIENCE_MS, () => {
      finish(false);
    });
  });
}

async function isHealthy(webUrl: string): Promise<boolean> {
  try {
    return (await fetch(`${webUrl}/healthz`, { signal: AbortSignal.timeout(PATIENCE_MS) })).ok;
  } catch {
    return false;
  }
}
