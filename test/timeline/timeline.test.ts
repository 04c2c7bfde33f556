/** The drawing of a region: what a coordinator would read wrong if a mark stood elsewhere, or two things looked the same. */
import { describe, expect, test } from 'vitest';
import { drawingOf, markShape } from '../../client/timeline/drawing.ts';
import { markKinds, type Timeline, timelineOf } from '../../client/timeline/timeline.ts';
import { daysBetween } from '../../domain/dates.ts';
import { asse, at, day, INTENT, intentAsked, meise, wemmel, World, zaventem } from '../core/world.ts';

const words = {
  ...{ party: ({ party }: { party: string }) => party, mark: () => '', month: (first: string) => first },
  ...{ today: 'vandaag', closing: 'indienen 1 april 2032', deadline: () => 'intentieverklaring' },
};

const seen = (world: World, now = world.now): Timeline => timelineOf(world.state, now)!;
const rowOf = (timeline: Timeline, party: string) => timeline.rows.find((row) => row.party === party)!;

describe('what is on the timeline', () => {
  test('each municipality has its sessions: those it gave, and estimates that are marked as such', () => {
    const timeline = seen(intentAsked());
    expect(timeline.rows.map(({ party }) => party)).toEqual([asse, meise, wemmel, zaventem]);
    const given = rowOf(timeline, wemmel).sessions.find(({ on }) => on === '2031-06-24');
    expect(given?.isEstimate).toBe(false);
    expect(rowOf(timeline, asse).sessions.every(({ isEstimate }) => isEstimate)).toBe(true);
  });

  test('every answer stands at its session by what it came to, and silence nowhere', () => {
    const on = day('2031-03-20');
    const world = intentAsked().pass('2031-03-25');
    world.tell('answer', { party: asse, decision: INTENT, answer: 'approved', on });
    world.tell('answer', { party: meise, decision: INTENT, answer: 'rejected', on });
    world.tell('answer', { party: wemmel, decision: INTENT, answer: 'scheduled', on: day('2031-06-24') });
    const timeline = seen(world);
    const marks = [asse, meise, wemmel, zaventem].map((party) => rowOf(timeline, party).marks);
    expect(marks).toEqual([
      [{ on: '2031-03-20', kind: 'approved', decisions: [INTENT] }],
      [{ on: '2031-03-20', kind: 'rejected', decisions: [INTENT] }],
      [{ on: '2031-06-24', kind: 'scheduled', decisions: [INTENT] }],
      [],
    ]);
  });

  test('who has no session left is marked at the day by which it was needed', () => {
    const world = intentAsked().pass('2031-06-27');
    expect(rowOf(seen(world), asse).marks).toContainEqual({
      on: '2031-06-30',
      kind: 'no-session',
      decisions: [INTENT],
    });
  });

  test('deadlines are those of decisions that are still open, and the closing date is within', () => {
    const world = intentAsked();
    const before = seen(world);
    expect(before.deadlines.find(({ decisions }) => decisions.includes(INTENT))?.on).toBe('2031-06-30');
    expect(before.closesOn! <= before.to).toBe(true);
    world.pass('2031-03-25');
    for (const party of [asse, meise, wemmel, zaventem])
      world.tell('answer', { party, decision: INTENT, answer: 'approved', on: day('2031-03-20') });
    expect(seen(world).deadlines.flatMap(({ decisions }) => decisions)).not.toContain(INTENT);
  });
});

describe('where it is drawn', () => {
  test('later is further to the right, in proportion, and everything is inside', () => {
    const world = intentAsked().pass('2031-03-25');
    world.tell('answer', { party: asse, decision: INTENT, answer: 'approved', on: day('2031-03-20') });
    const timeline = seen(world);
    const drawing = drawingOf(timeline, words);
    const perDay = drawing.width / daysBetween(timeline.from, timeline.to);
    for (const { x, kind } of drawing.lines) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThanOrEqual(drawing.width);
      if (kind === 'today') expect(x).toBeCloseTo(daysBetween(timeline.from, timeline.today) * perDay, 0);
    }
    expect(drawing.rows.map(({ y }) => y)).toEqual([...drawing.rows.map(({ y }) => y)].sort((a, b) => a - b));
    expect(drawing.rows.at(-1)!.y).toBeLessThan(drawing.height);
  });

  test('no two labels of lines lie over each other', () => {
    const timeline: Timeline = {
      ...seen(new World(at('2031-06-20'))),
      deadlines: ['2031-06-30', '2031-07-05', '2031-07-10'].map((on) => ({ on: day(on), decisions: [INTENT] })),
    };
    const { lines } = drawingOf(timeline, words);
    const levels = lines.map(({ labelX, labelY }) => `${String(labelX)} ${String(labelY)}`);
    expect(new Set(levels).size).toBe(lines.length);
    const close = lines.filter(({ kind }) => kind === 'deadline');
    expect(new Set(close.map(({ labelY }) => labelY)).size).toBe(close.length);
  });

  test('every kind of mark has a shape of its own: nobody needs its colour', () => {
    const shapes = markKinds.map((kind) => JSON.stringify(markShape(kind)));
    expect(new Set(shapes).size).toBe(markKinds.length);
  });
});
