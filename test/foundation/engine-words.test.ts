/** The engine runs any path of steps, tasks and decisions: a policy that is new should need files only. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { listDefinitions, listRounds, loadDefinition, loadRound } from '../../definitions/load.ts';
import { roundDates } from '../../definitions/schema.ts';
import type { Definition, Round } from '../../domain/definition.ts';

const root = join(import.meta.dirname, '..', '..');
const sources = (...rooms: string[]): string[] =>
  globSync(
    rooms.map((room) => `${room}/**/*.ts`),
    { cwd: root },
  ).sort();

const whole = <Value>(read: { ok: true; value: Value } | { ok: false }): Value => {
  if (!read.ok) throw new Error(JSON.stringify(read));
  return read.value;
};
const definitions: Definition[] = listDefinitions().map((key) => whole(loadDefinition(key)));
const rounds: Round[] = listRounds().map((key) => whole(loadRound(key)));

/** Every name that a path gives to something; those of reminder sets are left out, since `task` and `ready` say what they are for. */
function namesIn({ key, dates, routes, bodies, steps }: Definition): string[] {
  const items = steps.flatMap((step) => [step, ...step.tasks, ...step.decisions]);
  return [
    key,
    ...Object.keys(dates ?? {}),
    ...routes.flatMap((route) => [route.key, ...Object.keys(route.dates ?? {})]),
    ...Object.keys(bodies),
    ...items.map((item) => item.key),
    ...steps.flatMap((step) => step.decisions.map(({ document }) => document)),
  ];
}

const names = new Set([
  ...definitions.flatMap(namesIn),
  ...rounds.flatMap(({ key, dates }) => [key, ...Object.keys(dates)]),
]);

/** What the engine knows itself: two kinds of task, after which a definition may call its tasks, and the dates of every round. */
const own = new Set(['submission', 'outcome', ...roundDates]);

/** The texts between quotes in a source, comments left out. */
function literalsOf(file: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest));
  return found;
}

test('there is more than one path, and the engine has sources', () => {
  expect(definitions.length).toBeGreaterThan(2);
  expect(names.size).toBeGreaterThan(100);
  expect(sources('domain', 'workflows', 'activities', 'store').length).toBeGreaterThan(50);
});

test.each(sources('domain', 'workflows', 'activities', 'store'))('%s names nothing of any definition', (file) => {
  expect(literalsOf(file).filter((text) => names.has(text) && !own.has(text))).toEqual([]);
});

test.each(sources('domain', 'workflows', 'activities', 'store'))('%s holds no word of the culture policy', (file) => {
  const policy = /\b(igs|kiosk|uitpas)\b|cultu|biblio|erfgoed|heritage|draagvlak/gi;
  expect(readFileSync(join(root, file), 'utf8').match(policy)).toBeNull();
});
