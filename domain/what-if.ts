/** What a change of parties would do to the conditions, before it happens: the real rules, on a copy of the path. */
import type { Command, NewParty } from './commands.ts';
import { type ConditionState, type ConditionStatus, conditionsOf } from './conditions.ts';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';
import type { Instant, PartyId } from './ids.ts';
import { type Refusal, isRefusal } from './refusals.ts';
import type { Actor, PathState } from './state.ts';

/** A party that says no changes nothing by itself: what counts is whether the path goes on without it. */
export interface Changes {
  with?: NewParty[];
  without?: PartyId[];
}

/** A condition whose status changes. */
export interface Crossed {
  key: string;
  from: ConditionStatus;
  to: ConditionStatus;
}

export interface WhatIf {
  before: ConditionState[];
  after: ConditionState[];
  crossed: Crossed[];
}

/** Shown nowhere: the copy is thrown away. */
const REASON = 'what if';

/**
 * The conditions before and after some parties join and others leave; or the refusal that the real command would get
 * (`party-exists`, `unknown-party`, `party-left`, `last-party`, `path-ended`). Who joins comes first, so that all can be replaced.
 */
export function whatIf(state: PathState, changes: Changes, now: Instant): WhatIf | Refusal {
  const actor: Actor = { kind: 'coordinator', personId: state.coordinator, via: 'web' };
  const commands: Command[] = [
    ...(changes.with ?? []).map((data): Command => ({ type: 'add-party', data })),
    ...(changes.without ?? []).map((party): Command => ({ type: 'remove-party', data: { party, reason: REASON } })),
  ];
  let next = state;
  for (const command of commands) {
    const events = decide(next, command, actor, now);
    if (isRefusal(events)) return events;
    next = events.reduce<PathState>(evolve, next);
  }
  return compared(state, next);
}

/** The conditions of two states of one path, and what lies between them. */
export function compared(state: PathState, next: PathState): WhatIf {
  const before = conditionsOf(state);
  const after = conditionsOf(next);
  const crossed = before.flatMap(({ key, status: from }, index) => {
    const to = after[index]?.status;
    return to === undefined || to === from ? [] : [{ key, from, to }];
  });
  return { before, after, crossed };
}
