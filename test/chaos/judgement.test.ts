/** What would be believed wrongly if the judgement of `npm run chaos` were too mild: each promise is broken here once, in evidence that is made up. */
import { beforeAll, describe, expect, test } from 'vitest';
import { connections } from '../../activities/transport.ts';
import type { PathState } from '../../domain/state.ts';
import type { ArrivedMail, Evidence, PathEvidence } from '../../scripts/chaos/evidence.ts';
import { judge } from '../../scripts/chaos/judgement.ts';
import { type PartName, partNames } from '../../scripts/chaos/part.ts';
import type { Strike } from '../../scripts/chaos/strikes.ts';
import { unsentOf } from '../../scripts/chaos/unsent.ts';
import { isKept } from '../../scripts/chaos/verdict.ts';
import { replay } from '../../store/projection.ts';
import { APART, goodRun, MORNING, STRUCK } from './good-run.ts';

let good: Evidence;

beforeAll(async () => {
  good = await goodRun();
});

const verdictsOn = (change: Partial<Evidence>) => judge({ ...good, ...change });
const brokenBy = (change: Partial<Evidence>): string[] =>
  verdictsOn(change).flatMap(({ promise, broken }) => (broken.length > 0 ? [promise] : []));
const saidBy = (change: Partial<Evidence>): string =>
  verdictsOn(change)
    .flatMap(({ broken }) => broken)
    .join('\n');

/** The first path is another one. */
const withPath = (change: (path: PathEvidence) => Partial<PathEvidence>): Partial<Evidence> => ({
  paths: good.paths.map((path, index) => (index === 0 ? { ...path, ...change(path) } : path)),
});
/** Its workflow holds something else, and so does the store: nothing else can be wrong with it. */
const withState = (change: (state: PathState) => Partial<PathState>): Partial<Evidence> =>
  withPath(({ workflow }) => ({ workflow: { ...workflow!, ...change(workflow!) } }));

test('a run in which all went well keeps every promise', () => {
  const verdicts = verdictsOn({});
  expect(verdicts.flatMap(({ broken }) => broken)).toEqual([]);
  expect(verdicts.filter(({ checked }) => checked === 0).map(({ promise }) => promise)).toEqual([
    'mails that came again were in flight',
  ]);
  expect(isKept(verdicts)).toBe(true);
});

test.each<[string, (run: Evidence) => Partial<Evidence>]>([
  ['no path ran', () => ({ paths: [] })],
  ['no answer was acknowledged', ({ answers }) => ({ answers: answers.map((each) => ({ ...each, fate: 'open' })) })],
  ['no reminder went out', ({ ledger }) => ({ ledger: ledger.filter(({ kind }) => kind !== 'reminder') })],
  ['no mail arrived', () => ({ arrived: [] })],
  ['nothing was killed', ({ strikes }) => ({ strikes: strikes.map((each) => ({ ...each, how: 'freeze' })) })],
])('a run that proves nothing: %s', (lack, change) => {
  expect(brokenBy(change(good))).toContain('something was checked');
  expect(saidBy(change(good)).split('\n')).toContain(lack);
});

test('a part that did not come back', () => {
  const strikes = good.strikes.map((each) => (each.part === 'web' ? { ...each, readyMs: undefined } : each));
  expect(brokenBy({ strikes })).toEqual(['every part came back by itself']);
  expect(saidBy({ strikes })).toContain('web did not come back');
});

test('an acknowledged answer that is not on record', () => {
  const lost = withPath(({ events }) => ({ events: events.filter(({ type }) => type !== 'answered') }));
  expect(brokenBy(lost)).toEqual([
    'every acknowledged answer is there',
    'the record has no gap',
    'the store equals the workflows',
  ]);
});

test('an answer that counts twice', () => {
  const twice = withPath(({ events }) => ({
    events: [...events, ...events.filter(({ type }) => type === 'answered')],
  }));
  expect(brokenBy(twice)).toContain('none of them counts twice');
});

test('an answer that was refused', () => {
  const answers = good.answers.map((each) => ({ ...each, fate: 'refused', detail: '409: gewijzigd' }) as const);
  const [first, ...others] = [answers[0]!, ...good.answers.slice(1)];
  expect(brokenBy({ answers: [first, ...others] })).toEqual(['no answer was refused']);
  expect(saidBy({ answers: [first, ...others] })).toContain('409: gewijzigd');
});

test('a workflow that is ahead of the store, or does not answer', () => {
  expect(brokenBy(withState(({ seq }) => ({ seq: seq + 1 })))).toEqual(['the store equals the workflows']);
  expect(brokenBy(withPath(() => ({ workflow: undefined })))).toEqual(['the store equals the workflows']);
});

