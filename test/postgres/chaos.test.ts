/**
 * What anybody would lose here: an answer that was acknowledged, a mail that was due, or the agreement of record and workflow. The short
 * form of `npm run chaos`: everything is killed once, in turn, while people answer.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Evidence } from '../../scripts/chaos/evidence.ts';
import { isKept, judge } from '../../scripts/chaos/judgement.ts';
import { type Outcome, runChaos } from '../../scripts/chaos/run.ts';
import { reportOf } from '../../scripts/chaos/report.ts';
import { settingsFrom } from '../../scripts/chaos/settings.ts';

let outcome: Outcome;

beforeAll(async () => {
  const settings = settingsFrom(['--paths', '20', '--minutes', '0.5', '--answers', '2', '--seed', '7']);
  outcome = await runChaos(settings, () => undefined, { rounds: 1 });
}, 600_000);

test('answers, mails and record survive the death of each part', () => {
  const { evidence, verdicts } = outcome;
  expect(evidence.strikes.map(({ part }) => part).sort()).toEqual(['postgres', 'smtp', 'temporal', 'web', 'worker']);
  expect(evidence.strikes.every(({ readyMs }) => readyMs !== undefined)).toBe(true);
  expect(evidence.answers.some(({ fate }) => fate === 'acknowledged')).toBe(true);
  expect(evidence.arrived.length).toBeGreaterThan(0);
  expect(verdicts.map(({ broken }) => broken).flat(), reportOf(outcome)).toEqual([]);
  expect(isKept(verdicts)).toBe(true);
});

describe('the judgement misses nothing', () => {
  const isAcknowledged = ({ fate }: Evidence['answers'][number]): boolean => fate === 'acknowledged';
  /** The same evidence, in which one path is another one. */
  const withPath = (
    path: string,
    change: (evidence: Evidence['paths'][number]) => Partial<Evidence['paths'][number]>,
  ): Evidence => ({
    ...outcome.evidence,
    paths: outcome.evidence.paths.map((each) => (each.path === path ? { ...each, ...change(each) } : each)),
  });
  const brokenBy = (evidence: Evidence): string[] =>
    judge(evidence).flatMap(({ promise, broken }) => (broken.length > 0 ? [promise] : []));

  test('an acknowledged answer that is not on record', () => {
    // The last one: nothing that came after it makes up for it.
    const { path, reference } = outcome.evidence.answers.findLast(isAcknowledged)!;
    const lost = withPath(path, ({ events }) => ({
      events: events.filter(({ data }) => !('reference' in data) || data.reference !== reference),
    }));
    expect(brokenBy(lost)).toEqual([
      'every acknowledged answer is there',
      'the record has no gap',
      'the store equals the workflows',
    ]);
  });

  test('an answer that counts twice', () => {
    const { path, reference } = outcome.evidence.answers.find(isAcknowledged)!;
    const twice = withPath(path, ({ events }) => ({
      events: [...events, ...events.filter(({ data }) => 'reference' in data && data.reference === reference)],
    }));
    expect(brokenBy(twice)).toContain('none of them counts twice');
  });

  test('a mail that was swallowed', () => {
    const [gone] = outcome.evidence.arrived;
    const arrived = outcome.evidence.arrived.filter(({ messageId }) => messageId !== gone!.messageId);
    expect(brokenBy({ ...outcome.evidence, arrived })).toEqual(['every mail went out']);
  });

  test('a mail that nobody knows of', () => {
    const stray = { messageId: '<stray@example.org>', to: 'somebody@example.org', at: 0 };
    expect(brokenBy({ ...outcome.evidence, arrived: [...outcome.evidence.arrived, stray] })).toEqual([
      'every mail went out',
    ]);
  });

  test('more repeats than can have been in flight, or a repeat to somebody else', () => {
    const { arrived } = outcome.evidence;
    const many = Array.from({ length: 60 }, () => arrived[0]!);
    expect(brokenBy({ ...outcome.evidence, arrived: [...arrived, ...many] })).toEqual([
      'mails that came again were in flight',
    ]);
    const astray = { ...arrived[0]!, to: 'somebody@example.org' };
    expect(brokenBy({ ...outcome.evidence, arrived: [...arrived, astray] })).toEqual([
      'mails that came again were in flight',
    ]);
  });

  test('a workflow that is ahead of the store, or does not answer', () => {
    const { path } = outcome.evidence.paths[0]!;
    const ahead = withPath(path, ({ workflow }) => ({ workflow: { ...workflow!, seq: workflow!.seq + 1 } }));
    expect(brokenBy(ahead)).toEqual(['the store equals the workflows']);
    expect(brokenBy(withPath(path, () => ({ workflow: undefined })))).toEqual(['the store equals the workflows']);
  });

  test('a mail that waits', () => {
    const { path, workflow, snapshot } = outcome.evidence.paths[0]!;
    const to = workflow!.coordinator;
    const pending = { message: { key: 'waits', to, items: [] }, attempts: 1, firstAt: 0, nextAt: 0 };
    const waiting = { ...workflow, outbox: { waits: pending } } as unknown as typeof workflow;
    expect(brokenBy(withPath(path, () => ({ workflow: waiting, snapshot: snapshot! })))).toEqual([
      'the store equals the workflows',
      'nothing that was due is unsent',
    ]);
  });
});
