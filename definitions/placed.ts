/** Where the parts of a definition stand in its file, and how what is wrong with them is reported. */
import type { Definition, ItemKey, RouteKey } from '../domain/definition.ts';
import type { Path } from './read.ts';

/** A reported problem, by its path in the definition. */
export type Report = (path: Path, message: string, expected: string, at?: 'value' | 'key') => void;

export interface Placed {
  key: ItemKey;
  path: Path;
  needs: ItemKey[];
  /** The routes it is on; undefined: every route, and before one is chosen. */
  routes: RouteKey[] | undefined;
}

export const list = (names: Iterable<string>): string => `one of ${[...names].join(', ')}`;

const commonRoutes = (a: RouteKey[] | undefined, b: RouteKey[] | undefined): RouteKey[] | undefined =>
  a === undefined ? b : b === undefined ? a : a.filter((route) => b.includes(route));

/** Steps and items with where they stand in the file. */
export function placed(definition: Definition): { steps: Placed[]; items: (Placed & { step: Placed })[] } {
  const steps: Placed[] = [];
  const items: (Placed & { step: Placed })[] = [];
  for (const [index, { key, needs, routes, tasks, decisions }] of definition.steps.entries()) {
    const step: Placed = { key, path: ['steps', index], needs, routes };
    steps.push(step);
    for (const [kind, found] of [['tasks', tasks] as const, ['decisions', decisions] as const]) {
      for (const [place, item] of found.entries()) {
        const path = ['steps', index, kind, place];
        items.push({ key: item.key, path, needs: item.needs, routes: commonRoutes(routes, item.routes), step });
      }
    }
  }
  return { steps, items };
}
