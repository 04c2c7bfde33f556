/** What a run is told to be, by the words after `npm run chaos --`. */
import { parseArgs } from 'node:util';
import { SetupError } from '../../worker/setup-error.ts';

export interface Settings {
  readonly paths: number;
  readonly minutes: number;
  /** Of the order in which things die. */
  readonly seed: number;
  /** How many answers are begun each second, over all paths. */
  readonly answersPerSecond: number;
  readonly workers: number;
  /** Temporal's development server and a SQLite file in place of PostgreSQL for both. */
  readonly embedded: boolean;
  /** Leaves the folder with databases, mails and logs. */
  readonly keep: boolean;
  readonly json: boolean;
}

export const usage = `npm run chaos -- [--paths 500] [--minutes 3] [--answers 4] [--workers 2] [--seed N] [--embedded] [--keep] [--json]`;

export function settingsFrom(words: string[]): Settings {
  const { values } = parsed(words);
  return {
    paths: numberIn(values.paths, 'paths', 1),
    minutes: numberIn(values.minutes, 'minutes', 0.1),
    answersPerSecond: numberIn(values.answers, 'answers', 0.1),
    workers: numberIn(values.workers, 'workers', 1),
    seed: values.seed === undefined ? Date.now() % 1_000_000 : numberIn(values.seed, 'seed', 0),
    embedded: values.embedded,
    keep: values.keep,
    json: values.json,
  };
}

function parsed(words: string[]) {
  try {
    return parseArgs({
      args: words,
      options: {
        paths: { type: 'string', default: '500' },
        minutes: { type: 'string', default: '3' },
        answers: { type: 'string', default: '4' },
        workers: { type: 'string', default: '2' },
        seed: { type: 'string' },
        embedded: { type: 'boolean', default: false },
        keep: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new SetupError(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

function numberIn(text: string, name: string, least: number): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < least)
    throw new SetupError(`--${name}: expected a number of at least ${least}, got ${JSON.stringify(text)}`);
  return value;
}