describe('a mail', () => {
  test('that was swallowed', () => {
    expect(brokenBy({ arrived: good.arrived.slice(1) })).toEqual(['every mail went out']);
  });

  test('that nobody knows of', () => {
    const stray = { messageId: '<stray@example.org>', to: 'somebody@example.org', at: MORNING };
    expect(brokenBy({ arrived: [...good.arrived, stray] })).toEqual(['every mail went out']);
  });

  test('that was never tried, though the whole morning of it has passed', () => {
    const idle = withPath(({ events, startedAt }) => {
      const before = events.slice(0, startedAt);
      const state = replay(undefined, before);
      return { events: before, workflow: state, snapshot: state, overviewSeq: startedAt };
    });
    expect(brokenBy({ ...idle, answers: good.answers.slice(1) })).toEqual(['nothing that was due is unsent']);
    // Asked in the afternoon alone, a path says that it is due tomorrow.
    const { now, morningEnd } = good;
    const { workflow } = idle.paths![0]!;
    expect(unsentOf(workflow!, { now, morningEnd: now })).toEqual([]);
    expect(unsentOf(workflow!, { now, morningEnd })).not.toEqual([]);
  });

  test('that waits', () => {
    const waiting = withState((state) => {
      const message = { key: 'waits', to: state.coordinator, items: [] };
      const pending = { message, attempts: 1, firstAt: good.now, nextAt: good.now };
      return { outbox: { waits: pending } } as unknown as PathState;
    });
    expect(brokenBy(waiting)).toEqual(['the store equals the workflows', 'nothing that was due is unsent']);
  });

  test('that a mail server refused, by the ledger or by the path', () => {
    const [first, ...rest] = good.ledger;
    expect(brokenBy({ ledger: [{ ...first!, outcome: 'refused' }, ...rest] })).toEqual([
      'no mail was given up, and nobody with it',
    ]);
    const refused = withPath(({ events, startedAt }) => ({
      events: events.map((event) => {
        if (event.type !== 'mail-attempted' || event.seq <= startedAt) return event;
        const results = event.data.results.map((result) => ({ ...result, outcome: 'refused' as const }));
        return { ...event, data: { results } };
      }),
    }));
    expect(brokenBy(refused)).toContain('no mail was given up, and nobody with it');
  });

  test('that counts as undelivered, and somebody who counts as unreachable', () => {
    const undelivered = withState(({ coordinator: to }) => ({
      undelivered: [{ key: 'lost', to, kind: 'reminder', at: good.now, outcome: 'expired' }],
    }));
    expect(brokenBy(undelivered)).toContain('no mail was given up, and nobody with it');
    expect(saidBy(undelivered)).toContain('lost counts as undelivered (expired)');
    const unreachable = withState(({ coordinator }) => ({
      unreachable: { [coordinator]: { since: good.now, why: 'mailbox' } },
    }));
    expect(saidBy(unreachable)).toContain('counts as unreachable');
  });

  test('to somebody who had one that morning', () => {
    const twice = withPath(({ events }) => ({
      events: events.map((event) => {
        if (event.type !== 'mail-attempted') return event;
        const again = event.data.results.map((result) => {
          const { day } = result.message;
          return { ...result, message: { ...result.message, key: `${result.message.path}/other/${day}` } };
        });
        return { ...event, data: { results: [...event.data.results, ...again] } };
      }),
    }));
    expect(brokenBy(twice)).toContain('one morning mail a person');
  });
});

describe('a mail that came again', () => {
  const strikeAt = (part: PartName): number => STRUCK + partNames.indexOf(part) * APART;
  /** Another copy of the first mail, which arrived then. */
  const again = (at: number, count = 1): Partial<Evidence> => {
    const [first, ...others] = good.arrived;
    const copies = Array.from({ length: count }, (_each, index): ArrivedMail => ({
      ...first!,
      at: at + 60_000 + index,
    }));
    return { arrived: [{ ...first!, at }, ...copies, ...others] };
  };
  const promise = 'mails that came again were in flight';
  const excuses = (change: Partial<Evidence>): string =>
    verdictsOn(change)
      .flatMap(({ excused = [] }) => excused)
      .join('\n');

  test.each<PartName>(['worker', 'smtp', 'postgres'])(
    'is excused when the %s was killed within seconds of it',
    (part) => {
      const repeat = again(strikeAt(part) - 400);
      expect(brokenBy(repeat)).toEqual([]);
      expect(excuses(repeat)).toContain(`the ${part} was killed 0.4 s from`);
    },
  );

  test('is excused while there is no store to note it in, and not while there is no worker to send it', () => {
    const long = (part: PartName): Strike[] =>
      good.strikes.map((each) => (each.part === part ? { ...each, at: STRUCK + 100_000, readyMs: 30_000 } : each));
    const during = again(STRUCK + 120_000);
    expect(brokenBy({ ...during, strikes: long('postgres') })).toEqual([]);
    expect(brokenBy({ ...during, strikes: long('worker') })).toEqual([promise]);
  });

  test.each<PartName>(['web', 'temporal'])('is not excused by a kill of the %s', (part) => {
    const strikes = good.strikes.filter((each) => each.part === part);
    const repeat = again(strikeAt(part) - 400);
    expect(brokenBy({ ...repeat, strikes })).toEqual([promise]);
    expect(saidBy({ ...repeat, strikes })).toContain('neither worker, mail server nor store was struck');
  });

  test('is not excused by what died long before or after', () => {
    const repeat = again(STRUCK - 30_000);
    expect(brokenBy(repeat)).toEqual([promise]);
    expect(saidBy(repeat)).toContain('nearest, 30.0 s away, the postgres was killed');
  });

  test('is not excused beyond what workers can have had in flight', () => {
    const most = good.workers * connections;
    const strikes = good.strikes.filter(({ part }) => part === 'smtp');
    const [first, ...others] = good.arrived;
    const copies = (count: number) =>
      Array.from({ length: count + 1 }, (_each, index) => ({ ...first!, at: strikeAt('smtp') - index }));
    expect(brokenBy({ strikes, arrived: [...others, ...copies(most)] })).toEqual([]);
    expect(brokenBy({ strikes, arrived: [...others, ...copies(most + 1)] })).toEqual([promise]);
  });

  test('is never excused when it went to somebody else', () => {
    const [first] = good.arrived;
    const astray = { ...first!, to: 'somebody@example.org', at: strikeAt('smtp') };
    expect(brokenBy({ arrived: [...good.arrived, astray] })).toEqual([promise]);
    expect(saidBy({ arrived: [...good.arrived, astray] })).toContain('went to several people');
  });
});
