/** A digest that comes on a day off, twice, at noon, or never. */
import { describe, expect, it } from 'vitest';
import { dueDigest } from '../../domain/digest-day.ts';
import { at, day } from './world.ts';

const on = (date: string, minutes: number, weekday: number, sent?: string) =>
  dueDigest({ digestWeekday: weekday, ...(sent !== undefined && { digestSentOn: day(sent) }) }, at(date, minutes));
const EIGHT = 8 * 60;

describe('on a Monday, 5 May 2031', () => {
  it.each([
    ['at five to seven', 7 * 60 - 5, undefined],
    ['at seven', 7 * 60, '2031-05-05'],
    ['just before noon', 12 * 60 - 1, '2031-05-05'],
    ['at noon', 12 * 60, undefined],
  ])('%s', (_when, minutes, due) => {
    expect(on('2031-05-05', minutes, 1)).toBe(due);
  });

  it('none for who wants none, nor for who had it', () => {
    expect(on('2031-05-05', EIGHT, 0)).toBeUndefined();
    expect(on('2031-05-05', EIGHT, 1, '2031-05-05')).toBeUndefined();
    expect(on('2031-05-05', EIGHT, 1, '2031-04-28')).toBe('2031-05-05');
  });
});

it('a day on which nobody works gives way to the next working day', () => {
  // Easter Monday, 14 April 2031.
  expect(on('2031-04-14', EIGHT, 1)).toBeUndefined();
  expect(on('2031-04-15', EIGHT, 1)).toBe('2031-04-14');
  // Saturday and Sunday come on Monday.
  expect(on('2031-05-05', EIGHT, 6)).toBe('2031-05-03');
  expect(on('2031-05-05', EIGHT, 7)).toBe('2031-05-04');
});

it('a missed morning is made up for on the next one, and no later', () => {
  expect(on('2031-05-06', EIGHT, 1)).toBe('2031-05-05');
  expect(on('2031-05-07', EIGHT, 1)).toBeUndefined();
  expect(on('2031-05-06', EIGHT, 1, '2031-05-05')).toBeUndefined();
});

it('one that was late does not keep the next one away, nor does another day of choice bring two for one day', () => {
  expect(on('2031-05-12', EIGHT, 1, '2031-05-06')).toBe('2031-05-12');
  // Sent on Monday, Tuesday chosen since: on Tuesday there is a day's news.
  expect(on('2031-05-06', EIGHT, 2, '2031-05-05')).toBe('2031-05-06');
  expect(on('2031-05-06', EIGHT, 2, '2031-05-06')).toBeUndefined();
});

it('every week has exactly one, whatever the day of choice and however often it is looked', () => {
  for (const weekday of [1, 2, 3, 4, 5, 6, 7]) {
    let sent: string | undefined;
    const days: string[] = [];
    for (let date = Date.UTC(2031, 0, 6); date < Date.UTC(2032, 0, 7); date += 86_400_000) {
      const today = new Date(date).toISOString().slice(0, 10);
      for (const minutes of [425, 485, 545]) {
        const due = on(today, minutes, weekday, sent);
        if (due === undefined) continue;
        if (due >= '2031-01-06' && due < '2032-01-05') days.push(due);
        sent = today;
      }
    }
    expect([weekday, days.length, new Set(days).size]).toEqual([weekday, 52, 52]);
  }
});
