import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasEnded, until } from '../../worker/processes.ts';

/** A process under test, with what it printed. */
export interface Launched {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  output(): string;
  /** Resolves when it has printed the text; fails with the output when it ends or takes too long. */
  prints(text: string, withinMs?: number): Promise<void>;
}

export function launch(command: string, args: readonly string[], environment: NodeJS.ProcessEnv): Launched {
  const child = spawn(command, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  return {
    child,
    pid: child.pid ?? 0,
    ended,
    output: () => output,
    prints: async (text, withinMs = 60_000) => {
      const wasPrinted = () => output.includes(text);
      await until(() => wasPrinted() || hasEnded(child), withinMs);
      if (!wasPrinted()) throw new Error(`never printed "${text}"; printed:\n${output}`);
    },
  };
}

/** A folder that is gone after the test. */
export function temporaryFolder(onEnd: (remove: () => void) => void): string {
  const folder = mkdtempSync(join(tmpdir(), 'regiopad-test-'));
  onEnd(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}
