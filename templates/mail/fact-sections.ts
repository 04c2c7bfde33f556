/** Facts that need no answer: a moved deadline, how a path ended, a mail that did not arrive. */
import type { MovedItem, OutcomeItem, UndeliveredItem } from '../../domain/message.ts';
import { amount } from '../dutch.ts';
import { inLines } from '../in-sentence.ts';
import type { Phrases } from './phrases.ts';
import type { Section } from './section.ts';

export function movedSection(words: Phrases, item: MovedItem): Section {
  const { t, day, fullDay, dueDay, context } = words;
  const values = { decision: words.decision(item.decision), to: dueDay(item.to), from: day(item.from) };
  const session = item.lastSession;
  const why = item.reason ?? (item.cause && t(`moved.${item.cause}`));
  const decided = context.usualBody(item.decision);
  return {
    title: context.texts.decision(item.decision).title,
    paragraphs: [t('moved.sentence', values)],
    facts: why === undefined ? [] : [{ label: t('moved.reason'), value: inLines(why) }],
    notes: [
      session === undefined ? t('moved.no-session') : t('moved.last', { session: fullDay(session) }),
      ...(item.assumed && session !== undefined && decided !== undefined
        ? [t('ask.estimate', { body: words.body(decided) })]
        : []),
    ],
  };
}

export function outcomeSection({ t, fullDay, context, isCoordinator }: Phrases, item: OutcomeItem): Section {
  return {
    title: t(`outcome.${item.outcome}-title`),
    paragraphs: [t(`outcome.${item.outcome}`, { day: fullDay(item.on), partnership: context.partnership })],
    facts: [
      ...(item.amount === undefined ? [] : [{ label: t('outcome.amount'), value: amount(item.amount) }]),
      ...(item.reason === undefined ? [] : [{ label: t('outcome.reason'), value: inLines(item.reason) }]),
    ],
    notes: isCoordinator ? [] : [t(`outcome.${item.outcome}-contact`)],
  };
}

export function undeliveredSection({ t, context }: Phrases, item: UndeliveredItem): Section {
  const { name, email } = context.someone(item.to) ?? { name: item.to };
  const what = t(`mail-kind.${item.mailKind}`);
  const instead = item.instead && context.someone(item.instead)?.name;
  return {
    title: t('undelivered.title'),
    paragraphs: [
      email === undefined
        ? t('undelivered.sentence-no-address', { name, what })
        : t('undelivered.sentence', { name, what, email }),
    ],
    facts: [],
    notes: [
      t('undelivered.do'),
      ...(item.stopped === true
        ? [instead === undefined ? t('undelivered.self') : t('undelivered.instead', { name: instead })]
        : []),
    ],
  };
}
