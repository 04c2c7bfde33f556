/** A mail server of the machine, run for a test: in a folder of its own, on loopback, with an end in sight. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../world.ts';

export interface RunningServer {
  folder: string;
  port: number;
  /** What it wrote into its log. */
  log: () => string;
  stop: () => Promise<void>;
}

/** No test takes longer; a server that was left behind ends by itself. */
const LIFE_SECONDS = 300;

/** A folder that the users of mail servers may enter. */
export function serverFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'regiopad-mta-'));
  chmodSync(folder, 0o755);
  return folder;
}

export const giveTo = (user: string, ...paths: string[]): void => {
  execFileSync('chown', ['-R', `${user}:`, ...paths]);
};

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts a server that stays in the foreground, and waits until it listens. */
export async function run(
  command: string,
  args: string[],
  server: { folder: string; port: number; logFile: string },
): Promise<RunningServer> {
  const { folder, port, logFile } = server;
  const log = (): string => {
    try {
      return readFileSync(logFile, 'utf8');
    } catch {
      return '';
    }
  };
  const child = spawn('timeout', ['--foreground', String(LIFE_SECONDS), command, ...args], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  };
  try {
    await until(() => child.exitCode !== null || answers(port), `${command} listens`);
    if (child.exitCode !== null) throw new Error(`${command} ended with ${child.exitCode}: ${log()}`);
  } catch (error) {
    await stop();
    throw error;
  }
  return { folder, port, log, stop };
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const isOpen = await Promise.race([
    once(socket, 'connect').then(() => true),
    once(socket, 'error').then(() => false),
  ]).catch(() => false);
  socket.destroy();
  return isOpen;
}
