/** The words of a digest: the locale's sentences, and names and dates as they stand in a line. */
import type { ItemKey } from '../../../domain/definition.ts';
import type { LocalDate } from '../../../domain/ids.ts';
import { plainDate, withArticle } from '../../dutch.ts';
import type { Locale, Values } from '../../locale.ts';
import type { PathTexts } from '../../mail-context.ts';
import type { DigestMail, DigestRegion } from '../../render-digest.ts';

export interface DigestPhrases {
  mail: DigestMail;
  t: (key: string, values?: Values) => string;
  /** `24 juni` */
  day: (day: LocalDate) => string;
  /** `de intentieverklaring` */
  decision: (texts: PathTexts, key: ItemKey) => string;
}

/** A line under a heading: what it is about, with its page, and what there is to say. The label is empty where all is about one region. */
export interface Line {
  label: string;
  link: string;
  text: string;
}

export const digestPhrases = (locale: Locale, mail: DigestMail): DigestPhrases => ({
  mail,
  t: (key, values) => locale.t(key, values),
  day: (day) => plainDate(day, mail.day),
  decision: (texts, key) => {
    const { short, article } = texts.decision(key);
    return withArticle(short, article);
  },
});

export const lineOf = ({ mail }: DigestPhrases, { partnership, link }: DigestRegion, text: string): Line => ({
  label: isAboutOne(mail) ? '' : partnership,
  ...{ link, text },
});

export const isAboutOne = ({ regions }: DigestMail): boolean => regions.length === 1;
