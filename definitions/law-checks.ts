/** Whether the laws of a route speak of what is on it: its items, its decisions, and dates that somebody gives. */
import type { Anchor, Definition, ItemKey, Law, Route } from '../domain/definition.ts';
import { list, placed, type Report } from './placed.ts';
import type { Path } from './read.ts';

/** The fields of a law that name something. */
function named(law: Law): { field: string; key: ItemKey; mustDecide: boolean }[] {
  switch (law.kind) {
    case 'window':
    case 'before':
      return [{ field: 'decision', key: law.decision, mustDecide: true }];
    case 'within':
      return [
        { field: 'from', key: law.from, mustDecide: false },
        { field: 'to', key: law.to, mustDecide: false },
      ];
    case 'apart':
      return [
        { field: 'from', key: law.from, mustDecide: false },
        { field: 'to', key: law.to, mustDecide: true },
      ];
    case 'lasts':
      return [{ field: 'from', key: law.from, mustDecide: false }];
    case 'done':
      return [{ field: 'item', key: law.item, mustDecide: false }];
  }
}

const anchorOf = (law: Law): { field: string; anchor: Anchor } | undefined => {
  if (law.kind === 'before') return { field: 'anchor', anchor: law.anchor };
  return law.kind === 'lasts' && law.covers !== undefined ? { field: 'covers', anchor: law.covers } : undefined;
};

/** With `roundDates`, the names of the dates that rounds give, a law's date must be one of them or of its route. */
export function checkLaws(definition: Definition, report: Report, roundDates?: ReadonlySet<Anchor>): void {
  const { items } = placed(definition);
  const decisions = new Set(definition.steps.flatMap((step) => step.decisions.map(({ key }) => key)));
  const keysOn = (route: Route, isDecision: boolean): ItemKey[] =>
    items
      .filter(({ key, routes }) => (routes?.includes(route.key) ?? true) && (!isDecision || decisions.has(key)))
      .map(({ key }) => key);

  const checkLaw = (route: Route, law: Law, path: Path): void => {
    for (const { field, key, mustDecide } of named(law)) {
      if (keysOn(route, mustDecide).includes(key)) continue;
      const what = mustDecide ? 'decision' : 'task or decision';
      report([...path, field], `the route ${route.key} has no ${what} ${key}`, `a ${what} of this route`);
    }
    const date = anchorOf(law);
    const given = [...Object.keys(route.dates ?? {}), ...(roundDates ?? [])];
    if (date !== undefined && roundDates !== undefined && !given.includes(date.anchor)) {
      report([...path, date.field], `no round or route gives the date ${date.anchor}`, list(given));
    }
  };

  for (const [index, route] of definition.routes.entries()) {
    const seen = new Set<string>();
    for (const [place, law] of (route.laws ?? []).entries()) {
      const path = ['routes', index, 'laws', place];
      if (seen.has(law.key)) report([...path, 'key'], `the key ${law.key} is there twice`, 'a key of its own');
      seen.add(law.key);
      checkLaw(route, law, path);
    }
  }
}
