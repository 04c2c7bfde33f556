/** `regiopad validate FILE…`: every error as file:line with what is expected. */
import { validateFile } from '../../definitions/validate.ts';
import { badFile } from './failure.ts';
import { print, warn } from './output.ts';

export function validate(files: string[]): void {
  const checked = files.map(validateFile);
  for (const { file, kind, problems, warnings } of checked) {
    warn(warnings);
    if (problems.length === 0) print(`${file}: no errors (${kind ?? 'unknown'})`);
  }
  const problems = checked.flatMap((each) => each.problems);
  if (problems.length > 0) throw badFile(problems);
}
