/** What a region would lose while two versions of the workflow run side by side: its path, which only one of them can go on with. */
import { expect, onTestFinished, test } from 'vitest';
import { until } from '../../worker/processes.ts';
import { temporaryFolder } from '../foundation/launched.ts';
import { handlingOf } from './failures.ts';
import { nextRelease } from './next-release.ts';
import { answersTo, commonGround, expectNothingLost, open, PATHS, present, start } from './rolling.ts';

test(
  'a release with a patched step comes in beside this one, leaves, and comes back: every path goes on, and what failed meanwhile heals',
  { timeout: 480_000 },
  async () => {
    const next = nextRelease(temporaryFolder(onTestFinished), { isPatched: true });
    const ground = await commonGround();
    const first = await start(ground, 'worker', present);
    const opened = await open(ground);
    const flow = answersTo(opened.paths);
    await flow.goesOn(3);
    const handling = () => Promise.all(PATHS.map((path) => handlingOf(opened.client, path)));
    // Both at once: a path goes to whoever is free when nobody has it, and its answers come through either way.
    const ahead = await start(ground, 'worker', next);
    await flow.goesOn(5);
    await first.stop();
    await flow.goesOn(3);
    for (const { markers } of await handling()) expect(markers).toBeGreaterThan(0);
    // The worst case: only a worker of before the patch is left, and gets paths that it cannot go on with.
    const late = await start(ground, 'worker', present);
    await ahead.stop();
    const isStuck = () => /nondeterminism/i.test(late.said());
    expect(await until(isStuck, 120_000), late.said()).toBe(true);
    await start(ground, 'worker', next);
    await late.stop();
    await flow.goesOn(3);
    await expectNothingLost(opened, ground, await flow.end());
    for (const { workers } of await handling()) expect(workers).toBeGreaterThan(1);
  },
);
