/** Files for tests: written to a folder of their own, reported by their bare name. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Problem } from '../../definitions/problem.ts';

const folder = mkdtempSync(join(tmpdir(), 'regiopad-definitions-'));

export function fileWith(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** `12 message — expected …`, without the name of the file and the column. */
export const linesOf = (result: { ok: boolean; problems?: Problem[] }): string[] =>
  (result.problems ?? []).map(
    ({ line, message, expected }) =>
      `${String(line)} ${message}${expected === undefined ? '' : ` — expected ${expected}`}`,
  );

export const shortName = (problem: Problem): Problem => ({ ...problem, file: basename(problem.file) });

/** Replaces one line that is there exactly once, or adds lines after it. */
export function changed(text: string, from: string, to: string): string {
  const parts = text.split(from);
  if (parts.length !== 2) throw new Error(`${from} is there ${String(parts.length - 1)} times`);
  return parts.join(to);
}
