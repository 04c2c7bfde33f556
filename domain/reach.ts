/** Who can be reached by mail, and who stands in for somebody who cannot. */
import type { Instant, PartyId, PersonId } from './ids.ts';
import { activeParties, currentAsks } from './lookup.ts';
import type { Message } from './message.ts';
import { without } from './records.ts';
import { askSubject, sentKey } from './reminders.ts';
import type { Party, PathState, Pending, Unreachable } from './state.ts';

/** True for somebody to whom only receipts go out any more. Nobody stands in for a coordinator: those mails are tried all the same. */
export const isUnreachable = (state: PathState, person: PersonId): boolean =>
  person !== state.coordinator && state.unreachable[person] !== undefined;

interface Speaker {
  person: PersonId;
  role: Message['role'];
}

/** Who is written to for a municipality: its contact, else the deputy. Undefined without a contact, and when neither can be reached. */
export function speakerOf(state: PathState, { contact, deputy }: Party): Speaker | undefined {
  if (contact === undefined) return undefined;
  if (!isUnreachable(state, contact)) return { person: contact, role: 'contact' };
  return deputy === undefined || isUnreachable(state, deputy) ? undefined : { person: deputy, role: 'deputy' };
}

/** Everybody whom a path writes to. */
export const correspondents = (state: PathState): Set<PersonId> =>
  new Set([
    state.coordinator,
    ...activeParties(state).flatMap(({ contact, deputy }) => [contact, deputy].filter((each) => each !== undefined)),
  ]);

/** Who gets the mails of somebody who cannot be reached; undefined when that is the coordinator. */
export const standInFor = (state: PathState, person: PersonId): PersonId | undefined =>
  activeParties(state)
    .filter(({ contact, deputy }) => contact === person || deputy === person)
    .flatMap((party) => speakerOf(state, party)?.person ?? [])[0];

/** What a party still owes is asked anew of who speaks for it now: the request, or what a session decided. */
export function askedAnew(state: PathState, party: PartyId): PathState {
  const keys = currentAsks(state)
    .filter(({ ask }) => ask.party === party)
    .flatMap(({ ask }) => ['request', 'outcome'].map((rule) => sentKey(askSubject(ask), rule)));
  return keys.reduce((next, key) => ({ ...next, sent: without(next.sent, key) }), state);
}

/** From now on nothing but receipts goes to this address. */
export const madeUnreachable = (
  state: PathState,
  person: PersonId,
  why: Unreachable['why'],
  at: Instant,
): PathState => ({
  ...state,
  unreachable: { ...state.unreachable, [person]: state.unreachable[person] ?? { since: at, why } },
});

/** A change after which somebody else may speak for some parties: what these owe is asked of who does. */
export function withNewSpeakers(before: PathState, state: PathState): PathState {
  const changed = activeParties(state).filter((party) => {
    const earlier = before.parties[party.id];
    const person = earlier && speakerOf(before, earlier)?.person;
    return party.contact !== undefined && person !== speakerOf(state, party)?.person;
  });
  return changed.reduce((next, { id }) => askedAnew(next, id), state);
}

/** A change after which nobody can be reached for some parties: what these owe is asked of who coordinates. */
export function withoutSpeakers(before: PathState, state: PathState): PathState {
  const silent = activeParties(state).filter(
    (party) => speakerOf(before, party) !== undefined && speakerOf(state, party) === undefined,
  );
  return silent.reduce((next, { id }) => askedAnew(next, id), state);
}

/** What is forgotten of people who speak for nobody any more: should they come back, their address is tried anew. */
function withoutStrangers(state: PathState): PathState {
  const known = correspondents(state);
  const strangers = (Object.keys(state.unreachable) as PersonId[]).filter((person) => !known.has(person));
  return strangers.reduce((next, person) => ({ ...next, unreachable: without(next.unreachable, person) }), state);
}

/** A mail that answers an event goes to the deputy instead; to nobody when there is none: the coordinator knows of the event. */
function readdressed(state: PathState, { message }: Pending, at: Instant): PathState {
  const others = { ...state, outbox: without(state.outbox, message.key) };
  const party = message.party === undefined ? undefined : state.parties[message.party];
  const speaker = party && speakerOf(state, party);
  if (speaker === undefined) return others;
  const key = message.key.replace(`/${message.to}/`, `/${speaker.person}/`);
  const mail: Message = { ...message, key, to: speaker.person, role: speaker.role };
  return { ...others, outbox: { ...others.outbox, [key]: { message: mail, attempts: 0, firstAt: at, nextAt: at } } };
}

/**
 * Nothing is left under way to who cannot be reached, but for receipts: who answered by a link reads mail somewhere. What a
 * morning mail would have said is asked anew of who stands in.
 */
function calledOff(state: PathState, person: PersonId, at: Instant): PathState {
  const mail = state.retries[person];
  let next: PathState = mail === undefined ? state : { ...state, retries: without(state.retries, person) };
  if (mail?.message.party !== undefined) next = askedAnew(next, mail.message.party);
  const letters = Object.values(state.outbox).filter(
    (pending): pending is Pending => pending?.message.to === person && pending.message.kind !== 'receipt',
  );
  return letters.reduce((rest, pending) => readdressed(rest, pending, at), next);
}

/** Holds mails under way against who can be reached by now. */
export function withStandIns(state: PathState, at: Instant): PathState {
  const people = Object.keys(state.unreachable) as PersonId[];
  if (people.length === 0) return state;
  const next = withoutStrangers(state);
  return people.filter((person) => isUnreachable(next, person)).reduce((all, each) => calledOff(all, each, at), next);
}
