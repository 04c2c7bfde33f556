/** What a shell waits for: `plan` beside Node doing nothing, and everything started and stopped beside Temporal's server alone. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { startDevServer } from '../../worker/temporal/dev-server.ts';
import { freePort } from '../../worker/processes.ts';
import { node, regiopad } from '../programs.ts';
import type { Part } from '../row.ts';
import { quantile } from '../statistics.ts';

const root = join(import.meta.dirname, '..', '..');
const EXAMPLE = 'examples/cultuur-noordrand.yaml';

/** Milliseconds until the page of a start that was made before answers, and until all is over. */
async function startAndStop(dataDir: string): Promise<{ start: number; stop: number }> {
  const port = String(await freePort());
  const environment = { ...process.env, REGIOPAD_DATA: dataDir, PORT: port, HOST: '127.0.0.1' };
  const since = performance.now();
  const child = spawn(process.execPath, [join(root, 'scripts', 'start.mjs')], { env: environment, stdio: 'ignore' });
  const exited = once(child, 'exit');
  while (!(await isThere(`http://127.0.0.1:${port}/readyz`))) await new Promise((resolve) => setTimeout(resolve, 20));
  const start = performance.now() - since;
  const asked = performance.now();
  child.kill('SIGINT');
  await exited;
  return { start, stop: performance.now() - asked };
}

const isThere = (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
    (response) => response.ok,
    () => false,
  );

async function serverAlone(dataDir: string): Promise<number> {
  const since = performance.now();
  const server = await startDevServer({ dataDir });
  const took = performance.now() - since;
  await server.stop();
  return took;
}

const run: Part = async (size, say) => {
  const rounds = size === 'full' ? 7 : 2;
  const times = { plan: new Array<number>(), nothing: new Array<number>() };
  const whole = { start: new Array<number>(), stop: new Array<number>(), server: new Array<number>() };
  const folder = mkdtempSync(join(tmpdir(), 'regiopad-bench-'));
  try {
    const [everything, alone] = [join(folder, 'data'), join(folder, 'alone')];
    // The first time makes databases and the bundle.
    await startAndStop(everything);
    await serverAlone(alone);
    for (let round = 0; round < rounds; round += 1) {
      times.nothing.push((await node(['-e', '0'])).took);
      times.plan.push((await regiopad('plan', EXAMPLE)).took);
      whole.server.push(await serverAlone(alone));
      const { start, stop } = await startAndStop(everything);
      whole.start.push(start);
      whole.stop.push(stop);
      say(`round ${String(round + 1)} of ${String(rounds)}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  const median = (values: readonly number[]): number => quantile(values, 0.5);
  const nothing = median(times.nothing);
  const server = median(whole.server) / 1_000;
  return [
    {
      what: '`plan` from the shell, more than Node doing nothing',
      ...{ ours: median(times.plan) - nothing, unit: 'ms', goal: { atMost: 400 }, seen: { 'ms of nothing': nothing } },
    },
    {
      what: 'warm start of everything, more than the development server alone',
      ...{
        ours: median(whole.start) / 1_000 - server,
        unit: 's',
        goal: { atMost: 3 },
        seen: { 's of the server': server },
      },
    },
    { what: 'stop of everything', ours: median(whole.stop) / 1_000, unit: 's', goal: { atMost: 2 } },
  ];
};

export default run;
