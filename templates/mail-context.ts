/** What a mail is made of besides its message: names, words and addresses, looked up by whoever sends it. */
import type { BodyKey, ItemKey } from '../domain/definition.ts';
import type { PartyId, PersonId } from '../domain/ids.ts';
import type { AskItem } from '../domain/message.ts';

export type Article = 'de' | 'het';

export interface DecisionTexts {
  /** `Intentieverklaring` */
  title: string;
  /** `intentieverklaring`, as in a subject or in the middle of a sentence. */
  short: string;
  article?: Article;
  /** What exactly is asked, as a sentence: `De gemeenteraad keurt de intentieverklaring goed.` */
  ask: string;
  /** Why by its date, to follow that date: `zodat de cultuurnota op tijd kan worden ingediend`. */
  why?: string;
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

export interface LawTexts {
  /** Why by the last day that it leaves, to follow that date: `zodat …`. */
  why?: string;
}

/** The words of one path, in one language. Unknown keys throw. */
export interface PathTexts {
  decision: (key: ItemKey) => DecisionTexts;
  task: (key: ItemKey) => TaskTexts;
  body: (key: BodyKey) => BodyTexts;
  law: (key: string) => LawTexts;
  /** `Wemmel`, `raad van bestuur` */
  party: (id: PartyId) => string;
}

/** The words of the path with a definition's key, with its topic in them where the definition leaves that open. */
export type TextsOf = (definition: string, topic?: string) => PathTexts;

export interface Named {
  name: string;
  function?: string;
  email?: string;
  phone?: string;
}

/** The sessions that can still take a decision of a party. */
export type SessionDates = Pick<
  AskItem,
  'dueOn' | 'nextSession' | 'nextCutoff' | 'lastSession' | 'lastCutoff' | 'assumed'
>;

export interface MailContext {
  partnership: string;
  /** Who gets the mail. */
  person: Named;
  coordinator: Named;
  texts: PathTexts;
  /** Above everything else: that it is a test, and for whom the mail is. */
  notice?: string;
  /** The one link: the page of the reader's party, or of the path for who coordinates it. */
  link: string;
  /** For whose mail arrives without it: what to type, and where. */
  code?: { code: string; page: string };
  contactOf: (party: PartyId) => Named | undefined;
  someone: (id: PersonId) => Named | undefined;
  /** The reason that the coordinator gave for moving its date. */
  movedReason: (decision: ItemKey, party: PartyId) => string | undefined;
  sessionsFor: (decision: ItemKey, party: PartyId) => SessionDates | undefined;
  /** The body that takes this decision elsewhere. */
  usualBody: (decision: ItemKey) => BodyKey | undefined;
}

export interface RenderedMail {
  subject: string;
  text: string;
  html: string;
}
