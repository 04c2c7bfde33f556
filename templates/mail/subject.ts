/** The subject of a mail: who, what and which session, or how many things wait. */
import type { AskItem, MessageItem, MovedItem, NewsItem, TaskItem } from '../../domain/message.ts';
import type { Phrases } from './phrases.ts';
import { askKind, reachOf } from './sessions.ts';

export function subjectOf(words: Phrases): string {
  const [first, second] = words.message.items;
  if (first === undefined) throw new Error(`The message ${words.message.key} says nothing`);
  return second === undefined ? single(words, first) : several(words, words.message.items);
}

function single(words: Phrases, item: MessageItem): string {
  switch (item.type) {
    case 'ask':
      return ask(words, item);
    case 'task':
      return task(words, item);
    case 'news':
      return news(words, item);
    case 'moved':
      return moved(words, item);
    case 'outcome':
      return words.t(`subject.${item.outcome}`, { partnership: words.context.partnership });
    case 'undelivered': {
      const name = words.context.someone(item.to)?.name ?? item.to;
      return words.t('subject.undelivered', { partnership: words.context.partnership, name });
    }
  }
}

function ask(words: Phrases, item: AskItem): string {
  const { t, day } = words;
  const kind = askKind(item, words.isCoordinator, words.message.day);
  const reach = reachOf(item, words.message.day);
  const values = {
    party: words.label(item.party),
    decision: words.noun(item.decision),
    body: words.body(item.body),
    due: day(item.dueOn),
  };
  if (item.status === 'changed' || item.status === 'rejected') return t('subject.choose', values);
  if (kind === 'overdue') return t('subject.overdue', values);
  if (kind === 'outcome-question' && item.sessionOn !== undefined) {
    const decision = words.decision(item.decision);
    return t('subject.outcome-question', { ...values, decision, session: day(item.sessionOn) });
  }
  // A request names the first session that can take it, a reminder the last one that still does.
  const session = kind === 'request' ? (reach.next ?? reach.last) : (reach.last ?? reach.next);
  const key = { request: 'subject.ask', escalation: 'subject.escalation' }[kind as string] ?? 'subject.reminder';
  if (session === undefined) return t(`${key}-no-session`, values);
  return t(key, { ...values, session: day(session.on), cutoff: day(session.cutoff) });
}

function task({ t, day, context, decision, message }: Phrases, item: TaskItem): string {
  const { partnership, texts } = context;
  if (item.what === 'ready') return t('subject.ready', { partnership, decision: decision(item.item) });
  const values = { partnership, task: texts.task(item.item).title, due: day(item.dueOn) };
  return t(item.dueOn < message.day ? 'subject.task-overdue' : 'subject.task', values);
}

function news({ t, day, label, noun }: Phrases, item: NewsItem): string {
  const word = t(`answer.${item.answer}`);
  const on =
    { scheduled: 'answer.scheduled-on', adjourned: 'answer.adjourned-to' }[item.answer as string] ?? 'answer.on';
  const answer = item.sessionOn === undefined ? word : t(on, { answer: word, day: day(item.sessionOn) });
  const key = item.kind === 'receipt' ? 'subject.receipt' : 'subject.news';
  return t(key, { party: label(item.party), decision: noun(item.decision), answer });
}

const moved = ({ t, day, label, noun }: Phrases, item: MovedItem): string =>
  t('subject.moved', { party: label(item.party), decision: noun(item.decision), to: day(item.to) });

const counted: Record<string, string> = {
  request: 'subject.asks',
  reminder: 'subject.asks-reminder',
  overdue: 'subject.asks-overdue',
  'outcome-question': 'subject.asks-outcome',
  'deadline-moved': 'subject.moved-many',
};

function several({ t, label, context, isCoordinator, message }: Phrases, items: readonly MessageItem[]): string {
  const key = counted[message.kind];
  if (isCoordinator || message.party === undefined || key === undefined)
    return t('subject.many', { partnership: context.partnership, count: items.length });
  return t(key, { party: label(message.party), count: items.length });
}
