/** What a schema cannot see: whether the parts of a definition fit each other, and a round fits its definition. */
import type { Anchor, Condition, Definition, ItemKey, Round, RouteKey } from '../domain/definition.ts';
import { addDays } from '../domain/dates.ts';
import { checkAnchors, checkOwnDates } from './date-checks.ts';
import { checkLaws } from './law-checks.ts';
import { list, type Placed, placed, type Report } from './placed.ts';
import type { Problem } from './problem.ts';
import type { Path, Source } from './read.ts';
import { checkReminders, fallsSilent } from './reminder-checks.ts';

/**
 * Keys, needs, routes, bodies, reminder sets and anchors of a definition. With `roundDates`, the names of the dates that
 * rounds give, every date that is counted from must be one of them or a date of the item's routes. A definition that
 * gives its dates itself is always held against those.
 */
export function checkDefinition(definition: Definition, source: Source, roundDates?: ReadonlySet<Anchor>): Problem[] {
  const problems: Problem[] = [];
  const report: Report = (path, message, expected, at) => problems.push(source.problem(path, message, expected, at));
  const dates = definition.dates === undefined ? roundDates : new Set(Object.keys(definition.dates));
  checkKeys(definition, report);
  checkReferences(definition, report);
  checkReminders(definition, report, dates);
  for (const [name, rules] of Object.entries(definition.reminders)) problems.push(...fallsSilent(name, rules, source));
  checkLaws(definition, report, dates);
  if (problems.length === 0) checkCycles(definition, report);
  checkOwnDates(definition, report);
  if (dates !== undefined) checkAnchors(definition, report, dates);
  return problems;
}

function checkKeys(definition: Definition, report: Report): void {
  const { steps, items } = placed(definition);
  const unique = (entries: { key: string; path: Path }[]): void => {
    const seen = new Set<string>();
    for (const { key, path } of entries) {
      if (seen.has(key)) report([...path, 'key'], `the key ${key} is there twice`, 'a key of its own');
      seen.add(key);
    }
  };
  // In the order of the file, so that the second one is the one that is named.
  unique(steps.flatMap((step) => [step, ...items.filter((item) => item.step === step)]));
  unique(definition.routes.map(({ key }, index) => ({ key, path: ['routes', index] })));
  for (const [name, rules] of Object.entries(definition.reminders)) {
    unique(rules.map(({ key }, index) => ({ key, path: ['reminders', name, index] })));
  }
  for (const kind of ['submission', 'outcome'] as const) {
    const found = definition.steps.flatMap((step, index) =>
      step.tasks.flatMap((task, place) => (task.kind === kind ? [['steps', index, 'tasks', place, 'kind']] : [])),
    );
    for (const path of found.slice(1)) report(path, `a second task of kind ${kind}`, `one task of kind ${kind}`);
  }
}

function checkReferences(definition: Definition, report: Report): void {
  const { steps, items } = placed(definition);
  const keys = new Set([...steps, ...items].map(({ key }) => key));
  const routes = new Set(definition.routes.map(({ key }) => key));
  for (const { path, needs } of [...steps, ...items]) {
    for (const [index, need] of needs.entries()) {
      if (!keys.has(need))
        report([...path, 'needs', index], `needs ${need}, which is not there`, 'the key of a step, task or decision');
    }
  }
  const checkRoutes = (path: Path, wanted: RouteKey[] | undefined): void => {
    for (const [index, route] of (wanted ?? []).entries()) {
      if (!routes.has(route)) report([...path, 'routes', index], `unknown route ${route}`, list(routes));
    }
  };
  for (const [index, step] of definition.steps.entries()) {
    checkRoutes(['steps', index], step.routes);
    for (const [place, task] of step.tasks.entries()) {
      const path = ['steps', index, 'tasks', place];
      checkRoutes(path, task.routes);
      if (!(task.reminders in definition.reminders)) {
        report(
          [...path, 'reminders'],
          `unknown reminder set ${task.reminders}`,
          list(Object.keys(definition.reminders)),
        );
      }
    }
    for (const [place, decision] of step.decisions.entries()) {
      const path = ['steps', index, 'decisions', place];
      checkRoutes(path, decision.routes);
      if (!(decision.body in definition.bodies)) {
        report([...path, 'body'], `unknown body ${decision.body}`, list(Object.keys(definition.bodies)));
      }
      if (!(decision.reminders in definition.reminders)) {
        report(
          [...path, 'reminders'],
          `unknown reminder set ${decision.reminders}`,
          list(Object.keys(definition.reminders)),
        );
      }
    }
  }
  for (const role of ['ready', 'call'] as const) {
    const name = definition.roles[role];
    if (!(name in definition.reminders)) {
      report(['roles', role], `unknown reminder set ${name}`, list(Object.keys(definition.reminders)));
    }
  }
}

