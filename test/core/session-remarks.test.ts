import { expect, test } from 'vitest';
import { asLocalDate } from '../../domain/ids.ts';
import { sessionRemarks } from '../../domain/session-remarks.ts';

const dates = { opensOn: asLocalDate('2031-01-06'), startsOn: asLocalDate('2033-01-01') };
const remarks = (days: string[], today?: string): string[] =>
  sessionRemarks(days.map(asLocalDate), { dates, ...(today !== undefined && { today: asLocalDate(today) }) }).map(
    ({ code, on }) => `${on} ${code}`,
  );

test.each<[string, string[], string[]]>([
  ['an ordinary day', ['2031-01-27'], []],
  ['a day that is there three times', ['2031-01-27', '2031-02-24', '2031-01-27', '2031-01-27'], ['2031-01-27 twice']],
  ['a legal holiday', ['2031-11-11'], ['2031-11-11 holiday']],
  ['the holiday of the Flemish Community', ['2031-07-11'], ['2031-07-11 holiday']],
  ['a holiday in a weekend, said once', ['2031-11-01'], ['2031-11-01 holiday']],
  ['a Saturday', ['2031-01-25'], ['2031-01-25 weekend']],
  ['a day in a school holiday: councils meet then', ['2031-08-25'], []],
  ['before the round opens', ['2031-01-03', '2031-01-06'], ['2031-01-03 before-round']],
  ['after all must be decided', ['2032-12-31', '2033-01-03'], ['2033-01-03 after-round']],
  ['the day on which the period starts, a holiday', ['2033-01-01'], ['2033-01-01 holiday', '2033-01-01 after-round']],
  [
    'several remarks about one day',
    ['2030-11-11', '2030-11-11'],
    ['twice', 'holiday', 'before-round'].map((code) => `2030-11-11 ${code}`),
  ],
])('%s is remarked on so that a slip is seen', (_, days, said) => {
  expect(remarks(days)).toEqual(said);
});

test('a day in the past is remarked on, today is not', () => {
  expect(remarks(['2031-01-27', '2031-01-28'], '2031-01-28')).toEqual(['2031-01-27 past']);
});
