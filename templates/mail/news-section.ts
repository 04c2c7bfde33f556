/** An answer: as a receipt for who gave it, or as news for who coordinates. */
import type { NewsItem } from '../../domain/message.ts';
import { capital } from '../dutch.ts';
import type { Phrases } from './phrases.ts';
import type { Fact, Section } from './section.ts';

export function newsSection(words: Phrases, item: NewsItem): Section {
  const isReceipt = item.kind === 'receipt';
  return {
    title: words.context.texts.decision(item.decision).title,
    paragraphs: [sentence(words, item), ...(item.corrected === true ? [words.t('news.corrected')] : [])],
    facts: [...given(words, item), ...(isReceipt ? whoAndWhen(words, item) : [])],
    notes: isReceipt ? afterReceipt(words, item) : forCoordinator(words, item),
  };
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
    ...(item.changes === undefined ? [] : [{ label: t('news.changes'), value: item.changes }]),
    ...(item.reason === undefined ? [] : [{ label: t('news.reason'), value: item.reason }]),
  ];
}

function whoAndWhen({ t, party, fullDay, context, message }: Phrases, item: NewsItem): Fact[] {
  const by = t('receipt.by-value', { name: context.person.name, party: party(item.party) });
  return [
    { label: t('receipt.by'), value: by },
    { label: t('receipt.on'), value: fullDay(message.day) },
  ];
}

function afterReceipt({ t }: Phrases, item: NewsItem): string[] {
  const isOpen = item.answer === 'adjourned' && item.sessionOn === undefined;
  return [t(`receipt.${item.answer}${isOpen ? '-no-day' : ''}`), t('receipt.correct')];
}

function forCoordinator({ t, party }: Phrases, item: NewsItem): string[] {
  const values = { party: party(item.party) };
  return [
    ...(item.onBehalfOf === true ? [t('news.on-behalf', values)] : []),
    ...(item.again === true ? [t('news.again')] : []),
    ...(item.answer === 'approved-with-changes' ? [t('news.changed-options')] : []),
    ...(item.answer === 'rejected' ? [t('news.rejected-options', values)] : []),
  ];
}
