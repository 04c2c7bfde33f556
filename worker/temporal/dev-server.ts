import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { endChild, freePort, hasEnded } from '../processes.ts';
import { SetupError } from '../setup-error.ts';
import { checkDataVersion } from './data-version.ts';
import { endWithThisProcess } from './guard.ts';
import { ensureNamespace } from './namespace.ts';
import { resolveTemporal } from './resolve.ts';

/** A development server that this process started. */
export interface DevServer {
  /** host:port of its gRPC frontend, on loopback. */
  readonly address: string;
  readonly namespace: string;
  readonly pid: number;
  /** Resolves with the exit code (null when a signal ended it) as soon as the server is gone, for whatever reason. */
  readonly exited: Promise<number | null>;
  /** Ends it: asks, and forces after the grace (2 s by default; nothing without a data folder). The database survives both. */
  stop(graceMs?: number): Promise<void>;
}

export interface DevServerOptions {
  /** Folder of the database; it is made when it is not there. Without it everything is gone when the server ends. */
  readonly dataDir?: string;
  readonly namespace?: string;
  /** A free one by default. */
  readonly port?: number;
  /** Path of the Temporal CLI; found by {@link resolveTemporal} by default. */
  readonly temporal?: string;
  readonly onDownload?: (what: string) => void;
  /** Told, in a line, that the database of an older server is used by this one from now on. */
  readonly onUpgrade?: (line: string) => void;
  /** Told as soon as there is a process, long before it answers. */
  readonly onSpawn?: (server: ChildProcess) => void;
}

const run = promisify(execFile);
const startTimeoutMs = 20_000;
const startAttempts = 5;
const largestLogBytes = 10_000_000;
/** WAL with synchronous FULL: faster than the default journal, and what was acknowledged survives a power cut. */
const pragmas = ['journal_mode=wal', 'synchronous=2'];

/**
 * Starts Temporal's development server on a data folder (temporal.db, temporal.log and the version of the server beside them), without its
 * web interface, on loopback, and resolves when its namespace is there. Closed workflows stay for 100 years. The server ends with this process.
 * @throws SetupError with one line when the CLI is missing, the folder was written by another version, or the server does not start
 */
export async function startDevServer(options: DevServerOptions = {}): Promise<DevServer> {
  const namespace = options.namespace ?? 'regiopad';
  const temporal =
    options.temporal ?? (await resolveTemporal(options.onDownload ? { onDownload: options.onDownload } : {})).path;
  const logFolder = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'regiopad-temporal-')));
  if (options.dataDir !== undefined) await prepareDataFolder(options.dataDir, temporal, options.onUpgrade);
  const log = join(logFolder, 'temporal.log');
  const clean = async () => {
    if (options.dataDir === undefined) await rm(logFolder, { recursive: true, force: true });
  };
  try {
    const server = await startAt({ ...options, namespace, temporal, log });
    const stop = async (graceMs = options.dataDir === undefined ? 0 : 2_000) => {
      await server.stop(graceMs);
      await clean();
    };
    return { ...server, stop };
  } catch (error) {
    await clean();
    throw error;
  }
}

/** A development server in memory, for a test. */
export function startEphemeralDevServer(options: Omit<DevServerOptions, 'dataDir'> = {}): Promise<DevServer> {
  return startDevServer(options);
}

/** The database inside a data folder; it is part of the server's command line, which tells whose server a process is. */
export function databaseOf(dataDir: string): string {
  return join(dataDir, 'temporal.db');
}

/** Somebody took a port between the moment it was found free (by us, or by the server for its inner parts) and its use. */
class PortTaken extends SetupError {}

interface OneStart extends DevServerOptions {
  readonly namespace: string;
  readonly temporal: string;
  readonly log: string;
}

type OneServer = DevServer & { stop(graceMs: number): Promise<void> };

/** On another port when somebody took the first. */
async function startAt(options: OneStart): Promise<OneServer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce(options);
    } catch (error) {
      if (!(error instanceof PortTaken) || attempt === startAttempts) throw error;
    }
  }
}

async function startOnce(options: OneStart): Promise<OneServer> {
  const { namespace, temporal, log } = options;
  const port = options.port ?? (await freePort());
  const address = `127.0.0.1:${port}`;
  const { child, logStart } = launch(temporal, argumentsFor(port, namespace, options.dataDir), log);
  options.onSpawn?.(child);
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const stop = (graceMs: number) => endChild(child, graceMs);
  try {
    await Promise.race([
      ensureNamespace({ address, namespace, access: {} }, startTimeoutMs, () => hasEnded(child)),
      failOn(exited, log, logStart),
    ]);
  } catch (error) {
    await stop(0);
    throw error;
  }
  if (child.pid === undefined) throw new SetupError(`${temporal} could not be started.`);
  return { address, namespace, pid: child.pid, exited, stop };
}

async function prepareDataFolder(
  dataDir: string,
  temporal: string,
  onUpgrade: DevServerOptions['onUpgrade'],
): Promise<void> {
  mkdirSync(dataDir, { recursive: true });
  const { stdout } = await run(temporal, ['--version']).catch((error: unknown) => {
    throw new SetupError(`${temporal} is no Temporal CLI that runs here (${String(error).split('\n')[0]}).`);
  });
  await checkDataVersion({
    ...{ dataDir, database: databaseOf(dataDir), versionLine: stdout.trim() },
    withFreshDatabase: (look) => withFreshDatabase(temporal, look),
    ...(onUpgrade && { onUpgrade }),
  });
}

/** Lets a server make a database of its own, and looks at it before it is gone again. */
async function withFreshDatabase<Seen>(temporal: string, look: (file: string) => Seen): Promise<Seen> {
  const folder = await mkdtemp(join(tmpdir(), 'regiopad-temporal-'));
  try {
    const options = { temporal, namespace: 'regiopad', dataDir: folder, log: join(folder, 'temporal.log') };
    await (await startAt(options)).stop(0);
    return look(databaseOf(folder));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function argumentsFor(port: number, namespace: string, dataDir: string | undefined): string[] {
  const common = [
    'server',
    'start-dev',
    '--headless',
    '--ip',
    '127.0.0.1',
    '--port',
    String(port),
    '--namespace',
    namespace,
    '--log-level',
    'error',
  ];
  if (dataDir === undefined) return common;
  return [...common, '--db-filename', databaseOf(dataDir), ...pragmas.flatMap((pragma) => ['--sqlite-pragma', pragma])];
}

/** In its own process group, so that a Ctrl-C in the terminal reaches only who started it, who then ends it in order. */
function launch(temporal: string, args: string[], log: string): { child: ChildProcess; logStart: number } {
  const logged = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  if (logged > largestLogBytes) rmSync(log);
  const output = openSync(log, 'a');
  try {
    const child = spawn(temporal, args, { stdio: ['ignore', output, output], detached: true });
    child.on('error', () => undefined);
    endWithThisProcess(child);
    return { child, logStart: logged > largestLogBytes ? 0 : logged };
  } finally {
    closeSync(output);
  }
}

/** The server panics when a port is taken: what it said first tells more than the end of its stack trace. */
async function failOn(exited: Promise<number | null>, log: string, logStart: number): Promise<never> {
  const code = await exited;
  const said = readFileSync(log).subarray(logStart).toString().trim();
  const Failure = said.includes('address already in use') ? PortTaken : SetupError;
  throw new Failure(
    `Temporal's development server ended while it started (exit code ${String(code)}): ${said.split('\n')[0] ?? ''} (${log})`,
  );
}
