/** Checks of files for what comes from no file: a form, or the body of a request. */
import type { Problem } from '../../definitions/problem.ts';
import type { Path, Source } from '../../definitions/read.ts';

export interface FieldSource {
  source: Source;
  /** The path for which a problem was made. */
  pathOf: (problem: Problem) => Path;
}

/** A source that remembers for which path each problem was made, where a file would have lines. */
export function fieldSource(): FieldSource {
  const paths: Path[] = [];
  return {
    source: {
      file: 'form',
      problem(path, message, expected) {
        paths.push(path);
        return { file: 'form', line: paths.length, column: 1, message, ...(expected && { expected }) };
      },
      placeOf: (path) => `/${path.map(String).join('/')}`,
    },
    pathOf: ({ line }) => paths[line - 1] ?? [],
  };
}
