import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ReadyMessage } from '../../worker/lifecycle.ts';
import { SetupError } from '../../worker/setup-error.ts';
import { cacheFolder } from '../../worker/temporal/wheel.ts';

const readyTimeoutMs = 60_000;

/** A Node process of `npm start`: it announces when it serves, and ends by itself when this process is gone. */
export interface Program {
  readonly name: string;
  /** Path of its main file. */
  readonly script: string;
  readonly args?: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** A file that takes what it prints; otherwise it prints where this process does. */
  readonly output?: number;
}

/**
 * Starts a program and resolves when it serves. It gets its own process group: a Ctrl-C in the terminal reaches the supervisor only.
 * @throws SetupError when it ends before it serves, or does not within a minute
 */
export async function startProgram(
  { name, script, args = [], environment, output }: Program,
  onSpawn: (child: ChildProcess) => void,
): Promise<ReadyMessage> {
  const where = output ?? 'inherit';
  // Half of what a start costs is to read TypeScript: who was killed serves again the sooner when that was kept.
  const env = { NODE_COMPILE_CACHE: join(cacheFolder(environment), 'compiled'), ...environment };
  const child = fork(script, args, { env, detached: true, stdio: ['ignore', where, where, 'ipc'] });
  onSpawn(child);
  const timeout = new AbortController();
  const timer = setTimeout(() => {
    timeout.abort();
  }, readyTimeoutMs);
  try {
    return await Promise.race([readyMessage(child, timeout.signal), endBeforeReady(child, name, timeout.signal)]);
  } catch (error) {
    if (!timeout.signal.aborted) throw error;
    child.kill('SIGKILL');
    throw new SetupError(`The ${name} was not ready after ${readyTimeoutMs / 1000} s.`);
  } finally {
    clearTimeout(timer);
    timeout.abort();
  }
}

/** How a process ended, for a reader. */
export function howItEnded(child: ChildProcess): string {
  return child.signalCode ? `signal ${child.signalCode}` : `exit code ${String(child.exitCode)}`;
}

async function readyMessage(child: ChildProcess, signal: AbortSignal): Promise<ReadyMessage> {
  for (;;) {
    const [message] = (await once(child, 'message', { signal })) as [unknown];
    if (isReadyMessage(message)) return message;
  }
}

async function endBeforeReady(child: ChildProcess, name: string, signal: AbortSignal): Promise<never> {
  await once(child, 'exit', { signal });
  throw new SetupError(`The ${name} ended before it was ready (${howItEnded(child)}).`);
}

function isReadyMessage(message: unknown): message is ReadyMessage {
  return typeof message === 'object' && message !== null && 'ready' in message && message.ready === true;
}
