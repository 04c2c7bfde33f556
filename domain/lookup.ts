/** Finding things in a definition, and what of it counts on a path's route. */
import { workingDayOnOrAfter, workingDayOnOrBefore } from './calendar.ts';
import type {
  Anchor,
  Body,
  BodyKey,
  DateRule,
  Decision,
  Definition,
  ItemKey,
  Law,
  Round,
  Step,
  Task,
} from './definition.ts';
import { bodyParty } from './definition.ts';
import { askKey, type AskKey, type LocalDate, type PartyId } from './ids.ts';
import { remembered } from './remembered.ts';
import type { Ask, Party, PathState, SessionSource } from './state.ts';
import { after } from './terms.ts';

interface Found<Item> {
  item: Item;
  step: Step;
}

interface Index {
  steps: Map<ItemKey, Step>;
  tasks: Map<ItemKey, Found<Task>>;
  decisions: Map<ItemKey, Found<Decision>>;
}

// A definition never changes within a path, so one index serves every look at it.
const indexes = new WeakMap<Definition, Index>();

function indexOf(definition: Definition): Index {
  let index = indexes.get(definition);
  if (index === undefined) {
    index = { steps: new Map(), tasks: new Map(), decisions: new Map() };
    for (const step of definition.steps) {
      index.steps.set(step.key, step);
      for (const item of step.tasks) index.tasks.set(item.key, { item, step });
      for (const item of step.decisions) index.decisions.set(item.key, { item, step });
    }
    indexes.set(definition, index);
  }
  return index;
}

export const findStep = (state: PathState, key: ItemKey): Step | undefined => indexOf(state.definition).steps.get(key);
export const findTask = (state: PathState, key: ItemKey): Task | undefined =>
  indexOf(state.definition).tasks.get(key)?.item;
export const findDecision = (state: PathState, key: ItemKey): Decision | undefined =>
  indexOf(state.definition).decisions.get(key)?.item;

/** Throws for a key that is no decision of the definition. */
export function requireDecision(state: PathState, key: ItemKey): Decision {
  const decision = findDecision(state, key);
  if (decision === undefined) throw new Error(`definition ${state.definition.key} has no decision ${key}`);
  return decision;
}

/** Everything that must be done before a task or decision opens: its own needs and those of its step. */
export function needsOf(state: PathState, key: ItemKey): ItemKey[] {
  const index = indexOf(state.definition);
  const found = index.tasks.get(key) ?? index.decisions.get(key);
  if (found === undefined) return index.steps.get(key)?.needs ?? [];
  return [...found.step.needs, ...found.item.needs];
}

type Routed = Pick<Task | Decision | Step, 'routes'>;

const routeHas = (state: PathState, item: Routed): boolean =>
  item.routes === undefined || (state.route !== undefined && item.routes.includes(state.route));

/** True for what only some routes have. */
export function isRouted(state: PathState, key: ItemKey): boolean {
  const index = indexOf(state.definition);
  const found = index.tasks.get(key) ?? index.decisions.get(key);
  return (found?.step ?? index.steps.get(key))?.routes !== undefined || found?.item.routes !== undefined;
}

/** True when a step, task or decision is part of the route that the path takes. */
export function isOnRoute(state: PathState, key: ItemKey): boolean {
  const index = indexOf(state.definition);
  const step = index.steps.get(key);
  if (step !== undefined) return routeHas(state, step);
  const found = index.tasks.get(key) ?? index.decisions.get(key);
  return found !== undefined && routeHas(state, found.step) && routeHas(state, found.item);
}

export const stepsOf = (state: PathState): Step[] => state.definition.steps.filter((step) => routeHas(state, step));
export const tasksOf = (state: PathState): Task[] =>
  stepsOf(state).flatMap((step) => step.tasks.filter((task) => routeHas(state, task)));
export const decisionsOf = (state: PathState): Decision[] =>
  stepsOf(state).flatMap((step) => step.decisions.filter((decision) => routeHas(state, decision)));

interface Taking {
  active: readonly Party[];
  municipalities: readonly Party[];
  ids: readonly PartyId[];
}

// Every date of a path is worked out for each of its parties, and who takes part seldom changes.
const partTakers = new WeakMap<PathState['parties'], Taking>();

function takingPart({ parties }: PathState): Taking {
  const known = partTakers.get(parties);
  if (known !== undefined) return known;
  const isActive = (party: Party | undefined): party is Party => party !== undefined && party.leftOn === undefined;
  const active = Object.values(parties).filter(isActive);
  const members = active.filter(isMunicipality);
  const taking = { active, municipalities: members, ids: members.map(({ id }) => id) };
  partTakers.set(parties, taking);
  return taking;
}

/** The parties that take part today. */
export const activeParties = (state: PathState): readonly Party[] => takingPart(state).active;

