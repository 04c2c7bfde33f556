/** Runs the command line as a person would, in a process of its own. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');
export const example = (name: string): string => join('examples', name);

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

export function run(words: string[], environment: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const env = { ...process.env, TEMPORAL_ADDRESS: '', ...environment };
  return new Promise((resolve) => {
    const options = { cwd: root, env, maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, [join(root, 'client', 'cli', 'main.ts'), ...words], options, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : 1, stdout, stderr });
    });
  });
}
