/** Which texts a path asked about, and what it knew at that moment: the record says it, however often it is asked. */
import type { PathEvent } from './events.ts';
import { evolve } from './evolve.ts';
import type { Decision } from './definition.ts';
import type { Instant, PartyId } from './ids.ts';
import { currentAsks, isMunicipal } from './lookup.ts';
import type { PathState } from './state.ts';

export interface AskedText {
  decision: Decision;
  party: PartyId;
  textVersion: number;
  at: Instant;
  /** The path right after it was asked. */
  state: PathState;
}

/**
 * Each version of a text that was asked of a body of a municipality, the first time that it was, oldest first. What was
 * decided before anybody asked is none: nobody was sent a text.
 */
export function askedTexts(events: readonly PathEvent[]): AskedText[] {
  const asked = new Map<string, AskedText>();
  let before: PathState | undefined;
  for (const event of events) {
    const state: PathState = evolve(before, event);
    if (state.asks !== before?.asks) {
      for (const each of newIn(before, state)) {
        const key = `${each.decision.key}/${each.party}/${String(each.textVersion)}`;
        if (!asked.has(key)) asked.set(key, { ...each, at: event.at, state });
      }
    }
    before = state;
  }
  return [...asked.values()];
}

function newIn(before: PathState | undefined, state: PathState): Omit<AskedText, 'at' | 'state'>[] {
  return currentAsks(state).flatMap(({ key, ask, decision }) => {
    const isNew = before?.asks[key]?.attempt !== ask.attempt && ask.status === 'requested';
    return isNew && isMunicipal(state, decision) ? [{ decision, party: ask.party, textVersion: ask.textVersion }] : [];
  });
}
