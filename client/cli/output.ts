/** What commands print. Results go to standard output, warnings and progress to standard error. */
import { formatProblem } from '../../definitions/problem.ts';
import type { Warning } from '../../definitions/region.ts';

export const print = (text: string): void => void process.stdout.write(`${text}\n`);
export const note = (text: string): void => void process.stderr.write(`${text}\n`);
export const printJson = (value: unknown): void => {
  print(JSON.stringify(value, undefined, 2));
};

export const warn = (warnings: Warning[]): void => {
  for (const warning of warnings) note(`warning (${warning.code}): ${formatProblem(warning)}`);
};
