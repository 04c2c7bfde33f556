/** Article 291, both ways: a day too late here is a decision that can be annulled, a day too early a council that is missed. */
import { describe, expect, test } from 'vitest';
import { instantOf, localDay, localTime } from '../../domain/dates.ts';
import { lastDayOf } from '../../domain/lookup.ts';
import { aftermath, after, lastSendingDay, practicalSendingDay, termEnd } from '../../domain/terms.ts';
import { day } from './world.ts';

const weekdayOf = (text: string): string =>
  new Intl.DateTimeFormat('en', { weekday: 'short', timeZone: 'UTC' }).format(new Date(`${text}T12:00:00Z`));

describe('forwards: the first day does not count, an end on a free day moves to the next working day', () => {
  test.each([
    ['in a plain week', '2031-03-03', 10, '2031-03-13', 'Thu'],
    ['ends on a Saturday', '2031-03-05', 10, '2031-03-17', 'Mon'],
    ['ends on a Sunday', '2031-03-06', 10, '2031-03-17', 'Mon'],
    ['ends on Easter Saturday: on to the Tuesday after Easter Monday', '2031-04-02', 10, '2031-04-15', 'Tue'],
    ['ends on Easter Monday', '2031-04-04', 10, '2031-04-15', 'Tue'],
    ['ends on 1 May, a Thursday', '2031-04-21', 10, '2031-05-02', 'Fri'],
    ['ends on Ascension, a Thursday: the Friday is a working day', '2031-05-12', 10, '2031-05-23', 'Fri'],
    ['ends on Whit Monday', '2031-05-23', 10, '2031-06-03', 'Tue'],
    ['ends on 11 July, a Friday: on over the weekend', '2031-07-01', 10, '2031-07-14', 'Mon'],
    ['ends on 21 July, a Monday', '2031-07-11', 10, '2031-07-22', 'Tue'],
    ['ends on 15 August, a Friday', '2031-08-05', 10, '2031-08-18', 'Mon'],
    ['ends on All Saints, a Saturday: All Souls is a Sunday', '2031-10-22', 10, '2031-11-03', 'Mon'],
    [
      'ends on All Souls of 2032, a Tuesday, on which town halls close but the law does not',
      '2032-10-23',
      10,
      '2032-11-02',
      'Tue',
    ],
    ['ends on 11 November, a Tuesday', '2031-11-01', 10, '2031-11-12', 'Wed'],
    ['ends on Christmas, a Thursday: the 26th is a working day', '2031-12-15', 10, '2031-12-26', 'Fri'],
    ['ends on 31 December', '2031-12-21', 10, '2031-12-31', 'Wed'],
    ['ends on New Year, a Thursday', '2031-12-22', 10, '2032-01-02', 'Fri'],
    ['over a leap day', '2032-02-20', 10, '2032-03-01', 'Mon'],
    ['ends on a leap day, a Sunday', '2032-02-19', 10, '2032-03-01', 'Mon'],
    ['over the end of February of a plain year', '2031-02-20', 10, '2031-03-03', 'Mon'],
    ['thirty days over the change to summer time', '2031-03-10', 30, '2031-04-09', 'Wed'],
    ['thirty days over the change to winter time', '2031-10-10', 30, '2031-11-10', 'Mon'],
  ])('%s', (_what, from, days, expected, weekday) => {
    expect([termEnd(day(from), { days }), weekdayOf(expected)]).toEqual([expected, weekday]);
  });

  test.each([
    ['two months', '2031-11-17', { months: 2 }, '2032-01-19'], // the 17th is a Saturday
    ['from the last of December', '2031-12-31', { months: 2 }, '2032-03-01'], // 29 February is a Sunday
    ['from the last of January in a leap year', '2032-01-31', { months: 1 }, '2032-03-01'],
    ['six years', '2026-12-31', { months: 72 }, '2032-12-31'],
    ['a year from a leap day', '2032-02-29', { months: 12 }, '2033-02-28'],
  ])('months end on the same day, or the last of a shorter month: %s', (_what, from, span, expected) => {
    expect(termEnd(day(from), span)).toBe(expected);
  });

  test.each([
    ['counted on to a Saturday: on to the Monday', { anchor: 'openedOn', days: 5 }, '2031-06-23'],
    ['counted back to a Sunday: back to the Friday', { anchor: 'openedOn', days: -1 }, '2031-06-13'],
    ['counted back to Whit Monday: back to the Friday before', { anchor: 'openedOn', days: -14 }, '2031-05-30'],
    ['a day that is named stays, also in a weekend', { anchor: 'heldOn' }, '2031-06-14'],
  ])('the last day that a rule gives: %s', (_what, rule, expected) => {
    const dates = { openedOn: day('2031-06-16'), heldOn: day('2031-06-14') };
    expect(lastDayOf({ dates }, rule)).toBe(expected);
  });

  test('months come before days', () => {
    expect(after(day('2031-01-31'), { months: 1, days: 1 })).toBe('2031-03-01');
    expect(after(day('2031-03-31'), { months: -1 })).toBe('2031-02-28');
    expect(after(day('2031-03-31'), {})).toBe('2031-03-31');
  });
});

