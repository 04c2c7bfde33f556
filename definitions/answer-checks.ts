/** What an answer needs besides its shape; the same in region files (`decided`) and in answers files. */
import type { LocalDate } from '../domain/ids.ts';
import type { AnswerKind } from '../domain/state.ts';
import type { Problem } from './problem.ts';
import type { Path, Source } from './read.ts';

interface GivenAnswer {
  answer: AnswerKind;
  on: LocalDate;
  to?: LocalDate;
  changes?: string;
}

export function checkAnswer(given: GivenAnswer, path: Path, source: Source): Problem[] {
  const { answer, on, to, changes } = given;
  const problems: Problem[] = [];
  if (answer === 'approved-with-changes' && changes === undefined) {
    problems.push(
      source.problem(path, 'approved with changes, but without the changes', 'changes: what the body changed'),
    );
  }
  if (answer !== 'approved-with-changes' && changes !== undefined) {
    problems.push(
      source.problem([...path, 'changes'], `changes with the answer ${answer}`, 'answer: approved-with-changes', 'key'),
    );
  }
  if (to !== undefined && answer !== 'adjourned') {
    problems.push(
      source.problem([...path, 'to'], `a new session with the answer ${answer}`, 'answer: adjourned', 'key'),
    );
  } else if (to !== undefined && to <= on) {
    problems.push(source.problem([...path, 'to'], `to is ${to}, not after ${on}`, `a session after ${on}`));
  }
  return problems;
}
