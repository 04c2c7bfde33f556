/** What would be lost: the room of a machine on which `npm run chaos` was ended before its time, or failed: no folder stays, and no process, frozen or not. */
import { readdirSync, readFileSync } from 'node:fs';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { keepPart, signalTo } from '../../scripts/chaos/part.ts';
import { onFreePorts } from '../../scripts/testing/ports.ts';
import { until } from '../../worker/processes.ts';
import { launch, temporaryFolder } from '../foundation/launched.ts';

const chaos = join(import.meta.dirname, '..', '..', 'scripts', 'chaos', 'main.ts');

/** The processes whose environment says so. */
const processesWith = (setting: string): string[] =>
  readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(setting);
    } catch {
      return false;
    }
  });

test('Ctrl-C in the middle of a run leaves nothing', { timeout: 300_000 }, async () => {
  const folder = temporaryFolder(onTestFinished);
  const words = ['--embedded', '--paths', '2', '--minutes', '30', '--workers', '1'];
  const run = launch(process.execPath, [chaos, ...words], { ...process.env, TMPDIR: folder });
  await run.prints(' kill ', 240_000);
  expect(processesWith(`TMPDIR=${folder}`).length).toBeGreaterThan(3);
  run.child.kill('SIGINT');
  expect(await run.ended, run.output()).toEqual({ code: 130, signal: null });
  expect(run.output()).toContain('nothing of it goes on');
  expect(readdirSync(folder)).toEqual([]);
  expect(await until(() => processesWith(`TMPDIR=${folder}`).length === 0, 60_000)).toBe(true);
});

test('a part that is frozen ends too', async () => {
  const program = 'process.on("SIGTERM", () => process.exit(0)); setInterval(() => undefined, 1e6); process.send(1)';
  let child: ChildProcess | undefined;
  const part = keepPart({
    name: 'smtp',
    log: () => undefined,
    start: async (onSpawn) => {
      child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
      onSpawn(child);
      await once(child, 'message');
    },
  });
  await part.ready;
  const [pid = 0] = part.pids();
  signalTo([pid], 'SIGSTOP');
  await until(() => readFileSync(`/proc/${pid}/stat`, 'utf8').includes(' T '), 60_000);
  // It hears that it is asked: nobody has to force it.
  await part.stop(60_000);
  expect([child?.exitCode, child?.signalCode]).toEqual([0, null]);
});

test('what was to listen on a port that somebody took is started again on another one', async () => {
  const tried: number[] = [];
  const started = await onFreePorts(2, (ports) => {
    tried.push(...ports);
    return tried.length > 2 ? Promise.resolve(ports) : Promise.reject(new Error('EADDRINUSE'));
  });
  expect(started).toEqual(tried.slice(2));
  expect(new Set(tried).size).toBe(4);
});

test('what fails on every port says why', async () => {
  let count = 0;
  const never = onFreePorts(1, () => Promise.reject(new Error(`in vain, ${String((count += 1))}`)));
  await expect(never).rejects.toThrow('in vain, 3');
});
