/** What a coordinator would lose here: facts that were entered and not counted, or a wrong figure that nobody noticed. */
import { basename } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { parseCommand } from '../../definitions/commands.ts';
import { loadDefinition, loadRound } from '../../definitions/load.ts';
import { readRegion, toPathStart } from '../../definitions/region.ts';
import type { NewParty } from '../../domain/commands.ts';
import { fileWith } from './files.ts';

/** Artificial figures, on lines that the tests count. */
const region = (more = '', own = ''): string => `id: two-towns
partnership: Twee Gemeenten
path: igs-cultuur
round: igs-cultuur-2033
route: continue-existing
coordinator: { name: Ann Aerts, email: ann@example.org }
dates: { expiresOn: 2032-12-31, enteredOn: 2027-01-01 }
municipalities:
  - municipality: Asse
${own}  - municipality: Wemmel
${more}`;
const ownFacts = '    inhabitants: 10000\n    adjoining: [Wemmel, 23050]\n    leadDays: 21\n';

function partiesOf(text: string): Map<string, NewParty> {
  const read = readRegion(fileWith('region.yaml', text));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const { start } = toPathStart(read.value.file, read.value.definition, read.value.round);
  return new Map(start.parties.map((party) => [party.party, party]));
}
function problemsOf(text: string): string[] {
  const read = readRegion(fileWith('region.yaml', text));
  const found = read.ok ? [] : read.problems;
  return found.map(
    ({ file, line, column, message, expected = '' }) =>
      `${basename(file)}:${String(line)}:${String(column)} ${message} — ${expected}`,
  );
}
const withTable = (table: string, own = ''): string => {
  fileWith('facts.csv', table);
  return region('facts: ./facts.csv\n', own);
};

describe('what is known of a municipality comes with its path', () => {
  it('from its own fields, with where it lies from the register', () => {
    const parties = partiesOf(region('leadDays: 35\n', ownFacts));
    expect(parties.get('nis:23002')).toMatchObject({
      facts: { inhabitants: 10_000, adjoining: ['nis:23102', 'nis:23050'], referenceRegion: 'Halle-Vilvoorde' },
      leadDays: 21,
    });
    expect(parties.get('nis:23102')).toMatchObject({ facts: { referenceRegion: 'Halle-Vilvoorde' }, leadDays: 35 });
    expect(partiesOf(region()).get('nis:23102')).not.toHaveProperty('leadDays');
  });

  it('from a table beside the file, which may hold others; its own fields count for more', () => {
    const table = `\uFEFF# Artificial figures.\r\nmunicipality,inhabitants,adjoining\r\n\r\nAsse,20000,Meise\r\n23102 , 30000 , Asse ; Meise;\r\nGent,40000,\r\n`;
    const parties = partiesOf(withTable(table, '    inhabitants: 10000\n'));
    expect([...parties.keys()]).toEqual(['nis:23002', 'nis:23102']);
    expect(parties.get('nis:23002')?.facts).toMatchObject({ inhabitants: 10_000, adjoining: ['nis:23050'] });
    expect(parties.get('nis:23102')?.facts).toMatchObject({
      ...{ inhabitants: 30_000, adjoining: ['nis:23002', 'nis:23050'] },
    });
  });

  it('leaves an empty cell unknown', () => {
    const parties = partiesOf(withTable('municipality,inhabitants,adjoining\nAsse,,\n'));
    expect(parties.get('nis:23002')?.facts).toEqual({ referenceRegion: 'Halle-Vilvoorde' });
  });

  it('with the reference region, for who joins later too', () => {
    const regionOf = (data: object): unknown => {
      const parsed = parseCommand('add-party', data);
      return parsed.ok && 'facts' in parsed.command.data && parsed.command.data.facts;
    };
    expect(regionOf({ party: 'Gent', facts: { inhabitants: 10_000 } })).toEqual({
      ...{ inhabitants: 10_000, referenceRegion: 'Regio Gent' },
    });
    expect(regionOf({ party: 'Gent', facts: { referenceRegion: 'Elders' } })).toEqual({ referenceRegion: 'Elders' });
  });
});

