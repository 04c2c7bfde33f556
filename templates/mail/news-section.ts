/** An answer: as a receipt for who gave it, or as news for who coordinates. */
import type { NewsItem } from '../../domain/message.ts';
import { capital } from '../dutch.ts';
import { inLines } from '../in-sentence.ts';
import { sessionFacts } from './ask-section.ts';
import { whoToCall } from './call-section.ts';
import type { Phrases } from './phrases.ts';
import type { Fact, Section } from './section.ts';
import { reachOf } from './sessions.ts';

export function newsSection(words: Phrases, item: NewsItem): Section {
  const isReceipt = item.kind === 'receipt';
  const toArrange = isReceipt || !isAdjournedOpen(item) ? { facts: [], notes: [] } : newSession(words, item);
  return {
    title: words.context.texts.decision(item.decision).title,
    paragraphs: [sentence(words, item), ...(item.corrected === true ? [words.t('news.corrected')] : [])],
    facts: [...given(words, item), ...(isReceipt ? whoAndWhen(words, item) : toArrange.facts)],
    notes: isReceipt ? afterReceipt(words, item) : [...forCoordinator(words, item), ...toArrange.notes],
  };
}

const isAdjournedOpen = (item: NewsItem): boolean => item.answer === 'adjourned' && item.sessionOn === undefined;

/** Adjourned without a date: which session still makes it, and whom to call. */
function newSession(words: Phrases, item: NewsItem): Pick<Section, 'facts' | 'notes'> {
  const { t, day, context, message } = words;
  const dates = context.sessionsFor(item.decision, item.party);
  const call = whoToCall(words, item.party);
  if (dates === undefined) return { facts: [call], notes: [] };
  const sessions = sessionFacts(words, reachOf(dates, message.day));
  if (sessions.length === 0) return { facts: [call], notes: [t('ask.none-left-self', { due: day(dates.dueOn) })] };
  return { facts: [...sessions, call], notes: dates.assumed ? [t('call.estimate')] : [] };
}

/** An answer with nothing to add: one line says it. */
export const isPlain = (item: NewsItem): boolean =>
  item.kind === 'answer-news' &&
  ['approved', 'scheduled'].includes(item.answer) &&
  (item.changes ?? item.reason ?? item.corrected ?? item.onBehalfOf ?? item.tooLateFor) === undefined;

/** Several such answers. */
export const answersSection = (words: Phrases, items: readonly NewsItem[]): Section => ({
  title: words.t('news.several'),
  paragraphs: [],
  facts: items.map((item) => ({
    label: words.context.texts.party(item.party),
    value: words.t('news.line', { decision: words.noun(item.decision), answer: answerOf(words, item) }),
  })),
  notes: [],
});

/** After the name of a decision: `goedgekeurd op 20 mei`. */
export function answerOf({ t, day }: Phrases, item: NewsItem): string {
  const answer = t(`answer.${item.answer}`);
  const on =
    { scheduled: 'answer.scheduled-on', adjourned: 'answer.adjourned-to' }[item.answer as string] ?? 'answer.on';
  return item.sessionOn === undefined ? answer : t(on, { answer, day: day(item.sessionOn) });
}

function sentence(words: Phrases, item: NewsItem): string {
  const { t, day, party } = words;
  const values = { party: party(item.party), decision: words.decision(item.decision) };
  const said =
    item.sessionOn === undefined
      ? t(`news.${item.answer}-no-day`, values)
      : t(`news.${item.answer}`, { ...values, session: day(item.sessionOn) });
  return capital(said);
}

function given({ t }: Phrases, item: NewsItem): Fact[] {
  return [
    ...(item.changes === undefined ? [] : [{ label: t('news.changes'), value: inLines(item.changes) }]),
    ...(item.reason === undefined ? [] : [{ label: t('news.reason'), value: inLines(item.reason) }]),
  ];
}

function whoAndWhen({ t, party, fullDay, context, message }: Phrases, item: NewsItem): Fact[] {
  const { name } = context.person;
  const by =
    item.onBehalfOf === true
      ? t('receipt.by-on-behalf', { name, party: party(item.party) })
      : t('receipt.by-value', { name, party: context.texts.party(item.party) });
  return [
    { label: t('receipt.by'), value: by },
    { label: t('receipt.on'), value: fullDay(message.day) },
    ...(item.textVersion === undefined
      ? []
      : [{ label: t('receipt.text'), value: t('receipt.text-version', { version: item.textVersion }) }]),
  ];
}

function afterReceipt({ t, day }: Phrases, item: NewsItem): string[] {
  const late = item.tooLateFor === undefined ? [] : [t('receipt.too-late', { due: day(item.tooLateFor) })];
  return [t(`receipt.${item.answer}${isAdjournedOpen(item) ? '-no-day' : ''}`), ...late, t('receipt.correct')];
}

/** What is not obligatory is let go of, not the municipality. */
const rejectedOptions = ({ optional }: NewsItem): string =>
  optional === true ? 'news.rejected-options-optional' : 'news.rejected-options';

function forCoordinator({ t, party, day }: Phrases, item: NewsItem): string[] {
  const values = { party: party(item.party) };
  return [
    ...(item.onBehalfOf === true ? [t('news.on-behalf', values)] : []),
    ...(item.tooLateFor === undefined ? [] : [t('news.too-late', { due: day(item.tooLateFor) })]),
    ...(item.again === true ? [t('news.again')] : []),
    ...(item.answer === 'approved-with-changes' ? [t('news.changed-options')] : []),
    ...(item.answer === 'rejected' ? [t(rejectedOptions(item), values)] : []),
  ];
}
