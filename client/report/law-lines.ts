/** What the law asks, for a terminal. */
import type { LawBrief, LawReport } from './plan-laws.ts';

export const briefLine = ({ key, article, status, message }: LawBrief): string =>
  `- ${key} (${article}): ${message} [${status}]`;

/** `last sessions: Asse 2032-12-20 (19 left), Wemmel none`; nothing for a law that is not about councils that still decide. */
function sessionsLine({ parties }: LawReport): string[] {
  const each = parties
    .filter(({ decidedOn }) => decidedOn === null)
    .map(({ name, lastSession, sessionsLeft, assumed }) =>
      lastSession === null
        ? `${name} none`
        : `${name} ${assumed ? '~' : ''}${lastSession} (${String(sessionsLeft)} left)`,
    );
  return each.length === 0 ? [] : [`  last sessions: ${each.join(', ')}`];
}

/** Lines for a terminal: how each law stands and ends, the last session of each council, and what moves with a window. */
export function lawLines(laws: readonly LawReport[]): string[] {
  return laws.flatMap((report) => [briefLine(report), ...sessionsLine(report), ...laterLines(report)]);
}

function laterLines({ message, expected, moves }: LawReport): string[] {
  return [
    ...(expected.message === message ? [] : [`  as expected: ${expected.message} [${expected.status}]`]),
    ...(moves.length === 0 ? [] : ['  a month later:']),
    ...moves.map(
      ({ key: moved, on, laterOn, becomesLate }) =>
        `    ${moved}: ${on ?? '-'} becomes ${laterOn ?? 'never'}${becomesLate ? ', too late' : ''}`,
    ),
  ];
}
