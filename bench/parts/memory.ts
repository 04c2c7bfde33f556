/**
 * What a path of thirteen municipalities costs in a worker that keeps it: the growth of the process with each, beside an empty workflow in a
 * worker with default settings. And a worker with a thousand open paths as a whole.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { inParallel } from '../../activities/in-parallel.ts';
import { startReached } from '../../client/path-client.ts';
import { bareBeside } from '../bare/bare.ts';
import { pathIds, reachedRegions } from '../reached.ts';
import type { Part } from '../row.ts';
import { running } from '../running.ts';

const AT_ONCE = 8;
/** Garbage goes, and what is freed goes back. */
const CALM_MS = 10_000;

/** Kilobytes that a process holds now (Linux). */
function residentKb(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8')) ?? [];
  return Number(kilobytes);
}

const run: Part = async (size, say) => {
  const [warm, count] = size === 'full' ? [50, 950] : [10, 50];
  const stage = await running(pathIds('warm', warm), say);
  const bare = await bareBeside(stage.bareClient, stage.address, stage.folder);
  try {
    const [worker] = stage.parts.find(({ name }) => name === 'worker')?.pids() ?? [];
    if (worker === undefined) throw new Error('there is no worker');
    await bare.startAll(Array.from({ length: warm }, (_each, index) => `warm-bare-${String(index)}`));
    await delay(CALM_MS);
    const before = { worker: residentKb(worker), bare: residentKb(bare.pid) };
    const states = await reachedRegions(stage.store, pathIds('memory', count));
    await inParallel(states, AT_ONCE, (state) => startReached(stage.client, state, stage.offsetMs));
    await inParallel(states, AT_ONCE, ({ id }) => stage.paths.state(id, 60_000));
    await bare.startAll(Array.from({ length: count }, (_each, index) => `bare-${String(index)}`));
    await delay(CALM_MS);
    const after = { worker: residentKb(worker), bare: residentKb(bare.pid) };
    const each = (which: 'worker' | 'bare'): number => (after[which] - before[which]) / count;
    say(
      `${(after.worker / 1024).toFixed(0)} MB with ${String(warm + count)} paths, ${(before.worker / 1024).toFixed(0)} with ${String(warm)}`,
    );
    return [
      {
        what: 'memory per path in a worker',
        reference: 'empty workflow',
        ...{ ours: each('worker'), theirs: each('bare'), unit: 'kB', goal: { atMost: 1.5 } },
      },
      {
        what: `a worker with ${String(warm + count)} open paths`,
        ...{ ours: after.worker / 1024, unit: 'MB', goal: { atMost: 800 } },
      },
    ];
  } finally {
    await bare.close();
    await stage.close();
  }
};

export default run;
