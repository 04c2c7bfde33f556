/** Programs as a shell starts them. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** Runs this Node with arguments, in the project. Gives the milliseconds that it took, and what it printed. */
export function node(args: readonly string[]): Promise<{ took: number; output: string }> {
  const since = performance.now();
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [...args], { cwd: root, maxBuffer: 1e9 }, (error, output, trouble) => {
      if (error) reject(new Error(`${args.join(' ')}: ${trouble || error.message}`));
      else resolve({ took: performance.now() - since, output });
    });
  });
}

export const regiopad = (...words: string[]) => node([join(root, 'client', 'cli', 'main.ts'), ...words]);
