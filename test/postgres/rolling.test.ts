/** What a region would lose while the previous release and this one run side by side on PostgreSQL: an answer, a mail, its page. */
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../foundation/launched.ts';
import { keptRelease, unpack } from '../releases/releases.ts';
import { newPlace } from '../store/places.ts';
import { handlingOf } from '../upgrade/failures.ts';
import { answersTo, commonGround, expectNothingLost, open, pageOf, PATHS, present, start } from '../upgrade/rolling.ts';

test(
  `workers and pages of ${keptRelease()} are replaced one by one, and answers come in all the while`,
  { timeout: 480_000 },
  async () => {
    const previous = unpack(keptRelease(), join(temporaryFolder(onTestFinished), 'release'));
    const ground = await commonGround(await newPlace());
    // The first one lays out the tables.
    const oldPages = await start(ground, 'web', previous);
    const old = await Promise.all([start(ground, 'worker', previous), start(ground, 'worker', previous)]);
    const opened = await open(ground);
    const flow = answersTo(opened.paths);
    await flow.goesOn(3);
    for (const worker of old) {
      await start(ground, 'worker', present);
      await flow.goesOn(3);
      await worker.stop();
      await flow.goesOn(3);
    }
    const pages = await start(ground, 'web', present);
    for (const { url } of [oldPages, pages]) expect(await pageOf(ground, opened, url)).toContain('Aartselaar');
    await oldPages.stop();
    await expectNothingLost(opened, ground, await flow.end());
    for (const path of PATHS) expect((await handlingOf(opened.client, path)).failed, path).toEqual([]);
  },
);