/** On each route, nothing may wait for itself, directly or through others. */
function checkCycles(definition: Definition, report: Report): void {
  const { steps, items } = placed(definition);
  const byKey = new Map<ItemKey, Placed>([...steps, ...items].map((each) => [each.key, each]));
  const optional = new Set(
    definition.steps
      .flatMap((step) => [...step.tasks, ...step.decisions])
      .flatMap((item) => (item.optional ? [item.key] : [])),
  );
  const reported = new Set<ItemKey>();
  for (const route of [undefined, ...definition.routes.map(({ key }) => key)]) {
    const isOn = (each: Placed): boolean =>
      each.routes === undefined || (route !== undefined && each.routes.includes(route));
    const waitsFor = (key: ItemKey): ItemKey[] => {
      const each = byKey.get(key);
      if (each === undefined || !isOn(each)) return [];
      const item = items.find((candidate) => candidate === each);
      if (item !== undefined) return [...item.step.needs, ...item.needs];
      return items
        .filter(({ step, key: inner }) => step === each && !optional.has(inner))
        .map(({ key: inner }) => inner);
    };
    const done = new Set<ItemKey>();
    const visit = (key: ItemKey, trail: ItemKey[]): void => {
      const start = trail.indexOf(key);
      if (start >= 0) {
        const circle = [...trail.slice(start), key];
        const at = circle.map((each) => byKey.get(each)).find((each) => each !== undefined && each.needs.length > 0);
        if (at !== undefined && !reported.has(at.key)) {
          reported.add(at.key);
          report([...at.path, 'needs'], `waits for itself: ${circle.join(' → ')}`, 'needs without a circle', 'key');
        }
        return;
      }
      if (done.has(key)) return;
      for (const need of waitsFor(key)) visit(need, [...trail, key]);
      done.add(key);
    };
    for (const each of [...steps, ...items]) visit(each.key, []);
  }
}

const itemsOf = (condition: Condition): ItemKey[] => {
  if (condition.kind === 'entry') return condition.unlessFounded ?? [];
  if (condition.kind !== 'applicant') return [];
  return [...condition.items, ...(condition.expires === undefined ? [] : [condition.expires.unless])];
};

/**
 * Items that a round's conditions name and the definition does not have. A round may serve several paths: of a condition
 * of which a path has nothing at all, nothing is said.
 */
export function unknownConditionItems(definition: Definition, round: Round): ItemKey[] {
  const known = new Set(definition.steps.flatMap((step) => [...step.tasks, ...step.decisions].map(({ key }) => key)));
  const named = (round.conditions ?? []).map(itemsOf).filter((items) => items.some((key) => known.has(key)));
  return [...new Set(named.flat())].filter((key) => !known.has(key));
}

/** A round's dates in their order. */
export function checkRound(round: Round, source: Source): Problem[] {
  const order = ['opensOn', 'closesOn', 'decisionBy', 'startsOn', 'endsOn'];
  const given = order.flatMap((name) => (round.dates[name] === undefined ? [] : [{ name, on: round.dates[name] }]));
  return given.flatMap(({ name, on }, index) => {
    const before = given[index - 1];
    if (before === undefined || on > before.on) return [];
    const message = `${name} is ${on}, not after ${before.name}`;
    return [source.problem(['dates', name], message, `a day from ${addDays(before.on, 1)}`)];
  });
}
