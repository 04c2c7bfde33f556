import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  easter,
  holidays,
  isHoliday,
  isWorkingDay,
  workingDayAfter,
  workingDayOnOrAfter,
  workingDayOnOrBefore,
} from '../../domain/calendar.ts';
import {
  addDays,
  addMonths,
  daysBetween,
  daysInMonth,
  instantOf,
  isLocalDate,
  localDay,
  localTime,
  offsetInstant,
  parts,
  weekday,
} from '../../domain/dates.ts';
import { asInstant } from '../../domain/ids.ts';
import { day } from './world.ts';

/** A day number without the arithmetic under test. */
const utc = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
const anyDay = fc.integer({ min: utc('1900-03-01'), max: utc('2199-10-31') });
const textOf = (number: number): string => new Date(number * 86_400_000).toISOString().slice(0, 10);

describe('the calendar is right for every day that a path can see', () => {
  test('days are added, subtracted and named as by the calendar of the machine', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -3000, max: 3000 }), (number, days) => {
        const from = day(textOf(number));
        expect(addDays(from, days)).toBe(textOf(number + days));
        expect(daysBetween(from, addDays(from, days))).toBe(days);
        expect(weekday(from)).toBe(new Date(number * 86_400_000).getUTCDay() || 7);
        expect(isLocalDate(from)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  test.each([
    ['2028-02-28', 1, '2028-02-29'],
    ['2031-02-28', 1, '2031-03-01'],
    ['2100-02-28', 1, '2100-03-01'],
    ['2000-02-29', 366, '2001-03-01'],
    ['2031-12-31', 1, '2032-01-01'],
    ['2032-01-01', -1, '2031-12-31'],
  ])('leap days and year ends: %s and %i days is %s', (from, days, expected) => {
    expect(addDays(day(from), days)).toBe(expected);
  });

  test.each([
    ['2031-01-31', 1, '2031-02-28'],
    ['2031-11-30', 3, '2032-02-29'],
    ['2031-03-31', -1, '2031-02-28'],
    ['2031-12-15', 1, '2032-01-15'],
    ['2031-01-15', -1, '2030-12-15'],
  ])('a month later is the same day or the last one: %s and %i months is %s', (from, months, expected) => {
    expect(addMonths(day(from), months)).toBe(expected);
  });

  test.each([
    '2031-02-29',
    '2031-13-01',
    '2031-00-10',
    '2031-04-31',
    '31-04-01',
    '',
    'morgen',
    '2031-4-1',
    ' 2031-04-01',
  ])('a day that does not exist is not taken for one: %j', (text) => {
    expect(isLocalDate(text)).toBe(false);
  });

  test.each(['9999-12-31', '0001-01-01', '1899-12-31', '2200-01-01'])(
    'a slip of the keyboard cannot put a path in a year without end: %s',
    (text) => {
      expect(isLocalDate(text)).toBe(false);
    },
  );

  test('days and months of a day', () => {
    expect(parts(day('2031-06-04'))).toEqual([2031, 6, 4]);
    expect([daysInMonth(2031, 2), daysInMonth(2032, 2), daysInMonth(2031, 12)]).toEqual([28, 29, 31]);
  });
});

describe('nobody is asked to work on a holiday', () => {
  test.each([
    [2026, '2026-04-05', '2026-05-14'],
    [2030, '2030-04-21', '2030-05-30'],
    [2031, '2031-04-13', '2031-05-22'],
    [2032, '2032-03-28', '2032-05-06'],
    [2033, '2033-04-17', '2033-05-26'],
    [2038, '2038-04-25', '2038-06-03'],
    [2049, '2049-04-18', '2049-05-27'],
  ])('in %i Easter is on %s and Ascension on %s', (year, sunday, ascension) => {
    expect(easter(year)).toBe(sunday);
    expect(isHoliday(day(ascension))).toBe(true);
    expect(isHoliday(addDays(day(sunday), 1))).toBe(true);
    expect(isHoliday(addDays(day(sunday), 50))).toBe(true);
    expect(holidays(year).size).toBe(11);
  });

  test.each(['01-01', '05-01', '07-11', '07-21', '08-15', '11-01', '11-11', '12-25'])('%s is one', (date) => {
    expect(isHoliday(day(`2031-${date}`))).toBe(true);
  });

  test('Whit Monday in 2031 and Good Friday: the first is one, the second is not', () => {
    expect([isHoliday(day('2031-06-02')), isHoliday(day('2031-04-11'))]).toEqual([true, false]);
  });

  test.each([
    ['2031-07-11', '2031-07-10', '2031-07-14'], // a Friday
    ['2031-06-14', '2031-06-13', '2031-06-16'],
    ['2031-04-13', '2031-04-11', '2031-04-15'], // Easter Monday too
    ['2032-01-01', '2031-12-31', '2032-01-02'],
    ['2031-06-10', '2031-06-10', '2031-06-10'],
  ])('around %s the working days are %s and %s', (date, before, after) => {
    expect(workingDayOnOrBefore(day(date))).toBe(before);
    expect(workingDayOnOrAfter(day(date))).toBe(after);
    expect(isWorkingDay(day(date))).toBe(before === date);
  });

  test('the working day after one is never that day itself', () => {
    expect(workingDayAfter(day('2031-06-12'))).toBe('2031-06-13');
    expect(workingDayAfter(day('2031-06-13'))).toBe('2031-06-16');
  });
});

/** What the machine's own formatter shows in Brussels. */
const shown = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Brussels',
  dateStyle: 'short',
  timeStyle: 'medium',
});

