/** What a coordinator would lose here: an hour, or a path started on wrong data. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../store/store.ts';
import { temporaryFolder } from '../foundation/launched.ts';
import { example, root, run } from './run.ts';

const noordrand = readFileSync(join(root, example('cultuur-noordrand.yaml')), 'utf8');
let lines: string[] = [];
beforeAll(() => {
  lines = noordrand.split('\n');
});

/** The example with one thing changed; gives the file and the line on which that stands. */
function changed(search: string, replacement: string): { file: string; line: number } {
  const file = join(temporaryFolder(onTestFinished), 'regio.yaml');
  const line = lines.findIndex((text) => text.includes(search)) + 1;
  expect(line, `${search} is in the example`).toBeGreaterThan(0);
  writeFileSync(file, noordrand.replace(search, replacement));
  return { file, line };
}

const mistakes: [what: string, search: string, replacement: string, says: RegExp][] = [
  ['an unknown municipality', 'municipality: Wemmel', 'municipality: Wemel', /Wemel.*expected.*Wemmel/],
  ['an ended municipality', 'municipality: Wemmel', 'municipality: Borsbeek', /Borsbeek.*Antwerpen/],
  ['a municipality twice', 'municipality: Wemmel', 'municipality: Asse', /Asse is there twice/],
  ['an address that is none', 'luc.hermans@wemmel.example.org', 'luc.hermans', /expected/],
  ['a header in a name', 'name: Luc Hermans', 'name: "Luc\\r\\nBcc: iedereen@example.org"', /expected/],
  ['an unknown key', 'partnership: Cultuur Noordrand', 'partnership: Cultuur Noordrand\nkleur: groen', /kleur/],
  ['a closed round', 'round: igs-cultuur-2033', 'round: igs-cultuur-2027', /igs-cultuur-2027 is closed/],
  ['an unknown round', 'round: igs-cultuur-2033', 'round: igs-cultuur-2099', /igs-cultuur-2099/],
  ['an unknown route', 'route: continue-existing', 'route: verderzetten', /verderzetten.*expected.*continue-existing/],
];

describe('start with a mistake in the file', () => {
  test.each(mistakes)(
    '%s: file and line, what is expected, exit 2, nothing started',
    async (_what, search, replacement, says) => {
      const { file, line } = changed(search, replacement);
      const dataDir = temporaryFolder(onTestFinished);
      const { code, stderr, stdout } = await run(['start', example('zuidrand.yaml'), file], { REGIOPAD_DATA: dataDir });
      expect(code).toBe(2);
      expect(stdout).toBe('');
      const named = stderr.split('\n').find((text) => text.startsWith(`${file}:`) && says.test(text));
      expect(named, stderr).toBeDefined();
      const shift = replacement.includes('\nkleur') ? 1 : 0;
      expect(named).toMatch(new RegExp(`:${String(line + shift)}:\\d+ `));
      expect(stderr).not.toMatch(/\n\s+at /);
    },
  );

  test('an impossible date and broken YAML, both with their line', async () => {
    const { file, line } = changed('councilSessions: [', 'councilSessions: [2031-02-30, ');
    const impossible = await run(['validate', file]);
    expect(impossible.code).toBe(2);
    expect(impossible.stderr).toMatch(new RegExp(`:${String(line)}:\\d+ .*2031-02-30.*expected`));
    const broken = changed('municipalities:', 'municipalities: [');
    const yaml = await run(['plan', broken.file]);
    expect(yaml.code).toBe(2);
    expect(yaml.stderr).toMatch(/regio\.yaml:\d+:\d+ /);
  });

  test('a file that is not UTF-8', async () => {
    const file = join(temporaryFolder(onTestFinished), 'regio.yaml');
    writeFileSync(file, Buffer.from(noordrand.replace('Luc Hermans', 'Jérôme'), 'latin1'));
    const { code, stderr } = await run(['validate', file]);
    expect(code).toBe(2);
    expect(stderr).toContain(`${file}:1:1 this is not UTF-8`);
  });

  test('a file that is not there', async () => {
    const { code, stderr } = await run(['plan', 'nergens.yaml']);
    expect(code).toBe(2);
    expect(stderr).toContain('nergens.yaml:1:1 there is no such file');
  });
});

describe('words of the command line', () => {
  test.each([
    [['plan', example('zuidrand.yaml'), '--format', 'pdf'], /--format pdf: expected one of table, json, ics, csv/],
    [['plan', example('zuidrand.yaml'), '--from', '2031-02-30'], /--from 2031-02-30: expected a day that exists/],
    [['simulate', example('zuidrand.yaml'), '--from', '2020-01-01'], /spans at most 9 years/],
    [['simulate', example('zuidrand.yaml'), '--out', 'package.json'], /--out package.json: expected a folder/],
    [['plan'], /missing required argument 'file'/],
    [['vlieg'], /unknown command 'vlieg'/],
    [['rounds', 'apply', '--reason', 'een\u0007bel'], /--reason: expected a reason/],
    [['upgrade', 'x', '--reason', 'x'.repeat(4001)], /--reason: expected a reason, at most 4000 characters/],
    [['conditions', 'nergens'], /nergens: No such path is open/],
    [['tell', 'x', 'dance', '{}'], /unknown command "dance".*expected one of answer/],
    [['tell', 'x', 'pause', '{reason'], /the data is no JSON/],
    [['tell', 'x', 'pause', '{}'], /reason.*expected/],
    [
      ['tell', 'x', 'change-party', '{"party":"Wemmel","sessions":{"council":"27 zjanuari 2031"}}'],
      /^sessions\.council: "zjanuari" is not understood .*\nsessions\.council: "27" is not understood /,
    ],
    [['tell', 'x', 'move-deadline', '{"item":"closesOn","to":"2031-02-30","reason":"x"}'], /2031-02-30/],
  ])('%j: says what is wrong, exit 2', async (words, says) => {
    const { code, stderr } = await run(words, { REGIOPAD_DATA: temporaryFolder(onTestFinished) });
    expect(stderr).toMatch(says);
    expect(code).toBe(2);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describe('without a server', () => {
  test('start says what to do, exit 3, and nothing is left behind', async () => {
    const dataDir = temporaryFolder(onTestFinished);
    const { code, stderr } = await run(['start', example('zuidrand.yaml')], { REGIOPAD_DATA: dataDir });
    expect(code).toBe(3);
    expect(stderr).toMatch(/npm start/);
    const store = await openStore(join(dataDir, 'dossier.db'));
    expect(await store.paths.paths()).toEqual([]);
    await store.close();
  });

  test('an address at which nobody answers: exit 3', async () => {
    const environment = { REGIOPAD_DATA: temporaryFolder(onTestFinished), TEMPORAL_ADDRESS: '127.0.0.1:1' };
    const { code, stderr } = await run(['start', example('zuidrand.yaml')], environment);
    expect(code).toBe(3);
    expect(stderr).toContain('127.0.0.1:1');
  });

  test('status works from the store, and says what to try first', async () => {
    const { code, stdout } = await run(['status'], { REGIOPAD_DATA: temporaryFolder(onTestFinished) });
    expect(code).toBe(0);
    expect(stdout).toContain('npx regiopad start');
  });
});
