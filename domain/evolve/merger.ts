/** Municipalities that become one: those that end leave, the successor takes over what all of them had settled. */
import type { EventOf } from '../events.ts';
import { localDay } from '../dates.ts';
import { askKey } from '../ids.ts';
import type { PathState } from '../state.ts';
import { changeParty, contactReplaced, deputyReplaced, partyAdded, partyChanged, partyRemoved } from './parties.ts';

type Merged = EventOf<'parties-merged'>;

/** What is said of a successor that takes part already changes it; a new one joins. */
function succeeded(state: PathState, { data: { into }, at }: Merged): PathState {
  const known = state.parties[into.party];
  if (known === undefined || known.leftOn !== undefined) return partyAdded(state, into, localDay(at));
  const { contact, deputy, ...more } = into;
  let next = partyChanged(state, more, localDay(at));
  if (contact !== undefined && contact !== known.contact) next = contactReplaced(next, into.party, contact, at);
  if (deputy !== undefined && deputy !== known.deputy) next = deputyReplaced(next, into.party, deputy, at);
  return next;
}

export function partiesMerged(state: PathState, event: Merged): PathState {
  const { parties, into, carried } = event.data;
  const on = localDay(event.at);
  const left = parties.reduce(
    (next, party) => changeParty(partyRemoved(next, party, on), party, (old) => ({ ...old, mergedInto: into.party })),
    state,
  );
  const next = succeeded(left, event);
  const asks = { ...next.asks };
  for (const { decision, from } of carried) {
    const ask = state.asks[askKey(decision, from)];
    const key = askKey(decision, into.party);
    const attempt = (state.asks[key]?.attempt ?? 0) + 1;
    if (ask !== undefined) asks[key] = { ...ask, party: into.party, attempt, carriedFrom: ask.carriedFrom ?? from };
  }
  return { ...next, asks };
}