describe('the clock is the one on the wall in Brussels', () => {
  const changes = ['2031-03-30', '2031-10-26', '2032-03-28', '2032-10-31', '2033-03-27', '2033-10-30'];

  test.each(changes)('every quarter of an hour around the clock change of %s', (date) => {
    const noon = Date.parse(`${date}T00:00:00Z`);
    for (let ms = noon - 30 * 3_600_000; ms < noon + 30 * 3_600_000; ms += 900_000) {
      const [today, time = ''] = shown.format(ms).split(' ');
      const local = localTime(asInstant(ms));
      expect(local.day).toBe(today);
      expect(local.minutes).toBe(Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5)));
    }
  });

  test('any moment is shown with its offset as the formatter shows it, and reads back as itself', () => {
    const anyMoment = fc.integer({ min: Date.parse('1996-01-01') / 1000, max: Date.parse('2060-01-01') / 1000 });
    fc.assert(
      fc.property(anyMoment, (seconds) => {
        const moment = asInstant(seconds * 1000);
        const text = offsetInstant(moment);
        expect(text.slice(0, 19).replace('T', ' ')).toBe(shown.format(seconds * 1000));
        expect(Date.parse(text)).toBe(seconds * 1000);
        expect(text).toMatch(/\+0[12]:00$/);
      }),
      { numRuns: 1500 },
    );
  });

  test('a time of day on any day is that time on the clock, also when the clock changes that night', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anyDay.filter((number) => number > utc('1996-01-01')),
          fc.constantFrom(...changes.map(utc)),
        ),
        fc.integer({ min: 240, max: 1439 }),
        (number, minutes) => {
          const date = day(textOf(number));
          expect(localTime(instantOf(date, minutes))).toEqual({ day: date, minutes });
        },
      ),
      { numRuns: 1500 },
    );
  });

  test.each([
    ['2031-03-30', 510, '2031-03-30T08:30:00+02:00'],
    ['2031-03-29', 510, '2031-03-29T08:30:00+01:00'],
    ['2031-10-26', 510, '2031-10-26T08:30:00+01:00'],
    ['2031-10-25', 510, '2031-10-25T08:30:00+02:00'],
    ['2031-07-01', 0, '2031-07-01T00:00:00+02:00'],
    ['2032-01-01', 0, '2032-01-01T00:00:00+01:00'],
  ])('on %s minute %i is %s', (date, minutes, expected) => {
    expect(offsetInstant(instantOf(day(date), minutes))).toBe(expected);
  });

  test('a moment just before midnight in Brussels belongs to the day that ends', () => {
    expect(localDay(asInstant(Date.parse('2031-12-31T22:59:59.999Z')))).toBe('2031-12-31');
    expect(localDay(asInstant(Date.parse('2031-12-31T23:00:00.000Z')))).toBe('2032-01-01');
  });
});
