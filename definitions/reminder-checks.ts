/** Whether reminders count from dates that their subjects have, and never fall silent. */
import type { Anchor, Definition, ReminderSet } from '../domain/definition.ts';
import { list, type Report } from './placed.ts';
import type { Problem } from './problem.ts';
import type { Source } from './read.ts';

/** The dates that a subject of reminders has, by what it is. */
const subjectAnchors = {
  ask: ['requestedOn', 'agendaCutoff', 'lastSession', 'dueOn', 'nextAgendaCutoff', 'answeredOn'],
  task: ['openedOn', 'dueOn'],
  ready: ['readyOn', 'dueOn', 'requestBy'],
  call: ['answeredOn'],
} as const;

export const isSubjectAnchor = (anchor: Anchor): boolean =>
  Object.values(subjectAnchors)
    .flat()
    .some((known) => known === anchor);

/** What is open must always have a next moment: silence may never go unnoticed. */
export function fallsSilent(name: string, rules: ReminderSet, source: Source): Problem[] {
  if (rules.some((rule) => rule.repeatDays !== undefined && rule.until === undefined)) return [];
  const message = `the reminder set ${name} falls silent in the end`;
  return [source.problem(['reminders', name], message, 'a rule with repeatDays and without until', 'key')];
}

export function checkReminders(
  definition: Definition,
  report: Report,
  roundDates: ReadonlySet<Anchor> | undefined,
): void {
  const uses = new Map<string, Set<keyof typeof subjectAnchors>>();
  const use = (name: string, as: keyof typeof subjectAnchors): void => {
    uses.set(name, (uses.get(name) ?? new Set()).add(as));
  };
  for (const step of definition.steps) {
    for (const task of step.tasks) use(task.reminders, 'task');
    for (const decision of step.decisions) use(decision.reminders, 'ask');
  }
  use(definition.roles.ready, 'ready');
  use(definition.roles.call, 'call');
  for (const [name, rules] of Object.entries(definition.reminders)) {
    const usedAs = uses.get(name);
    if (usedAs === undefined)
      report(['reminders', name], `nothing uses the reminder set ${name}`, 'a set that is used', 'key');
    for (const [index, rule] of rules.entries()) {
      for (const as of usedAs ?? []) {
        const own: readonly string[] = subjectAnchors[as];
        if (own.includes(rule.anchor) || (roundDates?.has(rule.anchor) ?? false)) continue;
        if (roundDates === undefined && !isSubjectAnchor(rule.anchor)) continue;
        report(
          ['reminders', name, index, 'anchor'],
          `${rule.anchor} is not a date here`,
          list([...own, ...(roundDates ?? [])]),
        );
      }
    }
  }
}
