/** `regiopad validate FILE…`: every error as file:line with what is expected. */
import { validateFile } from '../../definitions/validate.ts';
import { badFile } from './failure.ts';
import { print, warn } from './output.ts';

export function validate(files: string[]): void {
  const checked = files.map((file) => ({ file, result: validateFile(file) }));
  for (const { file, result } of checked) {
    if (!result.ok) continue;
    warn(result.warnings);
    print(`${file}: a ${result.kind} without errors`);
  }
  const problems = checked.flatMap(({ result }) => (result.ok ? [] : result.problems));
  if (problems.length > 0) throw badFile(problems);
}
