/** Whether every date that a definition counts from is given by a round, by a route, or by the path itself. */
import type { Anchor, DateRule, Definition, ItemKey, OwnDate, Round, RouteKey } from '../domain/definition.ts';
import { list, placed, type Report } from './placed.ts';
import type { Path } from './read.ts';
import { isSubjectAnchor } from './reminder-checks.ts';

const givenDates = (dates: Record<Anchor, OwnDate>): Anchor[] =>
  Object.entries(dates).flatMap(([name, date]) => (date === 'given' ? [name] : []));

/** Dates of the path itself count from those that every region file gives: one step, so that none can go in a circle. */
export function checkOwnDates({ dates = {} }: Definition, report: Report): void {
  const given = givenDates(dates);
  for (const [name, date] of Object.entries(dates)) {
    if (date === 'given' || given.includes(date.anchor)) continue;
    report(['dates', name, 'anchor'], `${date.anchor} is not a date that every path gives`, list(given));
  }
}

/** Every rule that counts from a named date of the round or the path, with the routes on which it does. */
function dateRules(definition: Definition): { rule: DateRule; path: Path; routes: RouteKey[] | undefined }[] {
  const { items } = placed(definition);
  const routesOf = (key: ItemKey): RouteKey[] | undefined => items.find((item) => item.key === key)?.routes;
  const found: { rule: DateRule | undefined; path: Path; routes: RouteKey[] | undefined }[] = [
    { rule: definition.closing, path: ['closing'], routes: undefined },
  ];
  for (const [index, step] of definition.steps.entries()) {
    for (const [place, task] of step.tasks.entries()) {
      const path = ['steps', index, 'tasks', place];
      const routes = routesOf(task.key);
      found.push(
        { rule: task.due, path: [...path, 'due'], routes },
        { rule: task.expected, path: [...path, 'expected'], routes },
      );
    }
    for (const [place, decision] of step.decisions.entries()) {
      const path = ['steps', index, 'decisions', place];
      const routes = routesOf(decision.key);
      found.push(
        { rule: decision.due, path: [...path, 'due'], routes },
        { rule: decision.askFrom, path: [...path, 'askFrom'], routes },
      );
    }
  }
  for (const [name, rules] of Object.entries(definition.reminders)) {
    for (const [index, { until }] of rules.entries()) {
      // A date of the subject itself is always there.
      if (until !== undefined && isSubjectAnchor(until.anchor)) continue;
      found.push({ rule: until, path: ['reminders', name, index, 'until'], routes: undefined });
    }
  }
  return found.flatMap(({ rule, path, routes }) => (rule === undefined ? [] : [{ rule, path, routes }]));
}

/** @param roundDates the names of the dates of rounds, or of the path itself when it belongs to none */
export function checkAnchors(definition: Definition, report: Report, roundDates: ReadonlySet<Anchor>): void {
  for (const [index, route] of definition.routes.entries()) {
    for (const [name, rule] of Object.entries(route.dates ?? {})) {
      if (roundDates.has(rule.anchor)) continue;
      report(['routes', index, 'dates', name, 'anchor'], `no round gives the date ${rule.anchor}`, list(roundDates));
    }
  }
  const given = (route: RouteKey): string[] =>
    Object.keys(definition.routes.find(({ key }) => key === route)?.dates ?? {});
  for (const { rule, path, routes } of dateRules(definition)) {
    if (roundDates.has(rule.anchor)) continue;
    const own = definition.routes.some(({ key }) => given(key).includes(rule.anchor));
    if (routes === undefined && own) {
      report(
        path,
        `counts from ${rule.anchor}, which is not known before the route is chosen`,
        'routes on this item, or a date of the round',
      );
    } else if (routes?.every((route) => given(route).includes(rule.anchor)) !== true) {
      report([...path, 'anchor'], `no round or route gives the date ${rule.anchor}`, list(roundDates));
    }
  }
}

/** The dates that a definition counts from and that neither the round nor its routes give. */
export function missingDates(definition: Definition, round: Round): Anchor[] {
  const routeDates = new Set(definition.routes.flatMap((route) => Object.keys(route.dates ?? {})));
  const wanted = [
    ...dateRules(definition).map(({ rule }) => rule.anchor),
    ...definition.routes.flatMap((route) => Object.values(route.dates ?? {}).map((rule) => rule.anchor)),
  ];
  return [...new Set(wanted)].filter((anchor) => !(anchor in round.dates) && !routeDates.has(anchor));
}