describe('backwards: neither the meeting nor the day of sending counts; who sends on working days sends earlier', () => {
  test.each([
    ['a plain Tuesday: eight full days lie between', '2031-06-17', 8, '2031-06-08', '2031-06-06'],
    ['on a Monday', '2031-06-16', 8, '2031-06-07', '2031-06-06'],
    ['over Easter Monday', '2031-04-24', 8, '2031-04-15', '2031-04-15'],
    ['the day of sending is Easter Monday', '2031-04-23', 8, '2031-04-14', '2031-04-11'],
    ['the day of sending is Ascension', '2031-05-31', 8, '2031-05-22', '2031-05-21'],
    ['the day of sending is Whit Monday', '2031-06-11', 8, '2031-06-02', '2031-05-30'],
    ['the day of sending is 11 July', '2031-07-20', 8, '2031-07-11', '2031-07-10'],
    ['the day of sending is All Saints', '2031-11-10', 8, '2031-11-01', '2031-10-31'],
    ['the day of sending is 11 November', '2031-11-20', 8, '2031-11-11', '2031-11-10'],
    ['over the new year', '2032-01-12', 8, '2032-01-03', '2032-01-02'],
    ['the day of sending is New Year', '2032-01-10', 8, '2032-01-01', '2031-12-31'],
    ['over a leap day', '2032-03-08', 8, '2032-02-28', '2032-02-27'],
    ['the day of sending is a leap day, a Sunday', '2032-03-09', 8, '2032-02-29', '2032-02-27'],
    ['the same in a plain year', '2031-03-09', 8, '2031-02-28', '2031-02-28'],
    ['policy reports: fourteen', '2031-12-16', 14, '2031-12-01', '2031-12-01'],
    ['items of councillors: five', '2031-06-24', 5, '2031-06-18', '2031-06-18'],
    ['over the change to summer time', '2031-04-07', 8, '2031-03-29', '2031-03-28'],
    ['over the change to winter time', '2031-10-30', 8, '2031-10-21', '2031-10-21'],
    ['participants of an association: ninety', '2032-06-17', 90, '2032-03-18', '2032-03-18'],
    ['the government: one hundred and fifty', '2032-06-17', 150, '2032-01-18', '2032-01-16'],
  ])('%s', (_what, meeting, days, lawful, practical) => {
    expect([lastSendingDay(day(meeting), days), practicalSendingDay(day(meeting), days)]).toEqual([lawful, practical]);
  });
});

describe('days and clocks: both changes of the clock', () => {
  test.each([
    ['the morning of the change to summer time', '2031-03-30', 8 * 60 + 30, '2031-03-30T06:30:00.000Z'],
    ['the evening before', '2031-03-29', 23 * 60 + 30, '2031-03-29T22:30:00.000Z'],
    ['the morning of the change to winter time', '2031-10-26', 8 * 60 + 30, '2031-10-26T07:30:00.000Z'],
    ['the evening before', '2031-10-25', 23 * 60 + 30, '2031-10-25T21:30:00.000Z'],
  ])('%s', (_what, on, minutes, expected) => {
    const moment = instantOf(day(on), minutes);
    expect(moment).toBe(expected);
    expect(localTime(moment)).toEqual({ day: on, minutes });
    expect(localDay(moment)).toBe(on);
  });
});

describe('what follows from a decision, as information', () => {
  test('published within ten days, then thirty for complaints and supervision', () => {
    // 24 June + 10 is 4 July, a Friday; + 30 is Sunday 3 August.
    expect(aftermath(day('2031-06-24'))).toEqual({
      publishedBy: '2031-07-04',
      complaintsUntil: '2031-08-04',
      supervisionUntil: '2031-08-04',
    });
  });

  test('a complaint starts the term again, and never shortens it', () => {
    expect(aftermath(day('2031-06-24'), day('2031-07-28')).supervisionUntil).toBe('2031-08-27');
    expect(aftermath(day('2031-06-24'), day('2031-06-26')).supervisionUntil).toBe('2031-08-04');
  });
});
