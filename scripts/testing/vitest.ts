import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

export interface TestCount {
  readonly passed: number;
  readonly failed: number;
  /** Full names of tests that did not run. */
  readonly skipped: readonly string[];
}

const Report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

/** An endless loop in a test holds its process so that vitest's own limits cannot end it. */
const timeLimitMs = 75 * 60_000;

/** Runs the tests with vitest's own output, and counts them. A file that cannot be loaded, or an error outside a test, counts as a failure. */
export async function runVitest(
  root: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<TestCount> {
  const folder = mkdtempSync(join(tmpdir(), 'regiopad-tests-'));
  const file = join(folder, 'report.json');
  try {
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const child = spawn(process.execPath, [vitest, 'run', ...reporters, ...args], {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: true,
    });
    const endAll = () => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL');
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, endAll);
    const limit = setTimeout(() => {
      console.error(
        `The tests took longer than ${timeLimitMs / 60_000} minutes and were ended: the file that is not listed above hangs.`,
      );
      endAll();
    }, timeLimitMs);
    const [code] = (await once(child, 'exit')) as [number | null];
    clearTimeout(limit);
    return count(file, code === 0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Reads vitest's report; `exitedWell` is what its exit code said, which knows of errors that the report does not. */
export function count(file: string, exitedWell: boolean): TestCount {
  const report = readReport(file);
  if (!report) return { passed: 0, failed: 1, skipped: [] };
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  const having = (...statuses: string[]) => tests.filter(({ status }) => statuses.includes(status));
  const unloadable = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  const failed = having('failed').length + unloadable.length;
  return {
    passed: having('passed').length,
    failed: failed === 0 && !exitedWell ? 1 : failed,
    skipped: having('pending', 'skipped', 'todo', 'disabled').map(({ fullName }) => fullName),
  };
}

function readReport(file: string): z.infer<typeof Report> | undefined {
  try {
    return Report.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}
