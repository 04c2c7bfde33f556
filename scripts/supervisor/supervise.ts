import type { ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { addressOf, type Config } from '../../worker/config.ts';
import { freePort, isListening, portTrouble } from '../../worker/processes.ts';
import { writeRunFile, type RunFile } from '../../worker/run-file.ts';
import { SetupError } from '../../worker/setup-error.ts';
import { startDevServer } from '../../worker/temporal/dev-server.ts';
import { startProgram, type Program } from './child.ts';
import { claimDataFolder, releaseDataFolder } from './data-folder.ts';
import { keepRunning, type KeptProcess } from './keep-running.ts';

export interface SuperviseOptions {
  readonly config: Config;
  readonly environment: NodeJS.ProcessEnv;
  /** Main file of the supervisor itself, as it stands in its command line. */
  readonly script: string;
  /** Main files of the worker and the web process. */
  readonly worker: string;
  readonly web: string;
  readonly say: (line: string) => void;
}

/** What runs, and how to end it. */
export interface Supervision {
  /** Resolves when everything serves. */
  readonly ready: Promise<void>;
  /** Ends everything within 2 s. */
  stop(): Promise<void>;
}

/**
 * Ctrl-C has to end everything within 2 s: the programs get 0.9 s, and Temporal, which takes a second to drain, is asked when they are gone or
 * after half a second, and forced 1.2 s later (its database survives that).
 */
const programGraceMs = 900;
const headStartMs = 500;
const temporalGraceMs = 1_200;

/** Starts the development server (unless TEMPORAL_ADDRESS names one), the worker and the web process, and keeps them running. */
export function supervise(options: SuperviseOptions): Supervision {
  const { config, say } = options;
  const programs: KeptProcess<unknown>[] = [];
  let temporal: KeptProcess<unknown> | undefined;
  let isStopping = false;
  const run: RunFile = {
    pid: process.pid,
    script: options.script,
    startedAt: new Date().toISOString(),
    ...(config.clockOffsetMs > 0 && { clockOffsetMs: config.clockOffsetMs }),
  };
  const note = (part: Partial<RunFile>) => {
    Object.assign(run, part);
    writeRunFile(config.dataDir, run);
  };

  const startTemporal = async (): Promise<string> => {
    if (config.temporalAddress !== undefined) {
      await checkReachable(config.temporalAddress);
      note({ temporal: { address: config.temporalAddress, namespace: config.temporalNamespace } });
      return config.temporalAddress;
    }
    const port = await freePort();
    const address = `127.0.0.1:${port}`;
    const namespace = config.temporalNamespace;
    const kept = keepRunning(
      'Temporal server',
      (onSpawn) =>
        startDevServer({
          dataDir: config.dataDir,
          namespace,
          port,
          onDownload: (what) => {
            say(`Fetching ${what} …`);
          },
          onUpgrade: say,
          onSpawn: (child) => {
            onSpawn(child);
            if (child.pid !== undefined) note({ temporal: { address, namespace, pid: child.pid } });
          },
        }),
      say,
    );
    temporal = kept;
    await kept.ready;
    return address;
  };

  const startKept = (program: Program, onPid: (pid: number) => void) => {
    const spawned = (onSpawn: (child: ChildProcess) => void) => (child: ChildProcess) => {
      onSpawn(child);
      if (child.pid !== undefined) onPid(child.pid);
    };
    const kept = keepRunning(program.name, (onSpawn) => startProgram(program, spawned(onSpawn)), say);
    programs.push(kept);
    return kept.ready;
  };

  const start = async () => {
    await claimDataFolder(config.dataDir, run);
    const port = await webPort(config);
    const temporalAddress = await startTemporal();
    const mailboxPort = config.smtpUrl === undefined ? (config.mailboxPort ?? (await freePort())) : undefined;
    if (mailboxPort !== undefined) note({ mailbox: { port: mailboxPort } });
    if (isStopping) return;
    const environment = environmentOf(options, { port, temporalAddress, mailboxPort });
    const [, web] = await Promise.all([
      startKept({ name: 'worker', script: options.worker, environment }, (pid) => {
        note({ worker: { pid, script: options.worker } });
      }),
      startKept({ name: 'web process', script: options.web, environment }, (pid) => {
        note({ web: { pid, script: options.web, url: addressOf(config.host, port) } });
      }),
    ]);
    greet(web.url ?? addressOf(config.host, port), web.signInUrl, mailboxPort);
  };

  const greet = (url: string, signInUrl: string | undefined, mailboxPort: number | undefined) => {
    say(`Regiopad runs at ${url}`);
    if (signInUrl !== undefined) say(`Sign in, once:   ${signInUrl}`);
    if (mailboxPort !== undefined) say(`Mailbox:         ${url}/mailbox`);
    say(`Data:            ${config.dataDir}. Ctrl-C stops it.`);
  };

  return {
    ready: start(),
    stop: async () => {
      isStopping = true;
      const programsEnded = Promise.all(programs.map((program) => program.stop(programGraceMs)));
      await Promise.race([programsEnded, delay(headStartMs)]);
      await Promise.all([programsEnded, temporal?.stop(temporalGraceMs)]);
      releaseDataFolder(config.dataDir);
    },
  };
}

/** The port of the pages, free at this moment; 0 asks for any. */
async function webPort({ host, port }: Config): Promise<number> {
  if (port === 0) return freePort(host);
  const trouble = await portTrouble(host, port);
  if (trouble === undefined) return port;
  if (trouble === 'EADDRINUSE')
    throw new SetupError(
      `Port ${port} on ${host} is in use: stop what uses it, or start with PORT=${port + 1} npm start.`,
    );
  throw new SetupError(
    `Port ${port} on ${host} cannot be used (${trouble}): set PORT and HOST to what this machine has.`,
  );
}

async function checkReachable(address: string): Promise<void> {
  if (await isListening(address)) return;
  throw new SetupError(
    `No Temporal server answers at ${address} (TEMPORAL_ADDRESS): start it, or unset TEMPORAL_ADDRESS to use the development server.`,
  );
}

/** What the worker and the web process read with loadConfig: everything that was open is decided. */
function environmentOf(
  { config, environment }: SuperviseOptions,
  decided: { port: number; temporalAddress: string; mailboxPort: number | undefined },
): NodeJS.ProcessEnv {
  const mailbox =
    decided.mailboxPort === undefined
      ? {}
      : { REGIOPAD_MAILBOX_PORT: String(decided.mailboxPort), SMTP_URL: `smtp://127.0.0.1:${decided.mailboxPort}` };
  return {
    ...environment,
    REGIOPAD_DATA: config.dataDir,
    HOST: config.host,
    PORT: String(decided.port),
    TEMPORAL_ADDRESS: decided.temporalAddress,
    TEMPORAL_NAMESPACE: config.temporalNamespace,
    ...mailbox,
  };
}
