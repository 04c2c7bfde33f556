/** What every decision about a command needs, and the checks that several of them share. */
import type { Command, CommandOf, CommandType } from '../commands.ts';
import { addDays, earliest, isLocalDate, localDay } from '../dates.ts';
import type { Decision, ItemKey } from '../definition.ts';
import type { EventData, EventType } from '../events.ts';
import type { Instant, LocalDate, PartyId } from '../ids.ts';
import { bodyParty } from '../definition.ts';
import { concerned, findDecision, isOnRoute } from '../lookup.ts';
import { entryOf } from '../records.ts';
import type { Refusal, RefusalCode } from '../refusals.ts';
import type { Actor, Party, PathState } from '../state.ts';

export interface Context {
  state: PathState;
  actor: Actor;
  now: Instant;
  today: LocalDate;
}

/** An event before it has a number, a moment and an actor. */
export type Draft = { [Type in EventType]: { type: Type; data: EventData[Type] } }[EventType];
export type Outcome = Draft[] | Refusal;
export type Decider<Type extends CommandType> = (context: Context, data: CommandOf<Type>['data']) => Outcome;
export type Deciders<Types extends CommandType> = { [Type in Types]: Decider<Type> };

export const contextOf = (state: PathState, actor: Actor, now: Instant): Context => ({
  state,
  actor,
  now,
  today: localDay(now),
});

export const refuse = (code: RefusalCode, detail?: Refusal['detail']): Refusal => ({ code, ...(detail && { detail }) });
export const isRefused = (value: Outcome | Refusal | object): value is Refusal =>
  !Array.isArray(value) && 'code' in value;

export const MAX_TEXT = 4000;

/** A reason or another text of a person: present, and not a book. */
export function checkText(text: unknown, isRequired: boolean): Refusal | undefined {
  if (text === undefined || text === '') return isRequired ? refuse('invalid-value', { field: 'text' }) : undefined;
  if (typeof text !== 'string' || (isRequired && text.trim() === '')) return refuse('invalid-value', { field: 'text' });
  return text.length > MAX_TEXT ? refuse('text-too-long', { max: MAX_TEXT }) : undefined;
}

/** Somebody by id. */
export const checkPerson = (person: unknown): Refusal | undefined =>
  typeof person === 'string' && person !== '' ? undefined : refuse('invalid-value', { field: 'person' });

export const checkDate = (day: unknown): Refusal | undefined =>
  typeof day === 'string' && isLocalDate(day) ? undefined : refuse('invalid-date', { value: String(day).slice(0, 40) });

/** So far before the path or its round a session cannot lie, nor so far ahead: a slip in the year is caught here. */
const YEAR = 365;
const AHEAD_YEARS = 3;

/** A day near enough to the path to be one of its sessions. */
export function checkNear({ state, today }: Context, day: LocalDate): Refusal | undefined {
  const begin = earliest([localDay(state.startedAt), ...Object.values(state.round?.dates ?? state.dates)]) ?? today;
  const isNear = day >= addDays(begin, -YEAR) && day <= addDays(today, AHEAD_YEARS * YEAR);
  return isNear ? undefined : refuse('date-too-far', { on: day });
}

/** A party that takes part today. */
export function partyOf({ state }: Context, id: PartyId): Party | Refusal {
  const party = entryOf(state.parties, id);
  if (party === undefined) return refuse('unknown-party', { party: id });
  return party.leftOn === undefined ? party : refuse('party-left', { party: id, on: party.leftOn });
}

/** A decision of the route that the path takes. */
export function decisionOf({ state }: Context, key: ItemKey): Decision | Refusal {
  const decision = findDecision(state, key);
  if (decision === undefined) return refuse('unknown-decision', { decision: key });
  return isOnRoute(state, key) ? decision : refuse('not-on-route', { item: key });
}

/** A decision that is asked of a party. */
export function decisionFor(context: Context, key: ItemKey, party: PartyId): Decision | Refusal {
  const decision = decisionOf(context, key);
  if (isRefused(decision)) return decision;
  const found = partyOf(context, party);
  if (isRefused(found)) return found;
  return concerned(context.state, decision).includes(party)
    ? decision
    : refuse('not-concerned', { decision: key, party });
}

/** What a municipality pays, and what the conditions of a round are judged by, is not for its contact to change. */
const saysSessionsOnly = (data: CommandOf<'change-party'>['data']): boolean =>
  data.contribution === undefined && data.facts === undefined && data.leadDays === undefined;

/** Contacts speak for their own party only, and only about it. */
export function mayContact({ state, actor }: Context, command: Command): boolean {
  const allowed: CommandType[] = [
    ...(['answer', 'correct', 'add-evidence', 'change-party'] as const),
    ...(['replace-contact', 'replace-deputy', 'change-details'] as const),
  ];
  if (!allowed.includes(command.type) || !('party' in command.data) || actor.personId === undefined) return false;
  const id = command.data.party;
  const party = entryOf(state.parties, id);
  if (command.type === 'change-party' && !saysSessionsOnly(command.data)) return false;
  return party !== undefined && (party.contact === actor.personId || party.deputy === actor.personId);
}

export const isOnce = (state: PathState, party: PartyId): boolean =>
  Object.entries(state.definition.bodies).some(([key, body]) => body.per === 'path' && bodyParty(key) === party);
