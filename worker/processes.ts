import { execFileSync, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const firstOwnPort = 15_000;
const firstEphemeralPort = 32_768;
/** Who asks for several before it listens on the first gets different ones. */
const handedOut = new Set<number>();

/** The command line of a living process, arguments joined by spaces; undefined when there is none. */
export function commandLineOf(pid: number): string | undefined {
  try {
    if (process.platform !== 'linux')
      return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() || undefined;
  } catch {
    return undefined;
  }
}

/** Ends a process by its id: asks first, forces after the grace. Resolves when it is gone. */
export async function endProcess(pid: number, graceMs: number): Promise<void> {
  send(pid, 'SIGTERM');
  if (await until(() => commandLineOf(pid) === undefined, graceMs)) return;
  send(pid, 'SIGKILL');
  await until(() => commandLineOf(pid) === undefined, 5_000);
}

/** Whether a child of this process is gone, by itself or by a signal. */
export const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

/** Ends a child of this process: asks first, forces after the grace. Resolves when it is gone. */
export async function endChild(child: ChildProcess, graceMs: number): Promise<void> {
  if (child.pid === undefined || hasEnded(child)) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await exited;
  clearTimeout(force);
}

/** Waits for a condition, asking every 20 ms; false when the time is over. */
export async function until(holds: () => boolean | Promise<boolean>, timeoutMs: number, lookMs = 20): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (!(await holds())) {
    if (Date.now() >= deadline) return false;
    await delay(lookMs);
  }
  return true;
}

/**
 * A TCP port that nobody listens on at this moment, below the ports that systems hand out by themselves (from 32768 on Linux, 49152
 * elsewhere; RFC 6056): of those, another connection could take it before who asked for it listens.
 */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const port = randomInt(firstOwnPort, firstEphemeralPort);
    if (handedOut.has(port) || (await portTrouble(host, port)) !== undefined) continue;
    handedOut.add(port);
    return port;
  }
  throw new Error(`no free port on ${host}`);
}

/** Why a port cannot be listened on (EADDRINUSE, EACCES, …); undefined when it can. */
export async function portTrouble(host: string, port: number): Promise<string | undefined> {
  try {
    await listenOnce(host, port);
    return undefined;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}

/** Whether something accepts connections at host:port. */
export function isListening(address: string): Promise<boolean> {
  const [host, port] = address.split(':');
  return new Promise((resolve) => {
    const socket = connect({ host: host ?? '', port: Number(port) });
    const finish = (listens: boolean) => {
      socket.destroy();
      resolve(listens);
    };
    socket.once('connect', () => {
      finish(true);
    });
    socket.once('error', () => {
      finish(false);
    });
    socket.setTimeout(5_000, () => {
      finish(false);
    });
  });
}

function listenOnce(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => {
      server.close(() => {
        resolve();
      });
    });
  });
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone already.
  }
}
