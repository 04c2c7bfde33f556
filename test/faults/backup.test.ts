/** What a region would lose here: everything, on the day when a disk fails. */
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../store/store.ts';
import { until } from '../../worker/processes.ts';
import { temporaryFolder } from '../foundation/launched.ts';
import {
  answersFlow,
  begin,
  drill,
  end,
  expectAgreement,
  expectSaidAgreement,
  insist,
  path,
  PATIENCE_MS,
  reason,
  reasonsIn,
} from './drill.ts';

test(
  'a backup that was made while answers came in brings all of them back on a new machine, and no mail goes out twice',
  { timeout: 600_000 },
  () => drill([{}, {}]),
);

test(
  'rebuild while answers come in loses none; a store from before is made whole from the histories; and paths whose Temporal is lost go on from the record',
  { timeout: 600_000 },
  async () => {
    const dataDir = join(temporaryFolder(onTestFinished), 'data');
    mkdirSync(dataDir);
    const application = await begin(dataDir);
    const flow = answersFlow(application);
    await flow.reach(3);
    for (let times = 0; times < 2; times += 1)
      expect((await application.regiopad('rebuild')).stdout).toContain('rebuilt 1 paths');
    await flow.stop();
    const store = await openStore(join(dataDir, 'dossier.db'));
    onTestFinished(() => store.close());
    await expectAgreement(application, store);
    const all = flow.acknowledged.map(({ number }) => reason(number));
    expect(await reasonsIn(store)).toEqual(all);

    // The store of a moment ago beside the Temporal of now: its last three events are in the histories only.
    const seq = await store.events.lastSeq(path);
    await store.db
      .deleteFrom('events')
      .where('seq', '>', seq - 3)
      .execute();
    await expectSaidAgreement(application);
    expect(await reasonsIn(store)).toEqual(all);
    await expectAgreement(application, store);

    // Temporal is lost, or begins with a new file since a newer one cannot read it.
    await end(dataDir);
    for (const suffix of ['', '-wal', '-shm'])
      if (existsSync(join(dataDir, `temporal.db${suffix}`)))
        renameSync(join(dataDir, `temporal.db${suffix}`), join(dataDir, `lost.db${suffix}`));
    await application.start();
    const standing = await application.regiopad('rebuild').catch((error: unknown) => error);
    expect(standing).toMatchObject({ code: 1, stderr: expect.stringContaining('without a workflow') as string });
    const asked = await application.regiopad('revive').catch((error: unknown) => error);
    expect(asked).toMatchObject({ code: 4, stderr: expect.stringContaining('Nothing was changed') as string });
    expect((await application.regiopad('revive', '--yes')).stdout).toContain('proef goes on from event');
    const next = flow.acknowledged.length;
    await insist(application, next);
    await until(async () => (await reasonsIn(store)).includes(reason(next)), PATIENCE_MS);
    expect(await reasonsIn(store)).toEqual([...all, reason(next)]);
    await expectAgreement(application, store);
  },
);
