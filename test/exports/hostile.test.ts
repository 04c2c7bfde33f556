/** A name that runs as a formula in a spreadsheet, or that becomes an event of its own in somebody's calendar. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csv } from '../../client/report/csv.ts';
import type { PlanReport } from '../../client/report/plan.ts';
import { planIcs } from '../../client/report/plan-ics.ts';
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
        expect(properties(planIcs(planOf(partnership, name), at))).toEqual(usual);
      }),
      { numRuns: 300 },
    );
  });
});
