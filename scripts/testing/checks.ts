import { execFile } from 'node:child_process';
import { join } from 'node:path';

export interface Check {
  readonly name: string;
  readonly passed: boolean;
  readonly seconds: number;
  readonly output: string;
}

/** What is asked of every file, besides the tests. */
const checks = [
  { name: 'types (tsc)', command: ['typescript/bin/tsc', '--noEmit'] },
  { name: 'lint (eslint)', command: ['eslint/bin/eslint.js', '.', '--max-warnings', '0'] },
  { name: 'format (prettier)', command: ['prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'] },
] as const;

/** Runs the checks side by side; each result comes in the order of the list. */
export function runChecks(root: string): Promise<Check>[] {
  return checks.map(({ name, command: [script, ...args] }) => {
    const startedAt = Date.now();
    return new Promise((resolve) => {
      const whole = { cwd: root, maxBuffer: 64_000_000 };
      execFile(process.execPath, [join(root, 'node_modules', script), ...args], whole, (error, stdout, stderr) => {
        const seconds = (Date.now() - startedAt) / 1000;
        resolve({ name, passed: error === null, seconds, output: (stdout + stderr).trim() });
      });
    });
  });
}
