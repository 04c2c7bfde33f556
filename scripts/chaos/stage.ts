/** Everything that production runs, each as a process of its own that can die: databases, Temporal, workers, pages, a mail server. */
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, Connection } from '@temporalio/client';
import { createPathClient, type PathClient } from '../../client/path-client.ts';
import { openStore, type Store } from '../../store/store.ts';
import { historyKeysOf } from '../../worker/histories/keys.ts';
import { createLinks, type LinkMaker } from '../../worker/links.ts';
import { linkKeysOf } from '../../worker/link-keys.ts';
import { temporalClient } from '../../worker/temporal/client.ts';
import { startProgram } from '../supervisor/child.ts';
import { endAll } from '../testing/end-all.ts';
import { onFreePort } from '../testing/ports.ts';
import { keepDatabases } from './databases.ts';
import { keepPart, onceServing, type Part, type PartName } from './part.ts';
import { greets, isHealthy } from './probes.ts';
import type { Settings } from './settings.ts';
import { keepTemporal, NAMESPACE } from './temporal.ts';

const root = join(import.meta.dirname, '..', '..');
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

/**
 * Starts everything, one after the other. When something of it fails, or it is aborted, all that was started ends.
 * @param offsetHours how far the clock of the processes is ahead
 */
export async function openStage(
  { embedded, workers, keep }: Pick<Settings, 'embedded' | 'workers' | 'keep'>,
  offsetHours: number,
  say: (line: string) => void,
  signal: AbortSignal = new AbortController().signal,
): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'regiopad-chaos-'));
  const log = openSync(join(folder, 'processes.log'), 'a');
  const parts: Part[] = [];
  const ends: (() => unknown)[] = [
    () => {
      closeSync(log);
      if (keep) say(`kept: ${folder}`);
      else rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  ];
  const close = () => endAll(ends);
  const began = <Kept extends { part: Part }>(kept: Kept): Kept => {
    parts.push(kept.part);
    ends.push(() => kept.part.stop(GRACE_MS));
    signal.throwIfAborted();
    return kept;
  };
  try {
    let environment: NodeJS.ProcessEnv = {
      ...machineOnly(process.env),
      ...{ REGIOPAD_DATA: folder, HOST: '127.0.0.1', LOG_LEVEL: 'error', MAIL_PER_MINUTE: '0' },
      REGIOPAD_CLOCK_OFFSET_HOURS: String(offsetHours),
    };
    /** A process with what is known until now. */
    const program = (name: PartName, script: string, { args = [], answers }: ProgramOptions = {}): { part: Part } => {
      const started = { name, script: join(root, script), environment, output: log, args };
      const start: Parameters<typeof keepPart>[0]['start'] = (onSpawn) => startProgram(started, onSpawn);
      return { part: keepPart({ ...{ name, start, log: quiet }, ...(answers && { answers }) }) };
    };
    const databases = embedded ? undefined : await keepDatabases(quiet);
    if (databases !== undefined) {
      if (!keep)
        ends.push(() => {
          databases.remove();
        });
      began(databases);
      environment = { ...environment, DATABASE_URL: databases.storeUrl };
    }
    const { address } = began(await keepTemporal(join(folder, 'temporal'), databases?.serverUrl, quiet));
    environment = { ...environment, TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: NAMESPACE };
    const mailFolder = join(folder, 'mails');
    const smtp = await onFreePort(async (port) => {
      const answers = () => greets(port);
      const args = [mailFolder, String(port)];
      return { ...(await onceServing(program('smtp', 'scripts/chaos/mail-server.ts', { args, answers }))), port };
    });
    began(smtp);
    const smtpUrl = `smtp://127.0.0.1:${smtp.port}`;
    environment = { ...environment, SMTP_URL: smtpUrl };
    const store = await openStore(databases?.storeUrl ?? join(folder, 'dossier.db'));
    ends.push(() => store.close());
    const web = await onFreePort(async (port) => {
      environment = { ...environment, PORT: String(port) };
      const url = `http://127.0.0.1:${port}`;
      return { ...(await onceServing(program('web', 'client/web/main.ts', { answers: () => isHealthy(url) }))), url };
    });
    began(web);
    for (let count = 0; count < workers; count += 1) began(await onceServing(program('worker', 'worker/main.ts')));
    const connection = Connection.lazy({ address });
    ends.push(() => connection.close());
    const client = temporalClient({ connection, namespace: NAMESPACE, keys: historyKeysOf({ dataDir: folder }) });
    return {
      ...{ folder, parts, mailFolder, webUrl: web.url, smtpUrl, address, store, client, close },
      paths: createPathClient(client),
      links: createLinks({ keys: linkKeysOf(folder), publicUrl: web.url, codes: store.linkCodes }),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

interface ProgramOptions {
  args?: string[];
  answers?: Part['answers'];
}

/** What kills and recovers is counted in the report; a line for each would hide it. */
const quiet = (): void => undefined;

/** None of the settings of who runs this: a run is on its own. */
const machineOnly = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(
    ['PATH', 'HOME', 'TMPDIR', 'LANG', 'XDG_CACHE_HOME', 'REGIOPAD_TEMPORAL_BIN'].flatMap((name) => {
      const value = environment[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
