/** What became of a mail after a server had taken it, and what a coordinator says of an address. */
import type { EventOf } from '../events.ts';
import type { PersonId } from '../ids.ts';
import { kindOfKey } from '../message.ts';
import { madeUnreachable, withNewSpeakers } from '../reach.ts';
import { without } from '../records.ts';
import type { PathState } from '../state.ts';

/** The mail is gone, and with it what it said: who stands in for the person is asked anew. */
export function mailReturned(state: PathState, { data, at }: EventOf<'mail-returned'>): PathState {
  const { key, to, why } = data;
  const lost = { key, to, kind: kindOfKey(key) ?? 'request', at, outcome: 'returned' as const };
  const next = { ...state, undelivered: [...state.undelivered, lost] };
  return why === 'content' ? next : withNewSpeakers(state, madeUnreachable(next, to, why, at));
}

/** Who can be reached again is asked what is still open. */
export const addressConfirmed = (state: PathState, person: PersonId): PathState =>
  withNewSpeakers(state, { ...state, unreachable: without(state.unreachable, person) });
