/** What a mail is made of besides its message: names, words and addresses, looked up by whoever sends it. */
import type { Anchor, BodyKey, ItemKey } from '../domain/definition.ts';
import type { LocalDate, PartyId, PersonId } from '../domain/ids.ts';

export type Article = 'de' | 'het';

export interface DecisionTexts {
  /** `Intentieverklaring` */
  title: string;
  /** `intentieverklaring`, as in a subject or in the middle of a sentence. */
  short: string;
  article?: Article;
  /** What exactly is asked, as a sentence: `De gemeenteraad keurt de intentieverklaring goed.` */
  ask: string;
  explanation?: string;
}

export interface TaskTexts {
  title: string;
  explanation?: string;
}

export interface BodyTexts {
  /** `gemeenteraad` */
  title: string;
  /** `raad` */
  short: string;
  article: Article;
}

/** The words of one path, in one language. Unknown keys throw. */
export interface PathTexts {
  decision: (key: ItemKey) => DecisionTexts;
  task: (key: ItemKey) => TaskTexts;
  body: (key: BodyKey) => BodyTexts;
  /** The name of a date: `uiterste indiendatum`. */
  date: (anchor: Anchor) => string;
  /** `Wemmel`, `raad van bestuur` */
  party: (id: PartyId) => string;
}

export interface Named {
  name: string;
  function?: string;
  email?: string;
}

/** Why a decision is due when it is: counted from a named date, or moved there. */
export type DueReason = { anchor: Anchor; on: LocalDate } | { moved: string };

export interface MailContext {
  partnership: string;
  /** Who gets the mail. */
  person: Named;
  coordinator: Named;
  texts: PathTexts;
  /** The one link: the page of the reader's party, or of the path for who coordinates it. */
  link: string;
  contactOf: (party: PartyId) => Named | undefined;
  someone: (id: PersonId) => Named | undefined;
  dueReason: (decision: ItemKey, party: PartyId) => DueReason | undefined;
  /** The body that takes this decision elsewhere. */
  usualBody: (decision: ItemKey) => BodyKey | undefined;
}

export interface RenderedMail {
  subject: string;
  text: string;
  html: string;
}
