/** The whole of Regiopad on PostgreSQL, Temporal too: a region starts, is asked, answers by its link, gets its receipt, and nothing of it lies in a file. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { listMails } from '../../client/mailbox.ts';
import { tasksOf } from '../../domain/lookup.ts';
import { asLocalDate, asPathId, asPersonId, municipalityParty } from '../../domain/ids.ts';
import { openStore } from '../../store/store.ts';
import { createLinks } from '../../worker/links.ts';
import { linkKeysOf } from '../../worker/link-keys.ts';
import { until } from '../../worker/processes.ts';
import { findRunning } from '../../worker/run-file.ts';
import { applicationIn, region } from '../faults/application.ts';
import { temporaryFolder } from '../foundation/launched.ts';
import { newPlace } from '../store/places.ts';
import { newTemporal } from '../temporal/place.ts';
import { browserAt } from './browser-at.ts';

/** A Wednesday on which the round is open, and no morning mail is due. */
const AFTERNOON = Date.parse('2031-02-12T13:00:00Z');
const path = asPathId('proef');
const decision = 'statement-of-commitment';
const coordinator = { kind: 'coordinator', via: 'cli', personId: asPersonId('proef.1') } as const;
const wemmel = { party: municipalityParty('23102'), person: asPersonId('proef.4') };

test('a region is asked and answers, all of it kept on PostgreSQL', { timeout: 300_000 }, async () => {
  const place = await newPlace();
  const temporal = await newTemporal();
  const dataDir = temporaryFolder(onTestFinished);
  const application = applicationIn(dataDir, {
    ...{ DATABASE_URL: place, DATABASE_POOL: '4' },
    ...{ TEMPORAL_ADDRESS: temporal.address, TEMPORAL_NAMESPACE: temporal.namespace },
    REGIOPAD_CLOCK_OFFSET_HOURS: String(Math.ceil((AFTERNOON - Date.now()) / 3_600_000)),
  });
  await application.start();
  const file = join(dataDir, 'proef.yaml');
  writeFileSync(file, region);
  await application.regiopad('start', file);
  const started = await application.withPaths(async (paths) => {
    const tell = (id: string, command: Parameters<typeof paths.command>[1]['command']) =>
      paths.command(path, { id, actor: coordinator, command });
    for (const task of tasksOf(await paths.state(path)))
      if (task.kind === undefined) await tell(task.key, { type: 'complete-task', data: { task: task.key } });
    await tell('ask', { type: 'request', data: { decision } });
    return paths.state(path);
  });

  const store = await openStore(place);
  onTestFinished(() => store.close());
  const address = findRunning(dataDir)?.web?.url ?? '';
  const links = createLinks({ keys: linkKeysOf(dataDir), codes: store.linkCodes, publicUrl: address });
  const generation = started.parties[wemmel.party]?.linkGeneration ?? 0;
  const token = await links.contactToken({ path, ...wemmel, generation, expires: asLocalDate('2033-12-31') });
  const visitor = browserAt(address);
  await visitor.get(`/m/${token}`);
  expect(visitor.text).toContain('Wemmel');
  await visitor.submit(`antwoord-${decision}`, {
    ...{ name: 'Luc Wemmel', function: 'cultuur', answer: 'approved' },
    ...{ 'approved.session': 'other', 'approved.date': '2031-02-11' },
  });
  expect(visitor.text).toContain('Goedgekeurd op 11 februari');

  const answered = async () => (await store.events.eventsOf(path)).filter(({ type }) => type === 'answered');
  expect(await until(async () => (await answered()).length === 1, 60_000)).toBe(true);
  const receipts = async () =>
    (await listMails(join(dataDir, 'mailbox'))).filter(({ to }) => to.includes('luc@wemmel.example.org'));
  expect(await until(async () => (await receipts()).length > 0, 60_000)).toBe(true);
  expect(existsSync(join(dataDir, 'dossier.db'))).toBe(false);

  await store.db.updateTable('overview').set({ asks_approved: 99 }).execute();
  expect((await application.regiopad('rebuild')).stdout).toContain('rebuilt 1 paths');
  expect(await store.overview.overviewOf(path)).toMatchObject({ asks: { total: 3, approved: 1, waiting: 2 } });

  const { stdout } = await application.regiopad('doctor');
  expect(stdout).toMatch(
    /^ok {5}store +postgres:\/\/regiopad@127\.0\.0\.1:\d+\/\w+, PostgreSQL \d+.*, schema 0003-desks, 1 paths$/m,
  );
});
