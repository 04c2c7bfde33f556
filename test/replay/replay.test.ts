/** What a region would lose when a new release cannot go on with what an earlier one began: its path stands still. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeterminismViolationError } from '@temporalio/workflow';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../foundation/launched.ts';
import { nextRelease } from '../upgrade/next-release.ts';
import { bundleThatNotes, recordedSayings, replay, type Replayed } from './replayed.ts';
import type { Saying } from './said.ts';
import { type RecordedRun, recordedKeys, recordedReleases, recordedRuns } from './histories.ts';
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker';

const releases = recordedReleases();
let bundle: WorkflowBundleWithSourceMap;
beforeAll(async () => {
  bundle = await bundleThatNotes();
});

const plain = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;

describe.each(releases)('the histories of release %s', (release) => {
  const runs = recordedRuns(release);
  const keys = recordedKeys(release);
  let replayed: Replayed[];
  const recorded = new Map<RecordedRun, Saying[]>();
  beforeAll(async () => {
    for (const run of runs) recorded.set(run, await recordedSayings(run, keys));
    replayed = await replay(bundle, keys, runs);
  }, 600_000);

  test('are replayed by the workflows as they are now', () => {
    const failed = replayed.flatMap(({ run, error }) => (error === undefined ? [] : [`${run.name}: ${error.message}`]));
    expect(failed).toEqual([]);
    expect(replayed.length).toBeGreaterThan(0);
  });

  test('say the same again to the record, to who delivers and to the next run', () => {
    for (const { run, said } of replayed) {
      // What was not committed when the history was taken may come on top.
      for (const [index, saying] of (recorded.get(run) ?? []).entries())
        expect(plain(said[index]), `${run.name}, call ${String(index + 1)}`).toEqual(plain(saying));
    }
  });

  test('hold what can happen: open timers, a new run, a worker that left, failures, an end, encryption', () => {
    const events = runs.flatMap(({ history }) => history.events ?? []);
    const having = (name: keyof (typeof events)[number]): number =>
      events.filter((event) => event[name] !== undefined && event[name] !== null).length;
    expect(having('workflowExecutionContinuedAsNewEventAttributes')).toBeGreaterThan(0);
    expect(having('workflowExecutionCompletedEventAttributes')).toBeGreaterThan(0);
    expect(having('workflowTaskTimedOutEventAttributes')).toBeGreaterThan(0);
    expect(having('activityTaskFailedEventAttributes')).toBeGreaterThan(0);
    expect(runs.filter(isWaiting).length).toBeGreaterThan(0);
    expect(runs.filter(isEncrypted).length).toBeGreaterThan(0);
  });
});

/** Ends with a timer that has not fired. */
function isWaiting({ history }: RecordedRun): boolean {
  const open = new Set<string>();
  for (const { timerStartedEventAttributes: started, timerFiredEventAttributes: fired, ...event } of history.events ??
    []) {
    if (started?.timerId) open.add(started.timerId);
    if (fired?.timerId) open.delete(fired.timerId);
    if (event.timerCanceledEventAttributes?.timerId) open.delete(event.timerCanceledEventAttributes.timerId);
    if (event.workflowExecutionContinuedAsNewEventAttributes) return false;
    if (event.workflowExecutionCompletedEventAttributes) return false;
  }
  return open.size > 0;
}

const isEncrypted = ({ history }: RecordedRun): boolean => {
  const [payload] = history.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
  return Buffer.from(payload?.metadata?.['encoding'] ?? []).toString() === 'binary/encrypted';
};

test('a history that these workflows would not have made is noticed', async () => {
  const release = releases.at(-1) ?? '';
  const [run] = recordedRuns(release).filter(({ name }) => name.startsWith('path-'));
  if (run === undefined) throw new Error('there is no path');
  // As if another workflow had asked for something else at that moment.
  const scheduled = run.history.events?.find((event) => event.activityTaskScheduledEventAttributes);
  scheduled!.activityTaskScheduledEventAttributes!.activityType = { name: 'note' };
  const [replayed] = await replay(bundle, recordedKeys(release), [run]);
  expect(replayed?.error).toBeInstanceOf(DeterminismViolationError);
});

test.each([
  { isPatched: false, what: 'that forgets its patch cannot go on with earlier runs, and that is noticed' },
  { isPatched: true, what: 'behind a patch goes on with every run' },
])('a change of the workflow $what', { timeout: 300_000 }, async ({ isPatched }) => {
  const release = releases.at(-1) ?? '';
  const changed = await bundleThatNotes(nextRelease(temporaryFolder(onTestFinished), { isPatched }));
  const paths = recordedRuns(release).filter(({ name }) => /^path-verhaal-[1-5]\./.test(name));
  const replayed = await replay(changed, recordedKeys(release), paths);
  expect(replayed.length).toBeGreaterThan(3);
  for (const { run, error } of replayed) {
    if (isPatched) expect(error, run.name).toBeUndefined();
    else expect(error, run.name).toBeInstanceOf(DeterminismViolationError);
  }
});

test('the version of package.json has histories: npm run histories makes them (docs/releases.md)', () => {
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  expect(releases).toContain(version);
});
