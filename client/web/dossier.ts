/** One path as the pages see it: its recorded state, its people and its words. */
import { localDay } from '../../domain/dates.ts';
import type { Instant, LocalDate, PartyId, PathId, PersonId } from '../../domain/ids.ts';
import type { Actor, Answer, PathState } from '../../domain/state.ts';
import type { StoredDocument } from '../../store/documents.ts';
import type { PathFacts } from '../../store/paths.ts';
import type { Person } from '../../store/people.ts';
import type { Web } from './web.ts';
import { portions } from '../portions.ts';
import type { PathWords } from '../dutch/words.ts';
import type { PageTexts } from '../../templates/pages/locale.ts';

export interface Dossier {
  state: PathState;
  partnership: string;
  referenceRegion?: string;
  people: ReadonlyMap<PersonId, Person>;
  words: PathWords;
  texts: PageTexts;
  /** What was sent with it, by id. */
  documents: ReadonlyMap<string, StoredDocument>;
  /** The address, with the path prefix, below which this reader gets documents; undefined for who gets none. */
  documentsAt: string | undefined;
  now: Instant;
  today: LocalDate;
}

/** What a dossier is read with: a web application, or the same without any pages. */
export interface DossierTools extends Pick<Web, 'store' | 'clock' | 'words' | 'base'> {
  pages: { texts: PageTexts };
}

/**
 * Undefined when nothing of such a path was ever recorded.
 * @param documentsAt where this reader gets documents, below the path prefix
 */
export async function readDossier(web: DossierTools, path: PathId, documentsAt?: string): Promise<Dossier | undefined> {
  const state = await web.store.snapshots.snapshot(path);
  if (state === undefined) return undefined;
  const [facts, people, documents] = await Promise.all([
    web.store.paths.path(path),
    web.store.people.peopleOf(path),
    web.store.documents.documentsOf(path),
  ]);
  return dossierOf(web, { state, facts, people, documents }, documentsAt);
}

/** Those of many paths, in their order, without addresses of documents; what was never recorded is left out. */
export async function* readDossiers(web: DossierTools, paths: readonly PathId[]): AsyncGenerator<Dossier> {
  const { snapshots, paths: known, people, documents } = web.store;
  for await (const some of portions(paths)) {
    const [states, facts, persons, files] = await Promise.all([
      snapshots.snapshots(some),
      known.pathsOf(some),
      people.peopleOfAll(some),
      documents.documentsOfAll(some),
    ]);
    for (const path of some) {
      const state = states.get(path);
      if (state === undefined) continue;
      const [own = [], sent = []] = [persons.get(path), files.get(path)];
      yield dossierOf(web, { state, facts: facts.get(path), people: own, documents: sent });
    }
  }
}

interface Read {
  state: PathState;
  facts: PathFacts | undefined;
  people: readonly Person[];
  documents: readonly StoredDocument[];
}

function dossierOf(web: DossierTools, { state, facts, people, documents }: Read, documentsAt?: string): Dossier {
  const now = web.clock();
  return {
    state,
    partnership: facts?.partnership ?? state.id,
    ...(facts?.referenceRegion !== undefined && { referenceRegion: facts.referenceRegion }),
    people: new Map(people.map((person) => [person.id, person])),
    words: web.words(state.definition.key, state.topic),
    texts: web.pages.texts,
    documents: new Map(documents.map((document) => [document.id, document])),
    documentsAt: documentsAt === undefined ? undefined : `${web.base}${documentsAt}`,
    now,
    today: localDay(now),
  };
}

const withFunction = (person: Person): string =>
  person.function === undefined ? person.name : `${person.name} (${person.function})`;

/** `An Peeters (secretariaat)` */
export function personText(dossier: Dossier, id: PersonId | undefined): string {
  const person = id === undefined ? undefined : dossier.people.get(id);
  return person === undefined ? dossier.texts.text('who.unknown') : withFunction(person);
}

/** Whom to call: `An Peeters (secretariaat), 02 123 45 67` */
export const callText = (dossier: Dossier, id: PersonId): string =>
  [personText(dossier, id), dossier.people.get(id)?.phone].filter(Boolean).join(', ');

/** `An Peeters (secretariaat), 02 123 45 67, an@gemeente.be` */
export const detailsText = (dossier: Dossier, id: PersonId): string =>
  [callText(dossier, id), dossier.people.get(id)?.email].filter(Boolean).join(', ');

/** Who did something, as a reader should know it: the person, the role that matters, and on whose behalf. */
export function actorText(dossier: Dossier, actor: Actor, answeredBy?: PersonId): string {
  const { texts, words } = dossier;
  if (actor.kind === 'system') return texts.text('who.system');
  if (actor.kind === 'contact') return personText(dossier, answeredBy ?? actor.personId);
  const role = texts.text(`who.${actor.kind}`);
  const name = actor.personId === undefined ? undefined : dossier.people.get(actor.personId)?.name;
  const isNamed = name !== undefined && name.toLowerCase() !== role;
  const who = actor.via === 'file' ? texts.text('who.file') : isNamed ? `${name} (${role})` : role;
  const behalf = onBehalf(words, actor.onBehalfOf, texts);
  const said = answeredBy === undefined ? '' : texts.text('who.said-by', { who: personText(dossier, answeredBy) });
  return `${who}${behalf}${said}`;
}

const onBehalf = (words: PathWords, party: PartyId | undefined, texts: PageTexts): string =>
  party === undefined ? '' : texts.text('who.on-behalf', { party: words.party(party) });

export const answerActor = (dossier: Dossier, answer: Answer): string =>
  actorText(dossier, answer.by, answer.answeredBy);

/** Whom to ask: the coordinator. */
export function helper(dossier: Dossier): Pick<Person, 'name' | 'email' | 'phone'> | undefined {
  const person = dossier.people.get(dossier.state.coordinator);
  if (person === undefined) return undefined;
  const { name, email, phone } = person;
  return { name, ...(email !== undefined && { email }), ...(phone !== undefined && { phone }) };
}
