/** The words of one mail: the locale's sentences, and names and dates as this reader should see them. */
import type { BodyKey, ItemKey } from '../../domain/definition.ts';
import { type LocalDate, nisOf, type PartyId } from '../../domain/ids.ts';
import type { Message } from '../../domain/message.ts';
import { dueDate, longDate, plainDate, withArticle } from '../dutch.ts';
import type { Locale, Values } from '../locale.ts';
import type { MailContext } from '../mail-context.ts';

export interface Phrases {
  message: Message;
  context: MailContext;
  /** The reader coordinates the path; else the reader speaks for a party. */
  isCoordinator: boolean;
  t: (key: string, values?: Values) => string;
  /** `24 juni` */
  day: (day: LocalDate) => string;
  /** `dinsdag 24 juni 2031` */
  fullDay: (day: LocalDate) => string;
  /** A last day: as `fullDay`, but a day on which nobody works has no name. */
  dueDay: (day: LocalDate) => string;
  /** Of an agenda: `sluit op 13 juni`, `sluit vandaag`. */
  closes: (cutoff: LocalDate, readOn?: LocalDate) => string;
  /** In a sentence: `Wemmel`, `de raad van bestuur`. */
  party: (party: PartyId) => string;
  /** In front of a subject: the municipality, or the partnership for a body that exists once. */
  label: (party: PartyId) => string;
  /** `intentieverklaring` */
  noun: (decision: ItemKey) => string;
  /** `de intentieverklaring` */
  decision: (decision: ItemKey) => string;
  /** `de raad` */
  body: (body: BodyKey) => string;
}

export function phrasesFor(locale: Locale, message: Message, context: MailContext): Phrases {
  const { texts } = context;
  return {
    message,
    context,
    isCoordinator: message.role === 'coordinator',
    t: (key, values) => locale.t(key, values),
    day: (day) => plainDate(day, message.day),
    fullDay: longDate,
    dueDay: dueDate,
    closes: (cutoff, readOn = message.day) =>
      cutoff === message.day ? locale.t('closes.today') : locale.t('closes.on', { cutoff: plainDate(cutoff, readOn) }),
    party: (party) => {
      // A body that exists once is its own party.
      if (nisOf(party) !== undefined) return texts.party(party);
      const { title, article } = texts.body(party);
      return withArticle(title, article);
    },
    label: (party) => (nisOf(party) === undefined ? context.partnership : texts.party(party)),
    noun: (decision) => texts.decision(decision).short,
    decision: (key) => {
      const { short, article } = texts.decision(key);
      return withArticle(short, article);
    },
    body: (key) => withArticle(texts.body(key).short, texts.body(key).article),
  };
}
