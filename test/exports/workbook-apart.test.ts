/** A large workbook keeps nobody waiting, and is the one that it would be otherwise. */
import readWorkbook from 'read-excel-file/node';
import { expect, it } from 'vitest';
import { workbookApart } from '../../client/exports/workbook-apart.ts';
import { type Sheet, workbook } from '../../client/exports/workbook.ts';

const sheetWith = (count: number): Sheet => ({
  title: 'Blad',
  columns: [
    { key: 'name', kind: 'text', title: 'Naam', width: 20 },
    { key: 'on', kind: 'day', title: 'Dag', width: 14 },
    { key: 'amount', kind: 'amount', title: 'Bedrag', width: 14 },
  ],
  rows: Array.from({ length: count }, (_row, index) => ({
    name: `=${String(index)}`,
    on: '2031-02-11',
    amount: index,
  })),
});

it('says the same when it is made in a thread of its own, also while another one is made', async () => {
  const [first, second] = [sheetWith(30), sheetWith(2)];
  const made = await Promise.all([workbookApart([first, second]), workbookApart([second])]);
  const read = await Promise.all(made.map((bytes) => readWorkbook(Buffer.from(bytes))));
  const alone = await Promise.all([workbook([first, second]), workbook([second])]);
  expect(read).toEqual(await Promise.all(alone.map((bytes) => readWorkbook(bytes))));
  expect(read[0]).toHaveLength(2);
});

it('ends with its reason when it cannot be made, and the next one is made', async () => {
  const broken = { ...sheetWith(1), rows: [{ name: { of: 'nothing' } as never, on: null, amount: null }] };
  await expect(workbookApart([broken])).rejects.toThrow(/is not a function/);
  expect((await workbookApart([sheetWith(1)])).length).toBeGreaterThan(0);
});
