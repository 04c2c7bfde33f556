/** A name that runs as a formula in a spreadsheet, or that becomes an event of its own in somebody's calendar. */
import fc from 'fast-check';
import readWorkbook from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { csv } from '../../client/report/csv.ts';
import type { PlanReport } from '../../client/report/plan.ts';
import { planIcs } from '../../client/report/plan-ics.ts';
import type { Column } from '../../client/exports/table.ts';
import { sheetName, workbook } from '../../client/exports/workbook.ts';
import { expectProperLines } from '../calendar/parsers.ts';
import { hostile } from '../mail/hostile.ts';

const start = fc.constantFrom(
  '',
  '=',
  '+',
  '-',
  '@',
  '\t',
  '\r',
  '\n',
  ' =',
  '\u200b@',
  '\u0000=',
  '＝',
  '\ufeff+',
  '"',
  ',',
);
const cells = fc.array(
  fc.tuple(start, hostile).map(([first, rest]) => `${first}${rest.slice(first === '' ? 0 : 1)}`),
  {
    minLength: 1,
    maxLength: 5,
  },
);

/** The rows of a file as a spreadsheet reads them (RFC 4180). */
function rowsOf(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [whole, quoted, plain = ''] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(?:,|\r\n|$)/g)) {
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain);
    if (whole.endsWith('\r\n')) rows.push([]);
  }
  return rows.slice(0, -1);
}

describe('comma-separated values', () => {
  it('hold what was given, in its own cell, and never as a formula', () => {
    fc.assert(
      fc.property(cells, (row) => {
        const [read, ...more] = rowsOf(csv([row]));
        expect(more).toEqual([]);
        expect(read!.map((cell) => cell.replace(/^'/, ''))).toEqual(row.map((cell) => cell.replace(/^'/, '')));
        for (const cell of read!) expect(cell).not.toMatch(/^[\t\r\n]|^[\s\p{Cf}\p{Cc}]*[=+\-@＝＋－＠]/u);
      }),
      { numRuns: 500 },
    );
  });

  it.each(['=1+1', ' =1+1', '\n=1+1', '\u200b=1+1', '＝1+1', '\t1', '-2+3', '@SUM(1)', '+1'])(
    'sets %j apart as text',
    (cell) => {
      expect(rowsOf(csv([[cell]]))).toEqual([[`'${cell}`]]);
    },
  );

  it('leaves numbers, and names with a sign further on, as they are', () => {
    expect(csv([[-5, 'Sint-Gillis', null]])).toBe('-5,Sint-Gillis,\r\n');
  });
});

describe('a workbook', () => {
  const column: Column = { key: 'name', kind: 'text', title: 'Naam', width: 20 };
  const readBack = async (rows: string[]): Promise<unknown[]> => {
    const bytes = await workbook([{ title: 'Blad', columns: [column], rows: rows.map((name) => ({ name })) }]);
    const [sheet] = await readWorkbook(bytes);
    return (sheet?.data ?? []).slice(1).map(([cell]) => cell);
  };

  it('opens whatever names are in it, and none of them is a formula', async () => {
    const property = fc.asyncProperty(fc.array(cells, { minLength: 1, maxLength: 5 }), async (lists) => {
      const read = (await readBack(lists.flat().map((text) => `${text}.`))) as (string | null)[];
      expect(read.length).toBe(lists.flat().length);
      for (const text of read) expect(text).not.toMatch(/^[\t\r\n]|^[\s\p{Cf}\p{Cc}]*[=+\-@＝＋－＠]/u);
    });
    await fc.assert(property, { numRuns: 60 });
  });

  it('has sheets whose names a spreadsheet takes', () => {
    for (const name of ['a/b\\c?d*e[f]g:h', "'", 'x'.repeat(60), ''])
      expect(sheetName(name)).toMatch(/^[^\\/?*[\]:']{1,31}$/);
  });
});

describe('a calendar', () => {
  const planOf = (partnership: string, name: string): PlanReport =>
    ({
      id: 'noordrand-2033',
      partnership,
      deadlines: [{ key: 'closesOn', on: '2032-04-01', why: name }],
      parties: [
        {
          ...{ party: 'nis:23002', name },
          decisions: [{ decision: 'statutes', agendaCutoff: '2031-05-12', lastSession: null, assumed: true }],
        },
      ],
    }) as unknown as PlanReport;
  const linesOf = (ics: string): string[] => ics.replaceAll('\r\n ', '').split(/\r\n|[\r\n\u0085\u2028\u2029]/);
  const properties = (ics: string): string[] => linesOf(ics).map((line) => /^[A-Z-]*/.exec(line)![0]);
  const at = new Date(0);

  it('has the events that it has, whatever names are in it', () => {
    const usual = properties(planIcs(planOf('Noordrand', 'Asse'), at));
    fc.assert(
      fc.property(hostile, hostile, (partnership, name) => {
        const ics = planIcs(planOf(partnership, name), at);
        expect(properties(ics)).toEqual(usual);
        expectProperLines(ics);
      }),
      { numRuns: 300 },
    );
  });

  it('replaces the events of an earlier one', () => {
    const sequence = (time: number): number =>
      Number(/SEQUENCE:(\d+)/.exec(planIcs(planOf('Noordrand', 'Asse'), new Date(time)))![1]);
    const [first, second] = [sequence(Date.UTC(2031, 0, 1)), sequence(Date.UTC(2031, 0, 2))];
    expect(second).toBeGreaterThan(first);
    expect(sequence(Date.UTC(2199, 0, 1))).toBeLessThan(2 ** 31);
  });
});
