/** From a message to the words that a person reads: subject, text and HTML say the same. */
import type { ForeseenItem, Message, MessageItem, NewsItem, TaskItem } from '../domain/message.ts';
import { inSentence } from './in-sentence.ts';
import { loadLocale, type Locale } from './locale.ts';
import type { MailContext, RenderedMail } from './mail-context.ts';
import { askSection } from './mail/ask-section.ts';
import { detailsSection } from './mail/details-section.ts';
import { fill, prepareTemplates } from './mail/engine.ts';
import { movedSection, outcomeSection, undeliveredSection } from './mail/fact-sections.ts';
import { foreseenSections } from './mail/foreseen-section.ts';
import { answersSection, isPlain, newsSection } from './mail/news-section.ts';
import { personalLines } from './mail/personal-lines.ts';
import { type Phrases, phrasesFor } from './mail/phrases.ts';
import type { Section } from './mail/section.ts';
import { askKind } from './mail/sessions.ts';
import { once } from './once.ts';
import { subjectOf } from './mail/subject.ts';
import { tasksSection, taskSection } from './mail/task-section.ts';

/** The sentences of the mails, in Dutch. Throws a BrokenFileError. */
export const mailLocale = once((): Locale => loadLocale(new URL('locale/nl.yaml', import.meta.url)));

/** Reads all that mails are made of, so that what is broken stops the start of a process. Throws a BrokenFileError. */
export function prepareMails(): void {
  mailLocale();
  prepareTemplates();
}

/** Throws when a word or a value is missing, and for a message without items. */
export function renderMail(message: Message, context: MailContext, locale: Locale = mailLocale()): RenderedMail {
  const words = phrasesFor(locale, message, context);
  const subject = subjectOf(words);
  const view = {
    subject,
    letterhead: inSentence(context.partnership),
    notice: context.notice ?? '',
    greeting: words.t('frame.greeting', { name: context.person.name }),
    lines: personalLines(words),
    intro: introOf(words),
    sections: sectionsOf(words).map((section) => ({ say: '', ...section, sayIntro: words.t('call.say') })),
    ...linkOf(words),
    ...endOf(words),
  };
  return { subject, text: fill('txt', 'mail', view), html: fill('html', 'mail', view) };
}

/** The subject alone, for lists of mails. */
export const renderSubject = (message: Message, context: MailContext, locale: Locale = mailLocale()): string =>
  subjectOf(phrasesFor(locale, message, context));

/** One for each item; several tasks, and several answers with nothing to add, stand together where the first stood. */
function sectionsOf(words: Phrases): Section[] {
  const { items } = words.message;
  const tasks = items.filter((item): item is TaskItem => item.type === 'task' && item.what === 'task');
  const answers = items.filter((item): item is NewsItem => item.type === 'news' && isPlain(item));
  const foreseen = items.filter((item): item is ForeseenItem => item.type === 'foreseen');
  return items.flatMap((item) => {
    if (item.type === 'foreseen') return item === foreseen[0] ? foreseenSections(words, foreseen) : [];
    const together = [tasks, answers].find((group) => group.length > 1 && group.some((one) => one === item));
    if (together === undefined) return [sectionOf(words, item)];
    if (together[0] !== item) return [];
    return [together === tasks ? tasksSection(words, tasks) : answersSection(words, answers)];
  });
}

function sectionOf(words: Phrases, item: Exclude<MessageItem, ForeseenItem>): Section {
  switch (item.type) {
    case 'ask':
      return askSection(words, item);
    case 'task':
      return taskSection(words, item);
    case 'news':
      return newsSection(words, item);
    case 'moved':
      return movedSection(words, item);
    case 'outcome':
      return outcomeSection(words, item);
    case 'details':
      return detailsSection(words, item);
    case 'undelivered':
      return undeliveredSection(words, item);
  }
}

function introOf(words: Phrases): string[] {
  const { t, message, context, isCoordinator } = words;
  const [first] = message.items;
  // It says all that there is to say.
  if (first?.type === 'details') return [];
  if (isCoordinator) return [t(`intro.coordinator.${message.kind}`, { partnership: context.partnership })];
  const party = message.party === undefined ? context.partnership : words.party(message.party);
  const kind = first?.type === 'ask' ? askKind(first, false, message.day) : message.kind;
  const isMany = message.items.length > 1 && (kind === 'request' || kind === 'reminder');
  const values = {
    party,
    partnership: context.partnership,
    coordinator: context.coordinator.name,
    count: message.items.length,
  };
  return [
    t(`intro.contact.${kind}${isMany ? '-many' : ''}`, values),
    ...(message.role === 'deputy' ? [t('frame.deputy', { party })] : []),
  ];
}

function linkOf({ t, message, party, context, isCoordinator }: Phrases) {
  const name = isCoordinator || message.party === undefined ? context.partnership : party(message.party);
  const said = { 'decision-news': 'frame.contact-link-only', receipt: 'frame.receipt-link' }[message.kind as string];
  const intro = isCoordinator
    ? t('frame.coordinator-link', { partnership: name })
    : t(said ?? 'frame.contact-link', { party: name });
  return {
    link: context.link,
    linkIntro: intro,
    linkName: t('frame.link-html', { name }),
    linkCopy: t('frame.link-copy'),
    linkCode: codeOf(t, context),
  };
}

/** One quiet line; the address is text, so that what takes out links leaves it. */
function codeOf(t: Phrases['t'], { code }: MailContext): string {
  return code === undefined ? '' : t('frame.code', { code: code.code, page: code.page.replace(/^https?:\/\//, '') });
}

/** Whom to call, and where this mail comes from. */
function endOf({ t, context, isCoordinator }: Phrases): { closing: string[]; small: string[] } {
  const { partnership, coordinator } = context;
  const automatic = t('frame.automatic', { partnership });
  if (isCoordinator) return { closing: [], small: [t('frame.once-a-day'), automatic] };
  const { name, email } = coordinator;
  const call =
    email === undefined
      ? t('frame.call-no-address', { name, partnership })
      : t('frame.call', { name, partnership, email });
  return { closing: [call], small: [t('frame.personal'), automatic] };
}
