/** What a coordinator would lose here: to know, at a desk and before a meeting, whether the region still stands without somebody. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { introduceRegion } from '../../client/introduce.ts';
import type { ConditionReport } from '../../client/report/conditions.ts';
import { readRegion } from '../../definitions/region.ts';
import type { Crossed } from '../../domain/what-if.ts';
import { numbered } from '../../domain/decide.ts';
import { openStore } from '../../store/store.ts';
import { temporaryFolder } from '../foundation/launched.ts';
import { at } from '../core/world.ts';
import { example, run } from './run.ts';

/** Artificial figures: together exactly enough people, and too little money. */
const file = join(mkdtempSync(join(tmpdir(), 'regiopad-conditions-')), 'regio.yaml');
writeFileSync(
  file,
  `id: two-towns
partnership: Twee Gemeenten
path: igs-cultuur
round: igs-cultuur-2033
route: continue-existing
coordinator: { name: Ann Aerts, email: ann@example.org }
dates: { enteredOn: 2027-01-01 }
municipalities:
  - { municipality: Asse, contribution: 60000, inhabitants: 80000 }
  - { municipality: Wemmel, contribution: 10000, inhabitants: 5000 }
`,
);

interface Reported {
  conditions: ConditionReport[];
  after: ConditionReport[];
  crossed: Crossed[];
  warnings: { code: string; message: string }[];
}
const reported = ({ stdout }: { stdout: string }): Reported => JSON.parse(stdout) as Reported;

/** `key: now → then`, without the figures. */
const lines = (stdout: string): string[] =>
  stdout.split('\n').flatMap((line) => {
    const [, key = '', now = '', then = ''] =
      /^([a-z-]+)(?: \(draft\))? +(met|not met|unknown) +(met |not met|unknown)?/.exec(line) ?? [];
    return key === '' ? [] : [`${key}: ${now}${then === '' ? '' : ` → ${then.trim()}`}`];
  });

describe('regiopad conditions', () => {
  test('of a region file, without a server: each met, not met or unknown, and what is missing', async () => {
    const known = await run(['conditions', file]);
    expect(known.code, known.stderr).toBe(0);
    expect(lines(known.stdout)).toEqual([
      ...['inhabitants: met', 'one-region: met', 'contributions: not met', 'applicant: met', 'entry: met'],
    ]);
    expect(known.stdout).toContain('igs-cultuur-2033, all provisional');
    expect(known.stdout).toContain('85000 of 85000 inhabitants known');
    expect(known.stdout).toContain('contributions (draft)');
    const example2033 = await run(['conditions', example('cultuur-noordrand.yaml')]);
    expect(lines(example2033.stdout)).toContain('inhabitants: unknown');
    expect(example2033.stdout).toMatch(/missing: inhabitants of Asse, Grimbergen, Kampenhout and 10 more/);
    expect(example2033.stdout).toContain('missing: the date enteredOn');
  });

  test('before and after somebody leaves or joins, with what is crossed', async () => {
    const without = await run(['conditions', file, '--without', 'wemmel']);
    expect(lines(without.stdout)[0]).toBe('inhabitants: met → not met');
    expect(without.stdout).toContain('Crossed: inhabitants is met now, and would be not met.');
    const replaced = await run(['conditions', file, '--without', 'Wemmel', '--with', 'Gent=5000', '--format', 'json']);
    const report = reported(replaced);
    expect(report.conditions[0]).toMatchObject({ key: 'inhabitants', status: 'met', have: 85_000, need: 85_000 });
    expect(report.after[0]).toMatchObject({ status: 'met', have: 85_000 });
    expect(report.crossed).toEqual([
      { key: 'one-region', from: 'met', to: 'not-met' },
      { key: 'contributions', from: 'not-met', to: 'unknown' },
    ]);
    const unknown = await run(['conditions', file, '--without', 'Asse', '--with', 'Meise']);
    expect(unknown.stdout).toContain('Crossed: inhabitants is met now, and would be unknown.');
  });

  test.each<[what: string, words: string[], code: number, says: RegExp]>([
    ['an unknown name', ['--with', 'Gnt'], 2, /--with Gnt: unknown municipality "Gnt" — expected Gent/],
    ['inhabitants with a dot', ['--with', 'Gent=5.000'], 2, /digits only/],
    ['who does not take part', ['--without', 'Gent'], 2, /unknown-party.*Gent/],
    ['who takes part already', ['--with', 'Asse'], 4, /party-exists.*Asse/],
    ['everybody', ['--without', 'Asse', '--without', 'Wemmel'], 4, /last-party/],
    ['another format', ['--format', 'csv'], 2, /expected one of table, json/],
  ])('%s: said in one line', async (_what, words, code, says) => {
    const ran = await run(['conditions', file, ...words]);
    expect(ran.code).toBe(code);
    expect(ran.stderr).toMatch(says);
    expect(ran.stdout).toBe('');
  });

  test('of a path that runs, from the store; an id that nobody has is said to be unknown', async () => {
    const dataDir = temporaryFolder(onTestFinished);
    const region = readRegion(file);
    if (!region.ok) throw new Error('the region does not load');
    const store = await openStore(join(dataDir, 'dossier.db'));
    const data = await introduceRegion(store, region.value);
    const actor = { kind: 'coordinator', via: 'file', personId: data.coordinator } as const;
    const [event] = numbered(undefined, [{ type: 'path-started', data }], actor, at('2031-01-06'));
    await store.events.recordEvents(data.id, [event!]);
    await store.close();
    const environment = { REGIOPAD_DATA: dataDir };
    const ran = await run(['conditions', 'two-towns', '--without', 'Wemmel'], environment);
    expect(ran.code, ran.stderr).toBe(0);
    expect(ran.stdout).toContain('Twee Gemeenten (two-towns)');
    expect(lines(ran.stdout)[0]).toBe('inhabitants: met → not met');
    const status = reported(await run(['status', 'two-towns', '--format', 'json'], environment));
    expect(status.conditions[2]).toMatchObject({ key: 'contributions', status: 'not-met', isDraft: true });
    expect((await run(['conditions', 'three-towns'], environment)).code).toBe(2);
  });
});

test('plan says once of each condition what is not met or not known', async () => {
  const plan = reported(await run(['plan', file, '--format', 'json']));
  expect(plan.conditions.map(({ status }) => status)).toEqual([...['met', 'met', 'not-met', 'met', 'met']]);
  const about = plan.warnings.filter(({ code }) => code.startsWith('condition-'));
  expect(about).toEqual([
    { code: 'condition-not-met', message: 'contributions (draft): EUR 70000 of at least EUR 75000 a year' },
  ]);
});
