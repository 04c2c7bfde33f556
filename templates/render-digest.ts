/** The weekly digest of somebody who follows regions: what is new, whom to call, what comes. At most a screen of a telephone. */
import type { ItemKey } from '../domain/definition.ts';
import type { LocalDate, PartyId } from '../domain/ids.ts';
import type { Concern } from '../domain/standing.ts';
import { joined, longDate, plainDate, weekdayName } from './dutch.ts';
import type { Locale } from './locale.ts';
import type { PathTexts, RenderedMail } from './mail-context.ts';
import { concernLine, isCall, isChoice } from './mail/digest/concerns.ts';
import { comingLines } from './mail/digest/coming.ts';
import { digestPhrases, type DigestPhrases, isAboutOne, type Line } from './mail/digest/phrases.ts';
import { newsLines } from './mail/digest/news.ts';
import { fill } from './mail/engine.ts';
import { mailLocale } from './render-mail.ts';

/** An answer of a party, or what was told of one. */
export interface AboutAsk {
  party: PartyId;
  decision: ItemKey;
}

/** What happened on a path since the last digest. */
export interface DigestNews {
  rejected: AboutAsk[];
  /** How many answers of each other kind. */
  answers: Partial<Record<'approved' | 'approved-with-changes' | 'adjourned' | 'scheduled', number>>;
  /** Decisions whose texts were sent. */
  requested: ItemKey[];
  /** What happened to the path as a whole, in the order in which it did. */
  turns: ('started' | 'paused' | 'resumed' | 'submitted' | 'granted' | 'refused' | 'stopped' | 'reopened')[];
}

/** A day of the two weeks to come. `session`: a body decides on it; `due`: an answer is asked by then; `closing`: handing in. */
export type DigestComing = { on: LocalDate } & (
  { what: 'session' | 'due'; decision: ItemKey; body: string; parties: PartyId[] } | { what: 'closing' }
);

export interface DigestRegion {
  partnership: string;
  /** Its page. */
  link: string;
  texts: PathTexts;
  /** The weightiest first. `person`: whom to call. */
  concerns: (Concern & { person?: string })[];
  news: DigestNews;
  coming: DigestComing[];
}

export interface DigestMail {
  name: string;
  /** The reader coordinates these regions; else follows them. */
  isCoordinator: boolean;
  day: LocalDate;
  /** The day of the last digest, or a week ago. */
  since: LocalDate;
  /** 1 (Monday) to 7. */
  weekday: number;
  /** The page with all regions. */
  link: string;
  /** Where it is switched off. */
  off: string;
  /** At least one. */
  regions: DigestRegion[];
}

/** Lines of each topic that fit a screen together; what is left is counted, and on the page. */
const MOST = { calls: 3, choices: 2, news: 2, coming: 2 };

export function renderDigest(mail: DigestMail, locale: Locale = mailLocale()): RenderedMail {
  const words = digestPhrases(locale, mail);
  const { t } = words;
  const calls = words.mail.regions.flatMap((region) => region.concerns.filter(isCall).map((one) => ({ region, one })));
  const choices = mail.regions.flatMap((region) => region.concerns.filter(isChoice).map((one) => ({ region, one })));
  const sayAll = (found: typeof calls): Line[] =>
    found.toSorted((a, b) => b.one.weight - a.one.weight).map(({ region, one }) => concernLine(words, region, one));
  const subject = subjectOf(words, calls.length + choices.length, new Set(calls.map(({ one }) => one.party)).size);
  const view = {
    subject,
    letterhead: t('frame.name'),
    greeting: t('frame.greeting', { name: mail.name }),
    intro: introOf(words),
    topics: [
      topic(words, 'calls', sayAll(calls)),
      topic(words, mail.isCoordinator ? 'own-choices' : 'choices', sayAll(choices), MOST.choices),
      topic(words, 'news', newsLines(words)),
      topic(words, 'coming', comingLines(words)),
    ].flatMap((one) => one ?? []),
    calm: calmOf(words),
    ...linkOf(words),
    why: t('digest.why', { weekday: weekdayName(mail.weekday) }),
    off: mail.off,
    offName: t('digest.off'),
    small: [t('digest.automatic')],
  };
  return { subject, text: fill('txt', 'digest', view), html: fill('html', 'digest', view) };
}

/** A heading and its lines; undefined for what has none. */
function topic(
  { t, mail }: DigestPhrases,
  key: 'calls' | 'choices' | 'own-choices' | 'news' | 'coming',
  lines: Line[],
  most = MOST[key as keyof typeof MOST],
) {
  if (lines.length === 0) return undefined;
  const left = lines.length - most;
  // One line more takes no more room than saying that there is one.
  const isMore = left > 1;
  return {
    title: t(`digest.topic.${key}`, key === 'news' ? { since: plainDate(mail.since, mail.day) } : {}),
    lines: isMore ? lines.slice(0, most) : lines,
    more: isMore ? t('digest.more', { count: left }) : '',
  };
}

function introOf({ t, mail }: DigestPhrases): string {
  const [first] = mail.regions;
  const values = { day: longDate(mail.day) };
  if (first !== undefined && isAboutOne(mail))
    return t('digest.intro-one', { ...values, partnership: first.partnership });
  return t('digest.intro', { ...values, count: mail.regions.length });
}

/** The page with all regions, or the one that there is. */
function linkOf({ t, mail }: DigestPhrases) {
  const [first] = mail.regions;
  const linkCopy = t('frame.link-copy');
  if (first === undefined || !isAboutOne(mail))
    return { link: mail.link, linkIntro: t('digest.link'), linkName: t('digest.link-html'), linkCopy };
  const { partnership, link } = first;
  const linkIntro = t('frame.coordinator-link', { partnership });
  return { link, linkIntro, linkName: t('frame.link-html', { name: partnership }), linkCopy };
}

function subjectOf({ t, mail }: DigestPhrases, concerns: number, toCall: number): string {
  if (toCall > 0) return t(toCall === 1 ? 'digest.subject.call' : 'digest.subject.calls', { count: toCall });
  const day = plainDate(mail.day, mail.day);
  return t(concerns > 0 ? 'digest.subject.choices' : 'digest.subject.calm', { day, count: concerns });
}

/** The regions of which nothing is asked, by name as long as they are few. */
function calmOf({ t, mail }: DigestPhrases): string {
  const calm = mail.regions.filter(({ concerns }) => !concerns.some((one) => isCall(one) || isChoice(one)));
  if (calm.length === 0) return '';
  if (calm.length === mail.regions.length) return t('digest.all-calm');
  if (calm.length > 3) return t('digest.calm-many', { count: calm.length });
  return t('digest.calm', { partnerships: joined(calm.map(({ partnership }) => partnership)) });
}
