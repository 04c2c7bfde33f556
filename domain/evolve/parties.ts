/** Who takes part, who speaks for them, and when they meet. */
import type { NewParty } from '../commands.ts';
import { named, renamed } from '../details.ts';
import type { EventOf } from '../events.ts';
import type { Instant, LocalDate, PartyId, PersonId } from '../ids.ts';
import { passedOn } from '../delivery.ts';
import { askedAnew, withNewSpeakers } from '../reach.ts';
import { without } from '../records.ts';
import type { Party, PathState, SessionSource } from '../state.ts';

export function newParty(data: NewParty, on: LocalDate, generation: number): Party {
  const sessions: Partial<Record<string, SessionSource>> = {};
  for (const [body, source] of Object.entries(data.sessions ?? {})) {
    if (source !== undefined) sessions[body] = { ...source, changedOn: on };
  }
  return {
    id: data.party,
    joinedOn: on,
    ...(data.contact && { contact: data.contact }),
    ...(data.deputy && { deputy: data.deputy }),
    ...(data.contribution !== undefined && { contribution: data.contribution }),
    ...(data.leadDays !== undefined && { leadDays: data.leadDays }),
    facts: data.facts ?? {},
    linkGeneration: generation,
    sessions,
    bodies: {},
  };
}

const withParty = (state: PathState, party: Party): PathState => ({
  ...state,
  parties: { ...state.parties, [party.id]: party },
});

export function changeParty(state: PathState, id: PartyId, change: (party: Party) => Party): PathState {
  const party = state.parties[id];
  return party === undefined ? state : withParty(state, change(party));
}

/**
 * What a party still owes is asked anew of a contact who takes over: the request, or what a session decided. Mails under
 * way to the one before are called back.
 */
export function contactReplaced(state: PathState, party: PartyId, person: PersonId, at: Instant): PathState {
  const previous = state.parties[party]?.contact;
  const next = changeParty(state, party, (old) => ({
    ...named(old, person),
    contact: person,
    contactSince: at,
    linkGeneration: old.linkGeneration + 1,
  }));
  const asked = askedAnew(next, party);
  return previous === undefined ? asked : { ...asked, retries: without(asked.retries, previous) };
}

/** Who comes back after leaving gets links of a new generation. */
export const partyAdded = (state: PathState, data: NewParty, on: LocalDate): PathState =>
  withParty(state, newParty(data, on, (state.parties[data.party]?.linkGeneration ?? 0) + 1));

/** Mails under way to a deputy go on to the next one, if there is one. */
export function deputyReplaced(state: PathState, party: PartyId, person: PersonId | undefined, at: Instant): PathState {
  const previous = state.parties[party]?.deputy;
  const next = changeParty(state, party, ({ deputy: _previous, ...old }) => ({
    ...(person === undefined ? old : { ...named(old, person), deputy: person }),
  }));
  const asked = withNewSpeakers(state, next);
  return previous === undefined ? asked : passedOn(asked, previous, person && { person, role: 'deputy' }, at);
}

/** The mails that go out at once, with those to one person on their way to another. */
function readdressed({ outbox }: PathState, from: PersonId, to: PersonId, at: Instant): PathState['outbox'] {
  const next: PathState['outbox'] = {};
  for (const [key, pending] of Object.entries(outbox)) {
    if (pending?.message.to !== from) next[key] = pending;
    else {
      const message = { ...pending.message, to, key: key.replace(`/${from}/`, `/${to}/`) };
      next[message.key] = { message, attempts: 0, firstAt: at, nextAt: at };
    }
  }
  return next;
}

/**
 * The same person under a new id: what is under way goes on to it, a morning mail of today counts, links stay good. An address that
 * did not work is still the same one, or gets what is open when it is another.
 */
export function detailsChanged(
  state: PathState,
  { party: id, from, to, address }: EventOf<'details-changed'>['data'],
  at: Instant,
): PathState {
  const party = state.parties[id];
  if (party === undefined) return state;
  const role = party.deputy === from ? 'deputy' : 'contact';
  const last = state.lastMorning[from];
  const outbox = readdressed(state, from, to, at);
  const lastMorning = { ...state.lastMorning, ...(last && { [to]: last }) };
  const known = state.unreachable[from];
  const unreachable = { ...state.unreachable, ...(known && address === 'same' && { [to]: known }) };
  const next = { ...withParty(state, renamed(party, from, to)), outbox, lastMorning, unreachable };
  const passed = passedOn(next, from, { person: to, role }, at);
  return known !== undefined && address === 'other' ? askedAnew(passed, id) : passed;
}

/** Who coordinates from now on gets the mails that are under way to the one before. */
export function coordinatorReplaced(state: PathState, person: PersonId, at: Instant): PathState {
  const previous = state.coordinator;
  const outbox = readdressed(state, previous, person, at);
  return passedOn({ ...state, coordinator: person, outbox }, previous, { person, role: 'coordinator' }, at);
}

export function partyRemoved(state: PathState, party: PartyId, on: LocalDate): PathState {
  const next = changeParty(state, party, (old) => ({ ...old, leftOn: on, linkGeneration: old.linkGeneration + 1 }));
  return { ...next, news: next.news.filter((news) => news.party !== party) };
}

export function partyChanged(state: PathState, data: EventOf<'party-changed'>['data'], on: LocalDate): PathState {
  return changeParty(state, data.party, (old) => {
    const sessions = { ...old.sessions };
    for (const [body, source] of Object.entries(data.sessions ?? {})) {
      if (source !== undefined) sessions[body] = { ...source, changedOn: on };
    }
    const { contribution, facts, leadDays } = data;
    return {
      ...old,
      sessions,
      facts: { ...old.facts, ...facts },
      ...(contribution !== undefined && { contribution }),
      ...(leadDays !== undefined && { leadDays }),
    };
  });
}
