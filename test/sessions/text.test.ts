import { describe, expect, it } from 'vitest';
import { asLocalDate } from '../../domain/ids.ts';
import { describeRead } from '../../definitions/sessions/problem.ts';
import { readSessionText } from '../../definitions/sessions/text.ts';

/** Monday 6 January 2031. */
const around = asLocalDate('2031-01-06');
const january = '2031-01-27';
const february = '2031-02-24';
const march = '2031-03-31';

const datesOf = (text: string, from = around): string[] => {
  const read = readSessionText(text, { around: from });
  return read.ok ? read.dates : read.problems.map(describeRead);
};

describe('days that a town hall writes are read', () => {
  it.each<[string, string[]]>([
    ['27 januari, 24 februari en 31 maart 2031', [january, february, march]],
    ['27 januari 2031, 24 februari, 31 maart', [january, february, march]],
    ['27-01-2031; 24-02-2031', [january, february]],
    ['27/1/2031, 24.2.2031', [january, february]],
    ['27/01/31 en 24/02/31', [january, february]],
    ['2031-01-27, 2031-02-24', [january, february]],
    ['2031-01-27T20:00:00+01:00', [january]],
    ['maandag 27 januari 2031 om 20.00 uur', [january]],
    ['maandag 27 januari 2031 om 20 uur', [january]],
    ['ma 27 jan. 2031 - 20u30', [january]],
    ['27.01 - 20:00\n24.02 - 20:00', [january, february]],
    ['Gemeenteraad: ma 27 januari 2031, 20u00-22u30', [january]],
    ['maandag 27 januari 2031 van 20 tot 22 uur', [january]],
    ['27 januari 2031 om 19.30 uur, 24 februari 2031 om 20.10 uur', [january, february]],
    ['2031: 27 jan., 24 feb.', [january, february]],
    ['2031\n27 januari\n24 februari\n2032\n26 januari', [january, february, '2032-01-26']],
    ['27 en 28 januari', [january, '2031-01-28']],
    ['24, 25 en 31 maart 2031', ['2031-03-24', '2031-03-25', march]],
    ['ma 27 en di 28 januari 2031', [january, '2031-01-28']],
    ['- 27 januari 2031\n- 24 februari 2031\n• 31 maart', [january, february, march]],
    ['1. 27 januari 2031\n2. 24 februari', [january, february]],
    ['27\tjanuari\t2031\n24\tfebruari\t2031', [january, february]],
    ['27/1/2031 (maandag)', [january]],
    ['27ste januari en 1ste april 2031', [january, '2031-04-01']],
    ['Zittingsdagen gemeenteraad 2031:\n27 januari\n24 februari', [january, february]],
    ['15 december en 27 januari 2031', ['2030-12-15', january]],
    ['15 december 2030, 27 januari en 24 februari', ['2030-12-15', january, february]],
    ['15 december 2030, 27 januari en 24 februari 2031', ['2030-12-15', january, february]],
    ['27 januari 2031, 24 februari, 26 januari 2032', [january, february, '2032-01-26']],
    ['27 januari', [january]],
    ['5 januari', ['2032-01-05']],
    ['15 september, 20 oktober, 15 december, 26 januari', ['2030-09-15', '2030-10-20', '2030-12-15', '2031-01-26']],
    ['ma 27/1, ma 24/2', [january, february]],
    ['di 27/1, di 24/2', ['2032-01-27', '2032-02-24']],
    ['27 januari 2031, 27-1-2031', [january]],
    ['31 MAART 2031, 27 Januari 2031', [january, march]],
    ['29 februari 2032', ['2032-02-29']],
  ])('%j', (text, dates) => {
    expect(datesOf(text)).toEqual(dates);
  });

  it('a list without a year is the earliest whose last day is still to come', () => {
    const list = '27 januari, 24 februari, 31 maart';
    expect(datesOf(list, asLocalDate('2031-03-31'))).toEqual([january, february, march]);
    expect(datesOf(list, asLocalDate('2031-04-01'))).toEqual(['2032-01-27', '2032-02-24', '2032-03-31']);
  });

  it('days that are there twice are kept once, and said', () => {
    expect(readSessionText('27 januari 2031; 24 februari 2031; 27/1/2031; 2031-01-27')).toEqual({
      ...{ ok: true, dates: [january, february], repeated: [january] },
    });
  });

  it.each(['vierde woensdag\n16 december 2031', '16 december 2031; vierde woensdag'])('with a rule: %j', (text) => {
    expect(readSessionText(text)).toEqual({
      ...{ ok: true, dates: ['2031-12-16'], repeated: [] },
      rule: { every: 'month', weekday: 3, nth: 4, exceptMonths: [] },
    });
  });
});

describe('what is not understood is named, and nothing else', () => {
  it.each<[string, string[]]>([
    ['derde vollemaan', ['"vollemaan" is not understood']],
    ['dinsdag 27 januari 2031', ['"dinsdag 27 januari 2031" is a maandag']],
    ['31 februari 2031', ['"31 februari 2031" is a day that does not exist']],
    ['29 februari 2031', ['"29 februari 2031" is a day that does not exist']],
    ['27/13/2031', ['"27/13/2031" is a day that does not exist']],
    ['2031-02-30', ['"30 februari 2031" is a day that does not exist']],
    ['27 januari 2031 onder voorbehoud', ['"onder voorbehoud" is not understood']],
    ['27 jabuari 2031', ['"jabuari" is not understood', '"27" is not understood']],
    ['1 27 januari 2031', ['"27" is not understood']],
    ['27 t/m 29 januari 2031', ['"t/m 29" is not understood']],
    ['niet op 27 januari 2031', ['"niet" is not understood']],
    ['27 januari 2031, maar niet 24 februari', ['"maar niet" is not understood']],
    ['27 januari 2031 en 24', ['"24" is not understood']],
    ['maandag', ['"maandag" is not understood']],
    ['zoals vorig jaar', ['"zoals vorig jaar" is not understood']],
    ['om de twee weken', ['"om de twee weken" is not understood']],
    [
      '27 januari 2031; morgen; 24 februuari 2031',
      ['"morgen" is not understood', '"februuari" is not understood', '"24" is not understood'],
    ],
    ['eerste maandag\ntweede maandag', ['"tweede maandag" is a second rule']],
    ['vierde woensdag; 16 wintermaand', ['"wintermaand" is not understood', '"16" is not understood']],
    ['2031', ['"2031" holds no day and no rule']],
    ['', ['"" holds no day and no rule']],
  ])('%j: %j', (text, said) => {
    expect(datesOf(text)).toEqual(said);
  });

  it('a list that names no year is refused where nobody can tell it', () => {
    const read = readSessionText('27 januari');
    expect(read.ok ? [] : read.problems.map(describeRead)).toEqual(['"27 januari" has no year']);
  });
});
