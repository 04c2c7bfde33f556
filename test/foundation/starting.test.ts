/** What would be lost: the seconds in which pages serve again after a death. They go into loading, so what is loaded, and kept, is watched. */
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { startProgram } from '../../scripts/supervisor/child.ts';
import { freePort, hasEnded, until } from '../../worker/processes.ts';
import { temporaryFolder } from './launched.ts';

const root = join(import.meta.dirname, '..', '..');

test('the web process loads nothing of the SDK of workers and no reader of Word files, and what it compiled is kept though it is killed', async () => {
  const folder = temporaryFolder(onTestFinished);
  const loaded = join(folder, 'loaded');
  const environment = {
    ...{ PATH: process.env['PATH'], REGIOPAD_DATA: folder, REGIOPAD_CACHE: join(folder, 'cache'), LOG_LEVEL: 'error' },
    ...{ HOST: '127.0.0.1', PORT: String(await freePort()), SMTP_URL: 'smtp://127.0.0.1:9' },
    ...{ NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, 'loaded.mjs')).href}` },
    REGIOPAD_TEST_LOADED: loaded,
  };
  await startProgram({ name: 'web process', script: join(root, 'client', 'web', 'main.ts'), environment }, (child) => {
    onTestFinished(async () => {
      if (hasEnded(child)) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    });
  });
  const packages = new Set(readFileSync(loaded, 'utf8').match(/(?<=node_modules\/)(?:@[\w.-]+\/)?[\w.-]+/g));
  expect(packages).toContain('@temporalio/client');
  expect(
    [...packages].filter((name) => /^@temporalio\/(?:worker|core-bridge)$|webpack|^rxjs$|^mammoth$/.test(name)),
  ).toEqual([]);
  const kept = (): number =>
    readdirSync(join(folder, 'cache', 'compiled'), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    ).length;
  expect(await until(() => kept() > 300, 60_000)).toBe(true);
});
