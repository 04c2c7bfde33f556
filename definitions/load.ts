/** Paths and rounds from definitions/: checked when they are read, with every error as file:line. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Anchor, Definition, Round } from '../domain/definition.ts';
import { checkDefinition, checkRound } from './checks.ts';
import type { Problem } from './problem.ts';
import { checkAgainst, displayName, inOrder, openFile, type Opened, type Parsed, type Source } from './read.ts';
import { definitionSchema, roundSchema } from './schema.ts';
import { withShared } from './shared.ts';

const here = import.meta.dirname;
const pathsFolder = join(here, 'paths');
const roundsFolder = join(here, 'rounds');

const keysIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => /^[a-z0-9-]+\.yaml$/.test(name))
    .map((name) => name.slice(0, -'.yaml'.length))
    .sort();

/** The keys of the paths that there are, sorted. */
export const listDefinitions = (): string[] => keysIn(pathsFolder);
/** The keys of the rounds that there are, sorted. */
export const listRounds = (): string[] => keysIn(roundsFolder);

const failing = (problems: Problem[]): { ok: false; problems: Problem[] } => ({
  ok: false,
  problems: inOrder(problems),
});

/** A file of a path, checked; its key must be its name. */
export function readDefinition(file: string, roundDates?: ReadonlySet<Anchor>): Parsed<Definition> {
  const opened = openFile(file);
  return opened.ok ? definitionIn(opened, roundDates) : opened;
}

export function definitionIn(opened: Opened, roundDates?: ReadonlySet<Anchor>): Parsed<Definition> {
  const whole = withShared(opened);
  if (!whole.ok) return whole;
  const parsed = checkAgainst(whole, definitionSchema);
  if (!parsed.ok) return parsed;
  const problems = [...keyProblem(parsed), ...checkDefinition(parsed.value, parsed.source, roundDates)];
  return problems.length === 0 ? parsed : failing(problems);
}

/** A file of a round, checked; its key must be its name. */
export function readRound(file: string): Parsed<Round> {
  const opened = openFile(file);
  return opened.ok ? roundIn(opened) : opened;
}

export function roundIn(opened: Opened): Parsed<Round> {
  const parsed = checkAgainst(opened, roundSchema);
  if (!parsed.ok) return parsed;
  const problems = [...keyProblem(parsed), ...checkRound(parsed.value, parsed.source)];
  return problems.length === 0 ? parsed : failing(problems);
}

function keyProblem({ value, source }: { value: { key: string }; source: Source }): Problem[] {
  const name = source.file.replace(/^.*[\\/]/, '').replace(/\.(ya?ml|json)$/, '');
  return name === value.key ? [] : [source.problem(['key'], `key is ${value.key}`, `the name of the file, ${name}`)];
}

function byKey<Value>(
  folder: string,
  key: string,
  what: string,
  known: () => string[],
  read: (file: string) => Parsed<Value>,
): Parsed<Value> {
  const file = join(folder, `${key}.yaml`);
  if (/^[a-z0-9-]+$/.test(key) && existsSync(file)) return read(displayName(file));
  const message = `there is no ${what} ${JSON.stringify(key)}`;
  const problem = { file: displayName(folder), line: 1, column: 1, message, expected: `one of ${known().join(', ')}` };
  return { ok: false, problems: [problem] };
}

/** A path by its key. Whether the dates that it counts from exist shows when it meets a round: see missingDates. */
export const loadDefinition = (key: string): Parsed<Definition> =>
  byKey(pathsFolder, key, 'path', listDefinitions, (file) => readDefinition(file));

/** A round by its key. */
export const loadRound = (key: string): Parsed<Round> => byKey(roundsFolder, key, 'round', listRounds, readRound);

/** The names of all dates that the rounds here give: what a path may count from. */
export function knownRoundDates(): ReadonlySet<Anchor> {
  const rounds = listRounds().flatMap((key) => {
    const parsed = loadRound(key);
    return parsed.ok ? [parsed.value] : [];
  });
  return new Set(rounds.flatMap((round) => Object.keys(round.dates)));
}
