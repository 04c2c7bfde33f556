/** Gathers what the words of a path's mails need: from the store, the definition's texts and the links. */
import { addDays, instantOf, latest, localDay } from '../domain/dates.ts';
import type { LocalDate, PersonId } from '../domain/ids.ts';
import { findDecision, namedDates } from '../domain/lookup.ts';
import type { Message } from '../domain/message.ts';
import { askSchedule } from '../domain/schedule.ts';
import type { PathState } from '../domain/state.ts';
import { askKey } from '../domain/ids.ts';
import type { Person } from '../store/people.ts';
import type { Store } from '../store/store.ts';
import type { MailContext, Named, PathTexts, TextsOf } from '../templates/mail-context.ts';
import type { Links } from './links.ts';

/** In minutes of the day: a mail's facts are those of its day. */
const NOON = 12 * 60;

export interface Dossier {
  state: PathState;
  partnership: string;
  people: ReadonlyMap<PersonId, Person>;
  texts: PathTexts;
}

/** Undefined as long as the start of the path was not recorded. */
export async function readDossier(store: Store, texts: TextsOf, path: Message['path']): Promise<Dossier | undefined> {
  const state = await store.snapshots.snapshot(path);
  if (state === undefined) return undefined;
  const facts = await store.paths.path(path);
  const people = await store.people.peopleOf(path);
  return {
    state,
    partnership: facts?.partnership ?? path,
    people: new Map(people.map((person) => [person.id, person])),
    texts: texts(state.definition.key, state.topic),
  };
}

export async function mailContext(
  dossier: Dossier,
  links: Links,
  message: Message,
  person: Person,
): Promise<MailContext> {
  const { state, people, partnership, texts } = dossier;
  const someone = (id: PersonId | undefined): Named | undefined => (id === undefined ? undefined : people.get(id));
  return {
    partnership,
    person,
    coordinator: someone(state.coordinator) ?? { name: partnership },
    texts,
    ...(await linkFor(state, links, message)),
    someone,
    contactOf: (party) => someone(state.parties[party]?.contact),
    usualBody: (decision) => findDecision(state, decision)?.body,
    movedReason: (decision, party) => {
      const anchor = findDecision(state, decision)?.due.anchor;
      const moved = state.moved[askKey(decision, party)] ?? state.moved[decision];
      return (moved ?? (anchor === undefined ? undefined : state.moved[anchor]))?.reason;
    },
    sessionsFor: (key, party) => {
      const decision = findDecision(state, key);
      return decision && askSchedule(state, decision, party, instantOf(message.day, NOON));
    },
  };
}

/** Of who coordinates a path, its page; of a contact, the own link and the code that stands for it. */
async function linkFor(
  state: PathState,
  links: Links,
  message: Message,
): Promise<Pick<MailContext, 'link'> & Partial<Pick<MailContext, 'code'>>> {
  const { party, path, to, linkGeneration: generation } = message;
  if (message.role === 'coordinator' || party === undefined || generation === undefined) {
    return { link: links.pathUrl(path) };
  }
  const own = { path, party, person: to, generation, expires: linksExpireOn(state) };
  const code = await links.contactCode?.(own);
  return { link: await links.contactLink(own), ...(code && { code }) };
}

/** A year after the last date of the path or its round: what became of a path stays to be seen for a while. */
export const linksExpireOn = (state: Pick<PathState, 'dates' | 'round' | 'startedAt'>): LocalDate =>
  addDays(latest(Object.values(namedDates(state))) ?? localDay(state.startedAt), 366);
