/** A plan for a terminal. */
import { lawLines } from './law-lines.ts';
import { conditionsTable } from './conditions.ts';
import { countedBy } from './plan-terms.ts';
import { table } from './table.ts';
import type { PlanReport } from './plan.ts';

/** `~` marks a day that rests on an assumed pattern of sessions. */
const estimated = (day: string | null, isAssumed: boolean): string =>
  day === null ? '-' : isAssumed ? `~${day}` : day;

export function planTable(plan: PlanReport): string {
  const decisions = plan.parties.flatMap(({ name, decisions: all }) =>
    all.map((each) => [
      name,
      each.decision,
      each.askedOn ?? '-',
      estimated(each.expectedOn, each.assumed),
      estimated(each.textsBy, each.assumed),
      estimated(each.agendaCutoff, each.assumed),
      estimated(each.lastSession, each.assumed),
      each.daysAfterLast === null ? '-' : String(each.daysAfterLast),
      each.dueOn,
      each.state,
      each.article ?? '-',
    ]),
  );
  const head = [
    ...['party', 'decision', 'asked', 'decides', 'texts by', 'agenda cut-off', 'last session', 'days after', 'due'],
    ...['state', 'notice by'],
  ];
  const deadlines = plan.deadlines.map(({ key, on, why, article = '' }) => [on, key, article, why]);
  const kinds = [...new Set(plan.mails.map(({ kind }) => kind))].sort();
  const mails = kinds.map((kind) => {
    const count = (ifSilent: boolean): string =>
      String(plan.mails.filter((mail) => mail.kind === kind && mail.ifSilent === ifSilent).length);
    return [kind, count(false), count(true)];
  });
  return [
    `${plan.partnership} (${plan.id})`,
    '',
    table([head, ...decisions]),
    '~ an estimate: follows from an assumed pattern of sessions that nobody has confirmed',
    'texts by: when the administration needs them; days after: what remains from the last session to the deadline',
    '',
    table([['deadline', 'what', 'by law', 'why'], ...deadlines]),
    '',
    table([['mails', 'expected', 'more if nobody answers'], ...mails]),
    '',
    'Terms',
    ...plan.terms.map(({ article, message }) => `- ${message} (${article})`),
    `- ${countedBy}`,
    ...(plan.laws.length === 0 ? [] : ['', 'Law', ...lawLines(plan.laws)]),
    ...(plan.conditions.length === 0 ? [] : ['', conditionsTable(plan.conditions)]),
    ...(plan.warnings.length === 0 ? [] : ['', 'Warnings']),
    ...plan.warnings.map(({ code, message }) => `- ${message} (${code})`),
  ].join('\n');
}
