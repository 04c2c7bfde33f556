/** Which days are free: computed, so that no list has to be kept up. A wrong one moves a council or a mail. */
import { describe, expect, test } from 'vitest';
import { askAfterElectionsFrom, isElectionTime, isSchoolHoliday, schoolHolidays } from '../../domain/calendar.ts';
import { day } from './world.ts';

const shown = (year: number): string[] => schoolHolidays(year).map(({ from, to }) => `${from} ${to}`);

describe('Flemish school holidays', () => {
  // As the Flemish Government published them: carnival, Easter, Ascension, summer, autumn, Christmas.
  test.each([
    [2025, ['2025-03-03 2025-03-09', '2025-04-07 2025-04-21', '2025-10-27 2025-11-02', '2025-12-22 2026-01-04']],
    [2026, ['2026-02-16 2026-02-22', '2026-04-06 2026-04-19', '2026-11-02 2026-11-08', '2026-12-21 2027-01-03']],
    [2024, ['2024-02-12 2024-02-18', '2024-04-01 2024-04-14', '2024-10-28 2024-11-03', '2024-12-23 2025-01-05']],
    [2022, ['2022-02-28 2022-03-06', '2022-04-04 2022-04-18', '2022-10-31 2022-11-06', '2022-12-26 2023-01-08']],
    [2021, ['2021-02-15 2021-02-21', '2021-04-05 2021-04-18', '2021-11-01 2021-11-07', '2021-12-27 2022-01-09']],
    [2008, ['2008-02-04 2008-02-10', '2008-03-24 2008-04-06', '2008-10-27 2008-11-02', '2008-12-22 2009-01-04']],
  ])('%i', (year, [carnival, easter, autumn, christmas]) => {
    const found = shown(year);
    expect([found[0], found[1], found[4], found[5]]).toEqual([carnival, easter, autumn, christmas]);
    expect(found[3]).toBe(`${String(year)}-07-01 ${String(year)}-08-31`);
  });

  test('the first days of January belong to the Christmas of the year before', () => {
    expect([isSchoolHoliday(day('2026-01-04')), isSchoolHoliday(day('2026-01-05'))]).toEqual([true, false]);
  });

  test('Ascension and the day after', () => {
    expect(['2031-05-21', '2031-05-22', '2031-05-23', '2031-05-24'].map((on) => isSchoolHoliday(day(on)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});

describe('elections of the councils', () => {
  test.each([
    ['2030-09-30', false, undefined],
    ['2030-10-01', true, '2031-02-01'],
    ['2030-12-31', true, '2031-02-01'],
    ['2031-01-31', false, '2031-02-01'],
    ['2031-02-01', false, undefined],
    ['2031-10-15', false, undefined],
  ])('on %s: time of elections %s, to be asked from %s', (on, isTime, from) => {
    expect([isElectionTime(day(on)), askAfterElectionsFrom(day(on))]).toEqual([isTime, from]);
  });
});
