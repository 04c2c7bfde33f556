import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, parts, weekday } from '../../domain/dates.ts';
import { asLocalDate, type LocalDate } from '../../domain/ids.ts';
import { readSessionText } from '../../definitions/sessions/text.ts';
import { monthName, weekdayName } from '../../definitions/sessions/words.ts';

const start = asLocalDate('2031-01-06');

/** Ascending days, at most as far apart as a calendar has them. */
const calendars = fc
  .array(fc.integer({ min: 1, max: 120 }), { minLength: 1, maxLength: 30 })
  .map((steps) => steps.reduce<LocalDate[]>((days, step) => [...days, addDays(days.at(-1) ?? start, step)], []));

const named = (day: LocalDate): string => `${String(parts(day)[2])} ${monthName(parts(day)[1])}`;
const year = (day: LocalDate): string => day.slice(0, 4);
const isLastOfYear = (day: LocalDate, index: number, days: LocalDate[]): boolean =>
  days[index + 1] === undefined || year(days[index + 1]!) !== year(day);
const isFirstOfYear = (day: LocalDate, index: number, days: LocalDate[]): boolean =>
  index === 0 || year(days[index - 1]!) !== year(day);

const styles: Record<string, (days: LocalDate[]) => string> = {
  iso: (days) => days.join(', '),
  numeric: (days) => days.map((day) => day.split('-').reverse().join('/')).join('; '),
  'each with its year': (days) => days.map((day) => `${named(day)} ${year(day)}`).join(', '),
  'with weekday and hour': (days) =>
    days.map((day) => `- ${weekdayName(weekday(day))} ${named(day)} ${year(day)} om 20.00 uur`).join('\n'),
  'a year above its days': (days) =>
    days.map((day, index) => (isFirstOfYear(day, index, days) ? `${year(day)}\n${named(day)}` : named(day))).join('\n'),
  'short, with a year above': (days) =>
    days
      .map((day, index) => {
        const [, month, date] = parts(day);
        const short = `${weekdayName(weekday(day)).slice(0, 2)} ${String(date)}/${String(month)}`;
        return isFirstOfYear(day, index, days) ? `\n${year(day)}: ${short}` : short;
      })
      .join(', '),
  'a year after the first of its days': (days) =>
    days
      .map((day, index) => (isFirstOfYear(day, index, days) ? `${named(day)} ${year(day)}` : named(day)))
      .join(' en '),
};

test.each(Object.entries(styles))('days written as %s are read back as they were', (_, write) => {
  fc.assert(
    fc.property(calendars, (days) => {
      expect(readSessionText(write(days))).toEqual({ ok: true, dates: days, repeated: [] });
    }),
  );
});

test('days of one year with the year at the end are read back as they were', () => {
  fc.assert(
    fc.property(calendars, (all) => {
      const days = all.slice(0, all.findIndex(isLastOfYear) + 1);
      const text = `${days.map(named).join(', ')} ${year(days[0]!)}`;
      expect(readSessionText(text)).toEqual({ ok: true, dates: days, repeated: [] });
    }),
  );
});

const words = fc.constantFrom(
  ...[
    '27',
    '1ste',
    'januari',
    'feb.',
    '2031',
    'di',
    'elke',
    'vierde',
    'niet in',
    'en',
    ',',
    '\n',
    ';',
    '-',
    'om 20 uur',
    '31/2',
    't/m',
    '0',
    '99/99/9999',
  ],
);

test.each([
  ['words of calendars in any order', fc.array(words, { maxLength: 40 }).map((all) => all.join(' '))],
  ['any text', fc.string({ unit: 'binary', maxLength: 300 })],
])('%s never make it fail, and what is not understood is named by what was written', (_, texts) => {
  fc.assert(
    fc.property(texts, (text) => {
      const read = readSessionText(text, { around: start });
      if (read.ok) expect(read.dates.length + (read.rule === undefined ? 0 : 1)).toBeGreaterThan(0);
      else {
        for (const { kind, part } of read.problems.filter((problem) => !problem.part.endsWith('…'))) {
          if (kind === 'unknown') expect(text.replace(/\s+/g, ' ')).toContain(part);
        }
      }
    }),
    { numRuns: 1000 },
  );
});
