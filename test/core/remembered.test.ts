/** Dates that are remembered and no longer true would remind people of the wrong day, or of nothing. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { expectedScript } from '../../domain/course.ts';
import { nextDue } from '../../domain/due.ts';
import type { PathEvent } from '../../domain/events.ts';
import { foreseenMisses } from '../../domain/foresight.ts';
import { decisionsOf, tasksOf } from '../../domain/lookup.ts';
import { runCourse } from '../../domain/plan.ts';
import { openedOn } from '../../domain/progress.ts';
import { remembered, rememberedOverTasks } from '../../domain/remembered.ts';
import { schedule, textsNeededBy } from '../../domain/schedule.ts';
import type { Instant } from '../../domain/ids.ts';
import type { PathState } from '../../domain/state.ts';
import { play, stories } from './stories.ts';
import { at, day, requested, start, wemmel } from './world.ts';

/** All that follows from a state and is remembered in parts. */
const seen = (state: PathState, now: Instant) => ({
  schedule: schedule(state, now),
  misses: foreseenMisses(state),
  opened: [...tasksOf(state), ...decisionsOf(state)].map(({ key }) => openedOn(state, key)),
  texts: decisionsOf(state).map((decision) => textsNeededBy(state, decision)),
  due: nextDue(state, now),
});

it('after whatever people said, every date is the one of a path of which nothing was remembered', () => {
  fc.assert(
    fc.property(stories, (story) => {
      let moment = 0;
      play(story, ({ state, now }) => {
        moment += 1;
        // Every state leaves its memories; looking at some of them twice is enough.
        const dates = seen(state, now);
        if (moment % 5 === 0) expect(dates).toEqual(seen(structuredClone(state), now));
      });
    }),
    { numRuns: 12 },
  );
});

it('while one task after the other is ticked, and bodies answer, every date is that of a path of which nothing was remembered', () => {
  const wemmels = ['2031-03-25', '2031-04-22', '2031-07-08', '2031-09-23'].map(day);
  const parties = start().parties.map((each) =>
    each.party === wemmel ? { ...each, sessions: { council: { dates: wemmels } } } : each,
  );
  let ticked = 0;
  const look = (state: PathState, { at: now, type }: PathEvent): void => {
    const dates = seen(state, now);
    if (type === 'mail-attempted') return;
    if (type === 'task-completed') ticked += 1;
    expect(dates).toEqual(seen(structuredClone(state), now));
  };
  runCourse(start({ parties }), at('2031-01-06'), at('2031-10-01'), expectedScript, look);
  expect(ticked).toBeGreaterThan(20);
});

it('mails change no date: what was worked out is kept until somebody says something', () => {
  let times = 0;
  const work = remembered((_state, key: string) => `${key} ${String((times += 1))}`);
  const { state } = requested();
  expect(work(state, 'a')).toBe('a 1');
  const mailed = { ...state, sent: {}, lastMorning: {}, seq: state.seq + 1 };
  expect(work(mailed, 'a')).toBe('a 1');
  expect(work(mailed, 'b')).toBe('b 2');
  const objects = ['asks', 'tasks', 'parties', 'dates', 'moved', 'redated', 'addedOn', 'round', 'definition'] as const;
  const texts = ['route', 'routeChosenOn', 'startedAt'] as const;
  for (const part of [...objects, ...texts]) {
    const before = times;
    const value = mailed[part];
    work({ ...mailed, [part]: typeof value === 'string' ? `${value}.` : { ...value } }, 'a');
    expect(times, part).toBe(before + 1);
    work(mailed, 'a');
  }
});

it('what looks at no task holds while tasks are ticked, and for nothing else', () => {
  let times = 0;
  const work = rememberedOverTasks((_state, key: string) => `${key} ${String((times += 1))}`);
  const { state } = requested();
  expect(work(state, 'a')).toBe('a 1');
  expect(work({ ...state, tasks: {} }, 'a')).toBe('a 1');
  for (const part of ['asks', 'parties', 'dates', 'moved', 'addedOn', 'round', 'definition'] as const) {
    const before = times;
    work({ ...state, [part]: { ...state[part] } }, 'a');
    expect(times, part).toBe(before + 1);
    work(state, 'a');
  }
});

it('a path that lies still for years does not fill the memory', () => {
  let times = 0;
  const work = remembered((_state, day: string) => `${day} ${String((times += 1))}`);
  const { state } = requested();
  for (let day = 0; day < 3_000; day += 1) work(state, String(day));
  work(state, '0');
  expect(times).toBe(3_001);
});
