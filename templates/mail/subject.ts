/** The subject of a mail: who, what and which session, or how many things wait. */
import {
  type AskItem,
  type MailKind,
  type MessageItem,
  morningKinds,
  type MovedItem,
  type NewsItem,
  type TaskItem,
} from '../../domain/message.ts';
import { isTooEarly } from './foreseen-section.ts';
import { answerOf } from './news-section.ts';
import type { Phrases } from './phrases.ts';
import { askKind, reachOf } from './sessions.ts';

/** What most programs show of a subject. */
const LENGTH = 90;
/** A task's title is not cut further than this. */
const SHORTEST = 20;

export function subjectOf(words: Phrases): string {
  const [first, second] = words.message.items;
  if (first === undefined) throw new Error(`The message ${words.message.key} says nothing`);
  return second === undefined ? single(words, first) : several(words, words.message.items, first);
}

/** @param taken the room that what follows takes */
function single(words: Phrases, item: MessageItem, taken = 0): string {
  switch (item.type) {
    case 'ask':
      return ask(words, item, LENGTH - taken);
    case 'task':
      return task(words, item, LENGTH - taken);
    case 'foreseen':
      return words.t(isTooEarly(item) ? 'subject.early' : 'subject.foreseen', {
        partnership: words.context.partnership,
        party: words.label(item.party),
        decision: words.noun(item.decision),
      });
    case 'news':
      return news(words, item);
    case 'moved':
      return moved(words, item);
    case 'outcome':
      return words.t(`subject.${item.outcome}`, { partnership: words.context.partnership });
    case 'details':
      return words.t('subject.details', { party: words.label(item.party) });
    case 'undelivered': {
      const name = words.context.someone(item.to)?.name ?? item.to;
      return words.t('subject.undelivered', { partnership: words.context.partnership, name });
    }
  }
}

function ask(words: Phrases, item: AskItem, room: number): string {
  const { t, day, closes } = words;
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
  const all = { ...values, session: day(session.on), closes: closes(session.cutoff) };
  const subject = t(key, all);
  return key === 'subject.reminder' && subject.length > room ? t('subject.ask', all) : subject;
}

function task({ t, day, context, decision, message }: Phrases, item: TaskItem, room: number): string {
  const { partnership, texts } = context;
  if (item.what === 'ready') return t('subject.ready', { partnership, decision: decision(item.item) });
  const key = item.dueOn < message.day ? 'subject.task-overdue' : 'subject.task';
  const values = { partnership, due: day(item.dueOn) };
  const left = Math.max(room - t(key, { ...values, task: '' }).length, SHORTEST);
  return t(key, { ...values, task: shortened(texts.task(item.item).title, left) });
}

function news(words: Phrases, item: NewsItem): string {
  const { t, label, noun } = words;
  const answer = answerOf(words, item);
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

function several(words: Phrases, items: readonly MessageItem[], first: MessageItem): string {
  const { t, label, isCoordinator, message } = words;
  const key = counted[message.kind];
  if (!isCoordinator && message.party !== undefined && key !== undefined)
    return t(key, { party: label(message.party), count: items.length });
  const what = items.every(({ type }) => type === 'news') ? 'answer' : 'point';
  const count = items.length - 1;
  const rest = t(count === 1 ? `subject.other-${what}` : `subject.others-${what}`, { count });
  return `${single(words, mostUrgent(items, first), rest.length)}${rest}`;
}

function mostUrgent(items: readonly MessageItem[], first: MessageItem): MessageItem {
  const weight = (kind: MailKind): number => (morningKinds as readonly MailKind[]).indexOf(kind);
  const due = (item: MessageItem): string => ('dueOn' in item ? item.dueOn : 'later');
  const isBefore = (one: MessageItem, other: MessageItem): boolean =>
    weight(one.kind) === weight(other.kind) ? due(one) < due(other) : weight(one.kind) < weight(other.kind);
  return items.reduce((most, item) => (isBefore(item, most) ? item : most), first);
}

/** Whole words, as many as there is room for. */
function shortened(text: string, room: number): string {
  if (text.length <= room) return text;
  const cut = text.lastIndexOf(' ', room - 1);
  return `${text.slice(0, cut > 0 ? cut : room - 1).replace(/[\s:,]+$/, '')}…`;
}
