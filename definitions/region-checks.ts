/** What the schema of a region file cannot see: municipalities, routes, decisions, and who is who. */
import type { z } from 'zod';
import type { Anchor, Definition, Round, RouteKey } from '../domain/definition.ts';
import { conditionDates } from '../domain/lookup.ts';
import { checkAnswer } from './answer-checks.ts';
import { adjoiningParties } from './facts-file.ts';
import { municipalityOf, type PersonInput } from './fields.ts';
import type { Problem } from './problem.ts';
import type { Source } from './read.ts';
import type { decidedSchema, RawRegion } from './region-schema.ts';
import { topicExpected } from './topic.ts';

/** @param round the round that the file names; its conditions may count from dates of their own */
export function crossChecks(
  raw: RawRegion,
  definition: Definition,
  round: Round | undefined,
  source: Source,
): Problem[] {
  const routes = definition.routes.map(({ key }) => key);
  const problems: Problem[] = [];
  // A route that does not exist is one error; what would follow from it is not held against the rest.
  const onRoutes = raw.route !== undefined && routes.includes(raw.route) ? [raw.route] : routes;
  if (raw.route !== undefined && !routes.includes(raw.route)) {
    const expected = routes.length === 0 ? `no route: ${definition.key} has none` : `one of ${routes.join(', ')}`;
    problems.push(source.problem(['route'], `unknown route ${raw.route}`, expected));
  }
  problems.push(
    ...dateProblems(raw, definition, conditionDates(round), onRoutes, source),
    ...topicProblems(raw, definition, source),
  );
  if (raw.deputy !== undefined && isSame(raw.coordinator, raw.deputy)) {
    problems.push(source.problem(['deputy'], 'the deputy is the coordinator', 'somebody else, or no deputy'));
  }
  const seen = new Map<string, number>();
  for (const [index, entry] of raw.municipalities.entries()) {
    const path = ['municipalities', index];
    const found = municipalityOf(entry.municipality);
    if (!found.ok) {
      problems.push(source.problem([...path, 'municipality'], found.message, found.expected));
    } else {
      const first = seen.get(found.party);
      if (first !== undefined) {
        const where = source.placeOf(['municipalities', first, 'municipality']);
        const message = `${found.name} is there twice, first on ${where}`;
        problems.push(source.problem([...path, 'municipality'], message, 'each municipality once'));
      }
      seen.set(found.party, first ?? index);
      adjoiningParties(entry.adjoining ?? [], found.party, (place, message, expected) => {
        problems.push(source.problem([...path, 'adjoining', place], message, expected));
      });
    }
    if (entry.contact !== undefined && entry.deputy !== undefined && isSame(entry.contact, entry.deputy)) {
      problems.push(source.problem([...path, 'deputy'], 'the deputy is the contact', 'somebody else, or no deputy'));
    }
    problems.push(...decidedProblems(entry.decided ?? [], [...path, 'decided'], onRoutes, definition, source));
  }
  return problems;
}

/** Dates that nothing knows, and dates that only the file can give. `asked` are those that a round's conditions count from. */
function dateProblems(
  raw: RawRegion,
  definition: Definition,
  asked: readonly Anchor[],
  onRoutes: RouteKey[],
  source: Source,
): Problem[] {
  const { dates = {}, routes } = definition;
  const given = raw.dates ?? {};
  const onRoute = routes.filter(({ key }) => onRoutes.includes(key)).flatMap((route) => Object.keys(route.dates ?? {}));
  const known = [...new Set([...Object.keys(dates), ...onRoute, ...asked])];
  const unknown = Object.keys(given).filter((name) => !known.includes(name));
  const missing = Object.keys(dates).filter((name) => dates[name] === 'given' && given[name] === undefined);
  return [
    ...unknown.map((name) =>
      source.problem(['dates', name], `unknown date ${name}`, `one of ${known.join(', ')}`, 'key'),
    ),
    ...missing.map((name) =>
      source.problem(['dates'], `dates.${name} is missing`, `${name}: a day, written YYYY-MM-DD`, 'key'),
    ),
  ];
}

/** The topic belongs in the file when the definition leaves it open, and only then. */
function topicProblems({ topic }: RawRegion, definition: Definition, source: Source): Problem[] {
  const isGiven = topic !== undefined;
  if (isGiven === (definition.topic === 'given')) return [];
  return isGiven
    ? [source.problem(['topic'], `the path ${definition.key} says itself what is decided`, 'no topic', 'key')]
    : [source.problem(['topic'], 'topic is missing', topicExpected)];
}

const isSame = (a: PersonInput, b: PersonInput): boolean =>
  a.email.toLowerCase() === b.email.toLowerCase() && a.name.toLowerCase() === b.name.toLowerCase();

function decidedProblems(
  decided: z.output<typeof decidedSchema>[],
  path: (string | number)[],
  onRoutes: RouteKey[],
  definition: Definition,
  source: Source,
): Problem[] {
  const local = definition.steps
    .flatMap((step) => step.decisions.map((decision) => ({ step, decision })))
    .filter(({ decision }) => definition.bodies[decision.body]?.per === 'municipality');
  const onRoute = local.filter(({ step, decision }) =>
    [step.routes, decision.routes].every(
      (routes) => routes === undefined || onRoutes.some((route) => routes.includes(route)),
    ),
  );
  const keys = onRoute.map(({ decision }) => decision.key);
  return decided.flatMap((each, index) => {
    const at = [...path, index];
    const problems = checkAnswer(each, at, source);
    if (!keys.includes(each.decision)) {
      const isElsewhere = local.some(({ decision }) => decision.key === each.decision);
      const message = isElsewhere ? `${each.decision} is not on this route` : `unknown decision ${each.decision}`;
      problems.push(source.problem([...at, 'decision'], message, `one of ${keys.join(', ')}`));
    }
    if (decided.findIndex((other) => other.decision === each.decision) < index) {
      problems.push(source.problem([...at, 'decision'], `${each.decision} is there twice`, 'the last answer only'));
    }
    return problems;
  });
}
