/** A row that somebody pasted and that is lost, cut in two, or read into the wrong column. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAmount } from '../../client/dutch/amount.ts';
import { addressIn, MOST_ROWS, readRows } from '../../client/rows/columns.ts';
import { asPastedRow, pastedRows } from '../../client/rows/delimited.ts';
import { startColumns } from '../../client/start/draft.ts';

const cellsOf = (text: string): string[][] => pastedRows(text).map(({ cells }) => cells);
const read = (text: string) => {
  const found = readRows(text, startColumns, ['sessions']);
  if (!found.ok) throw new Error(found.why);
  return found;
};

describe('rows from a spreadsheet', () => {
  test('tabs, semicolons and commas separate; the first row decides', () => {
    expect(cellsOf('Asse\tAn\nMeise\tBart')).toEqual([
      ['Asse', 'An'],
      ['Meise', 'Bart'],
    ]);
    expect(cellsOf('Asse;An, de tweede')).toEqual([['Asse', 'An, de tweede']]);
    expect(cellsOf('Asse,An')).toEqual([['Asse', 'An']]);
    expect(cellsOf('Asse\tAn; Bart, Cleo')).toEqual([['Asse', 'An; Bart, Cleo']]);
  });

  test('a byte order mark, the line ends of Windows and of old Macs, and empty rows do not matter', () => {
    expect(cellsOf('\uFEFFAsse;An\r\n\r\n;\r\nMeise;Bart\r')).toEqual([
      ['Asse', 'An'],
      ['Meise', 'Bart'],
    ]);
  });

  test('a quoted cell holds separators, doubled quotes and new lines, as spreadsheets paste it', () => {
    expect(cellsOf('Asse\t"27 januari\n24 februari"\t"zei ""ja"""\tx')).toEqual([
      ['Asse', '27 januari\n24 februari', 'zei "ja"', 'x'],
    ]);
  });

  test('a quote that closes nothing is a letter', () => {
    expect(cellsOf('Asse\t"An\nMeise\tBart "de snelle"')).toEqual([
      ['Asse', '"An'],
      ['Meise', 'Bart "de snelle"'],
    ]);
    expect(cellsOf('Asse\t"An" Peeters')).toEqual([['Asse', '"An" Peeters']]);
  });

  test('whatever the cells hold, what is written is read again', () => {
    const cell = fc.string({ maxLength: 12 }).map((text) => text.replace(/[\r\uFEFF]/g, ''));
    fc.assert(
      fc.property(fc.array(cell, { minLength: 2, maxLength: 5 }), (cells) => {
        fc.pre(cells.some((each) => each.trim() !== ''));
        expect(cellsOf(asPastedRow(cells))).toEqual([cells]);
      }),
    );
  });

  test('any text is some rows', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => Array.isArray(pastedRows(text))));
  });
});

describe('columns', () => {
  test('a head row in Dutch may have any order; what nobody knows is named', () => {
    const { rows, hasHead, unknown } = read(
      'E-mailadres;Gemeente;Opmerking;Zittingsdagen\nan@example.org;Asse;bel na 9 uur;27 januari',
    );
    expect([hasHead, unknown]).toEqual([true, ['Opmerking']]);
    expect(rows).toMatchObject([
      { number: 2, values: { municipality: 'Asse', email: 'an@example.org', sessions: '27 januari', name: '' } },
    ]);
  });

  test('without a head row the usual order counts, also for one column of names', () => {
    expect(read('Asse\nMeise').rows.map(({ number, values }) => [number, values.municipality])).toEqual([
      [1, 'Asse'],
      [2, 'Meise'],
    ]);
    expect(read('Asse;An;an@example.org;secretaris;02 1;12000;27 januari').rows[0]).toMatchObject({
      number: 1,
      values: {
        name: 'An',
        email: 'an@example.org',
        function: 'secretaris',
        contribution: '12000',
        sessions: '27 januari',
      },
    });
  });

  test('two columns for one name make one', () => {
    expect(read('Gemeente;Voornaam;Familienaam\nAsse;An;Peeters').rows[0]?.values.name).toBe('An Peeters');
  });

  test('what exports put before a formula is taken off again; new lines stay in lists only', () => {
    const [row] = read(
      'Gemeente\tNaam\tTelefoon\tZittingen\nAsse\t"An\nPeeters"\t\'+32 471 12 34 56\t"27 januari\n24 februari"',
    ).rows;
    expect(row?.values).toMatchObject({
      name: 'An Peeters',
      phone: '+32 471 12 34 56',
      sessions: '27 januari\n24 februari',
    });
  });

  test('too many rows, too much text, nothing: refused by name', () => {
    expect(readRows('Asse\n'.repeat(10_000), startColumns)).toEqual({ ok: false, why: 'too-many', count: 10_000 });
    expect(readRows('Asse\n'.repeat(MOST_ROWS), startColumns).ok).toBe(true);
    expect(readRows('x'.repeat(300_000), startColumns)).toMatchObject({ ok: false, why: 'too-long' });
    expect(readRows(' \n;;\n', startColumns)).toMatchObject({ ok: false, why: 'empty' });
    expect(readRows('Gemeente;Naam', startColumns)).toMatchObject({ ok: false, why: 'empty' });
  });
});

test('amounts as people write them', () => {
  const cases: [string, number | undefined][] = [
    ['11.400,50', 11400.5],
    ['11400', 11400],
    ['€ 12.000', 12000],
    ['12 000 EUR', 12000],
    ['1.234.567,8 euro', 1234567.8],
    ['12,000', undefined],
    ['veel', undefined],
    ['-5', undefined],
    ['1e3', undefined],
  ];
  expect(cases.map(([text]) => [text, parseAmount(text)])).toEqual(cases);
});

test('addresses as mail programs copy them', () => {
  expect(['An Peeters <an@example.org>', 'mailto:an@example.org', ' an@example.org; ', 'an'].map(addressIn)).toEqual([
    'an@example.org',
    'an@example.org',
    'an@example.org',
    'an',
  ]);
});