export const isMunicipality = (party: Party): boolean => party.id.startsWith('nis:');
export const municipalities = (state: PathState): readonly Party[] => takingPart(state).municipalities;

/** What the law asks of the route that the path takes. */
export const lawsOnRoute = (state: PathState): Law[] =>
  state.definition.routes.find(({ key }) => key === state.route)?.laws ?? [];

/** True for a decision that each municipality takes, false for one of a body that exists once. */
export const isMunicipal = (state: PathState, { body }: Pick<Decision, 'body'>): boolean =>
  state.definition.bodies[body]?.per === 'municipality';

/** Which parties a decision is asked of. */
export function concerned(state: PathState, decision: Decision): readonly PartyId[] {
  const body = state.definition.bodies[decision.body];
  if (body?.per === 'path') return [bodyParty(decision.body)];
  return takingPart(state).ids;
}

interface Deciding {
  key: BodyKey;
  body: Body;
  /** What is known of its sessions. */
  source?: SessionSource;
}

/** The body that takes a decision at a party: the definition's, unless it was changed for that party. */
export function bodyOf(state: PathState, decision: Decision, party: PartyId): Deciding {
  const key = state.parties[party]?.bodies[decision.key] ?? decision.body;
  const usual = state.definition.bodies[key];
  if (usual === undefined) throw new Error(`definition ${state.definition.key} has no body ${key}`);
  const body = key === decision.body ? withNotice(usual, decision) : usual;
  const source = state.parties[body.per === 'path' ? bodyParty(key) : party]?.sessions[key];
  return { key, body: withLead(body, state.parties[party]?.leadDays), ...(source && { source }) };
}

/** A municipality's own lead time is that of its files for monthly meetings; a body that meets every week needs no more than its own. */
const withLead = (body: Body, leadDays: number | undefined): Body =>
  leadDays === undefined || body.assumed.every === 'week' ? body : { ...body, leadDays };

/** A body with the notice that a decision asks of it. */
const withNotice = (body: Body, { notice }: Decision): Body => (notice === undefined ? body : { ...body, notice });

export const findAsk = (state: PathState, decision: ItemKey, party: PartyId): Ask | undefined =>
  state.asks[askKey(decision, party)];

/** Whether an ask is about a text of which its party was sent a draft. */
export function hasDraft(state: PathState, ask: Ask): boolean {
  const decision = findDecision(state, ask.decision);
  return (
    ask.unasked !== true && ask.carriedFrom === undefined && decision !== undefined && isMunicipal(state, decision)
  );
}

/** The asks of parties that take part, for decisions on the route. */
export const currentAsks = remembered((state): readonly { key: AskKey; ask: Ask; decision: Decision }[] => {
  const result: { key: AskKey; ask: Ask; decision: Decision }[] = [];
  for (const decision of decisionsOf(state)) {
    for (const party of concerned(state, decision)) {
      const key = askKey(decision.key, party);
      const ask = state.asks[key];
      if (ask !== undefined) result.push({ key, ask, decision });
    }
  }
  return result;
});

/** A named date of the path or of its round. */
export const namedDate = (state: Pick<PathState, 'dates' | 'round'>, anchor: Anchor): LocalDate | undefined =>
  state.dates[anchor] ?? state.round?.dates[anchor];

/** All named dates of the path and of its round, with the value that counts. */
export const namedDates = (state: Pick<PathState, 'dates' | 'round'>): Record<Anchor, LocalDate> => ({
  ...state.round?.dates,
  ...state.dates,
});

/** The key under which the move of a named date is kept. */
export const dateKey = (anchor: Anchor): string => `dates.${anchor}`;

/** The day that a rule gives, as it falls. */
export function ruleDate(state: Pick<PathState, 'dates' | 'round'>, rule: DateRule): LocalDate | undefined {
  const anchor = namedDate(state, rule.anchor);
  return anchor === undefined ? undefined : after(anchor, rule);
}

/**
 * The last day that a rule gives. A day that was counted and on which nobody works moves, as article 291 of the Decreet
 * lokaal bestuur has it: on, when it was counted forwards; back, when it was counted backwards. A named date stays as it is.
 */
export function lastDayOf(state: Pick<PathState, 'dates' | 'round'>, rule: DateRule): LocalDate | undefined {
  const anchor = namedDate(state, rule.anchor);
  const day = ruleDate(state, rule);
  if (anchor === undefined || day === undefined || day === anchor) return day;
  return day > anchor ? workingDayOnOrAfter(day) : workingDayOnOrBefore(day);
}

/** The dates that a round's conditions count from and that it does not give: each path says its own, and they may be past. */
export const conditionDates = (round: Round | undefined): Anchor[] =>
  (round?.conditions ?? []).flatMap((condition) => (condition.kind === 'entry' ? [condition.anchor] : []));
