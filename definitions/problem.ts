/** What is wrong in a file, where, and what belongs there instead. */
export interface Problem {
  file: string;
  line: number;
  column: number;
  message: string;
  expected?: string;
}

/** `examples/zuidrand.yaml:12:7 unknown municipality Kontig — expected Kontich`. */
export function formatProblem({ file, line, column, message, expected }: Problem): string {
  const where = `${file}:${String(line)}:${String(column)}`;
  return expected === undefined ? `${where} ${message}` : `${where} ${message} — expected ${expected}`;
}

export const formatProblems = (problems: readonly Problem[]): string => problems.map(formatProblem).join('\n');
