import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkAgainst, openFile, type Parsed } from '../../definitions/read.ts';
import { formatProblem } from '../../definitions/problem.ts';
import { day, strict } from '../../definitions/schema.ts';
import { fileWith, linesOf, shortName } from './files.ts';

function parseFile<Schema extends z.ZodType>(file: string, schema: Schema): Parsed<z.output<Schema>> {
  const opened = openFile(file);
  return opened.ok ? checkAgainst(opened, schema) : opened;
}

const schema = strict({
  name: z.string(),
  on: day,
  people: z.array(strict({ name: z.string(), age: z.int().min(0).exactOptional() })).default([]),
});

const read = (text: string, name = 'file.yaml'): Parsed<z.output<typeof schema>> =>
  parseFile(fileWith(name, text), schema);

describe('whoever writes a file sees on which line it is wrong, and what belongs there', () => {
  it.each<[what: string, text: string, problems: string[]]>([
    ['a missing key, at the block it is missing from', 'on: 2031-01-27\n', ['1 name is missing — expected text']],
    [
      'a missing key in an item of a list',
      'name: a\non: 2031-01-27\npeople:\n  - name: b\n  - age: 3\n',
      ['5 name is missing — expected text'],
    ],
    [
      'an unknown key, at that key',
      'name: a\non: 2031-01-27\npeople:\n  - name: b\n    email: c\n',
      ['5 unknown key email — expected one of name, age'],
    ],
    [
      'a day that does not exist',
      'name: a\non: 2031-02-30\n',
      ['2 on is "2031-02-30" — expected a day that exists, written YYYY-MM-DD'],
    ],
    ['a value of another kind', 'name: [a]\non: 2031-01-27\n', ['1 name is a list — expected text']],
    ['an empty value', 'name:\non: 2031-01-27\n', ['1 name is empty — expected text']],
    [
      'a number that is too small',
      'name: a\non: 2031-01-27\npeople:\n  - { name: b, age: -1 }\n',
      ['4 age is -1 — expected at least 0'],
    ],
    [
      'all that is wrong, in the order of the lines',
      'name: 3\non: tomorrow\nwhat: x\n',
      [
        '1 name is 3 — expected text',
        '2 on is "tomorrow" — expected a day that exists, written YYYY-MM-DD',
        '3 unknown key what — expected one of name, on, people',
      ],
    ],
    [
      'a tab that indents',
      'name: a\non: 2031-01-27\npeople:\n\t- name: b\n',
      ['4 a tab is used to indent — expected spaces'],
    ],
    [
      'broken YAML',
      'name: a\non: "2031-01-27\n',
      ['3 not valid YAML: Missing closing "quote — expected valid YAML or JSON'],
    ],
    [
      'a key that is there twice',
      'name: a\non: 2031-01-27\nname: b\n',
      ['3 this key is there twice — expected each key once'],
    ],
    ['two documents', 'name: a\n---\nname: b\n', ['2 a second document begins here — expected one document in a file']],
    ['an empty file', '', ['1 the file is empty — expected a block of keys with name, on, people']],
    ['a file with something else', 'hello', ['1 the file is "hello" — expected a block of keys with name, on, people']],
  ])('%s', (_, text, problems) => {
    expect(linesOf(read(text))).toEqual(problems);
  });

  it('names the column too', () => {
    const result = read('name: a\non: 2031-01-27\npeople: [{ name: b, age: old }]\n');
    expect(result.ok ? [] : result.problems.map(shortName).map(formatProblem)).toEqual([
      'file.yaml:3:26 age is "old" — expected a number',
    ]);
  });

  it('points at an unknown key itself, and sorts what it finds by line', () => {
    const result = read('what: x\non: tomorrow\nname: 3\n');
    expect(result.ok ? [] : result.problems.map(({ line, column }) => [line, column])).toEqual([
      [1, 1],
      [2, 5],
      [3, 7],
    ]);
  });

  it('says so when there is no file, or a folder', () => {
    expect(linesOf(parseFile('/nowhere/at-all.yaml', schema))).toEqual([
      '1 there is no such file — expected a file that can be read',
    ]);
    expect(linesOf(parseFile(import.meta.dirname, schema))).toEqual([
      '1 this is a folder — expected a file that can be read',
    ]);
  });

  it('finds the line behind a YAML alias, and names it once', () => {
    const text = 'on: 2031-01-27\nname: a\npeople:\n  - &one { name: b, age: x }\n  - *one\n';
    expect(linesOf(read(text))).toEqual(['4 age is "x" — expected a number']);
  });

  it('says a few of the hundreds of errors of a file full of brackets', () => {
    const result = read(`name: ${'['.repeat(5_000)}`);
    expect(result.ok ? 0 : result.problems.length).toBe(10);
  });

  it('refuses aliases that multiply without end', () => {
    const bomb = Array.from({ length: 9 }, (_, i) =>
      i === 0
        ? '- &a0 [x,x,x,x,x,x,x,x,x]'
        : `- &a${String(i)} [${Array(9)
            .fill(`*a${String(i - 1)}`)
            .join(',')}]`,
    ).join('\n');
    expect(linesOf(read(bomb))).toEqual(['1 refers to itself too often — expected plain values']);
  });

  it('reads JSON as it reads YAML, tabs included', () => {
    const good = '{\n\t"name": "a",\n\t"on": "2031-01-27"\n}\n';
    expect(read(good, 'file.json')).toMatchObject({ ok: true, value: { name: 'a', on: '2031-01-27', people: [] } });
    const bad = '{\n  "name": "a",\n  "on": "2031-01-27",\n  "when": 1\n}\n';
    expect(linesOf(read(bad, 'file.json'))).toEqual(['4 unknown key when — expected one of name, on, people']);
  });
});
