/** Where one "no" sinks a file: a decision that the law wants of everybody, or a municipality without which a condition fails. */
import type { Anchor, ItemKey } from './definition.ts';
import type { Instant, LocalDate, PartyId } from './ids.ts';
import {
  concerned,
  decisionsOf,
  findAsk,
  findDecision,
  isMunicipal,
  lawsOnRoute,
  municipalities,
  namedDate,
} from './lookup.ts';
import { isDone, isSettled } from './progress.ts';
import { isRefusal } from './refusals.ts';
import type { PathState } from './state.ts';
import { whatIf } from './what-if.ts';

export type Sinking =
  /** Every party must take the decision before a day, on which something ends otherwise. `waiting`: who has not. */
  | { kind: 'law'; law: string; article: string; decision: ItemKey; anchor: Anchor; on?: LocalDate; waiting: PartyId[] }
  /** The path would no longer meet these conditions of its round without that party, which still has something to decide. */
  | { kind: 'condition'; party: PartyId; conditions: string[] };

function byLaw(state: PathState): Sinking[] {
  return lawsOnRoute(state).flatMap((law): Sinking[] => {
    const decision = law.kind === 'before' ? findDecision(state, law.decision) : undefined;
    if (law.kind !== 'before' || decision === undefined || isDone(state, decision.key)) return [];
    const on = namedDate(state, law.anchor);
    const waiting = concerned(state, decision).filter((party) => !isSettled(findAsk(state, decision.key, party)));
    const { key, article, anchor } = law;
    return [{ kind: 'law', law: key, article, decision: decision.key, anchor, ...(on && { on }), waiting }];
  });
}

/** Whether a municipality can still say no to something that has to be decided. */
function stillDecides(state: PathState, party: PartyId): boolean {
  const all = decisionsOf(state).filter((decision) => decision.optional !== true && isMunicipal(state, decision));
  return all.some(({ key }) => !isSettled(findAsk(state, key, party)));
}

function byConditions(state: PathState, now: Instant): Sinking[] {
  if (state.round?.conditions === undefined || municipalities(state).length < 2) return [];
  return municipalities(state).flatMap(({ id: party }): Sinking[] => {
    if (!stillDecides(state, party)) return [];
    const outcome = whatIf(state, { without: [party] }, now);
    const lost = isRefusal(outcome) ? [] : outcome.crossed.filter(({ to }) => to === 'not-met').map(({ key }) => key);
    return lost.length === 0 ? [] : [{ kind: 'condition', party, conditions: lost }];
  });
}

/** Nothing for a path that ended or was handed in: then nobody can say no any more. */
export const sinkingOf = (state: PathState, now: Instant): Sinking[] =>
  state.ending !== undefined || state.submission !== undefined ? [] : [...byLaw(state), ...byConditions(state, now)];
