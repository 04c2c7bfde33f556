/**
 * A window that has begun: from the first session that took the decision, the others have its span and no more. Its last day
 * is counted by article 291 like every term, so it moves to the next working day.
 */
import { earliest } from '../dates.ts';
import type { ItemKey, LawOf } from '../definition.ts';
import type { LocalDate } from '../ids.ts';
import { concerned, findAsk, findDecision, lawsOnRoute } from '../lookup.ts';
import { remembered } from '../remembered.ts';
import type { Ask, PathState } from '../state.ts';
import { termEnd } from '../terms.ts';

/** The session that counts for a party: it decided, perhaps with changes, or is planned, or was held and is not reported yet. */
export function countedSession(ask: Ask | undefined): LocalDate | undefined {
  switch (ask?.status) {
    case 'approved':
    case 'changed':
    case 'scheduled':
    case 'adjourned':
      return ask.answer?.sessionOn;
    default:
      return undefined;
  }
}

/** The law that asks all parties to take a decision within one window, on the path's route. */
export const windowOf = (state: PathState, decision: ItemKey): LawOf<'window'> | undefined =>
  lawsOnRoute(state).find((law): law is LawOf<'window'> => law.kind === 'window' && law.decision === decision);

/**
 * The first and last day of a window that has begun: when a party took the decision, with changes or without. A session that is
 * planned before that one, or was held and of which the outcome is not known, begins it earlier. Undefined before.
 */
export function runningWindow(
  state: PathState,
  law: LawOf<'window'>,
): { from: LocalDate; until: LocalDate } | undefined {
  const decision = findDecision(state, law.decision);
  const asks =
    decision === undefined ? [] : concerned(state, decision).map((party) => findAsk(state, decision.key, party));
  const hasBegun = asks.some((ask) => ask?.status === 'approved' || ask?.status === 'changed');
  const days = asks.flatMap((ask) => countedSession(ask) ?? []);
  const from = earliest(days);
  return hasBegun && from !== undefined ? { from, until: termEnd(from, law.span) } : undefined;
}

/** The last day of a running window in which a decision has to be taken. */
export const windowEnd = remembered((state, decision: ItemKey): LocalDate | undefined => {
  const law = windowOf(state, decision);
  return law && runningWindow(state, law)?.until;
});