describe('a mistake in the facts is named by file and line', () => {
  const head = 'municipality,inhabitants,adjoining\n';
  test.each<[string, string, string[]]>([
    [
      'another head',
      'gemeente,inwoners,grenst aan\nAsse,1,\n',
      ['facts.csv:1:1 the first line is "gemeente,inwoners,grenst aan" — municipality,inhabitants,adjoining'],
    ],
    ['nothing in it', '# later\n', ['facts.csv:1:1 the file is empty — municipality,inhabitants,adjoining']],
    ['an unknown municipality', `${head}Ase,1,\n`, ['facts.csv:2:1 unknown municipality "Ase" — As or Asse']],
    [
      'an ended one, after a comment',
      `${head}# 2024\nBorsbeek,1,\n`,
      ['facts.csv:3:1 Borsbeek (11007) ended on 2025-01-01 — its successor, Antwerpen (11002)'],
    ],
    [
      'a municipality twice',
      `${head}Asse,1,\n23002,2,\n`,
      ['facts.csv:3:1 Asse is there twice, first on line 2 — each municipality once'],
    ],
    [
      'a figure with a dot, one with a quote and none at all',
      `${head}Asse,10.000,\nWemmel,"9",\nMeise,0,\n`,
      ['2:6 inhabitants is "10.000"', '3:8 inhabitants is "\\"9\\""', '4:7 inhabitants is "0"'].map(
        (start) => `facts.csv:${start} — a whole number of inhabitants, in digits only`,
      ),
    ],
    [
      'neighbours between commas, as a spreadsheet would',
      `${head}Asse,1,Wemmel,Meise\n`,
      ['facts.csv:2:1 4 cells — 3 cells: municipality,inhabitants,adjoining'],
    ],
    [
      'an unknown neighbour, and itself',
      `${head}Asse,1,Jette;Asse\n`,
      [
        'facts.csv:2:8 unknown municipality "Jette" — Putte or Retie (neighbours outside Flanders are left out)',
        'facts.csv:2:8 Asse adjoins itself — other municipalities',
      ],
    ],
  ])('%s', (_what, table, problems) => {
    expect(problemsOf(withTable(table))).toEqual(problems);
  });

  it('in the region file too, and a table that is not there', () => {
    const own = '    inhabitants: 0\n    adjoining: [Asse]\n    leadDays: 400\n';
    expect(problemsOf(region('', own))).toEqual([
      'region.yaml:10:18 inhabitants is 0 — a number of inhabitants, 1 or more',
      'region.yaml:12:15 leadDays is 400 — a number of days from 0 to 365',
    ]);
    expect(problemsOf(region('', '    adjoining: [Meise, Asse]\n'))).toEqual([
      'region.yaml:10:24 Asse adjoins itself — other municipalities',
    ]);
    expect(problemsOf(region('facts: ./elsewhere.csv\n'))).toEqual([
      'elsewhere.csv:1:1 there is no such file — a file that can be read',
    ]);
  });
});

describe('the conditions of the rounds', () => {
  const definition = loadDefinition('igs-cultuur');
  test.each(['igs-cultuur-2027', 'igs-cultuur-2033'])(
    '%s: the same five, the draft marked, made of what is there',
    (key) => {
      const round = loadRound(key);
      if (!round.ok || !definition.ok) throw new Error('the round does not load');
      const conditions = round.value.conditions ?? [];
      expect(conditions.map(({ key: of, isDraft = false }) => [of, isDraft])).toEqual([
        ['inhabitants', false],
        ['one-region', false],
        ['contributions', true],
        ['applicant', false],
        ['entry', false],
      ]);
      const known = definition.value.steps.flatMap((step) =>
        [...step.tasks, ...step.decisions].map((item) => item.key),
      );
      const waited = conditions.flatMap((each) => (each.kind === 'applicant' ? each.items : []));
      expect(known).toEqual(expect.arrayContaining([...waited, 'extension']));
    },
  );
});
