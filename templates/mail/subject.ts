/** The subject of a mail: who, what and which session, or how many things wait. */
import { type AskItem, type MailKind, type MessageItem, morningKinds, type TaskItem } from '../../domain/message.ts';
import type { Values } from '../sentences.ts';
import { fitting } from './fitting.ts';
import { isTooEarly } from './foreseen-section.ts';
import { answerOf } from './news-section.ts';
import type { Phrases } from './phrases.ts';
import { askKind, reachOf } from './sessions.ts';

/** What most programs show of a subject, in characters. */
export const SUBJECT_LENGTH = 78;
/** What gives way in a subject that is too long, the first one first: names of municipalities and people last. */
const giveWay = ['task', 'decision', 'partnership', 'party', 'name'];

/** A sentence of the locale file and what stands in it. */
interface Said {
  key: string;
  values: Values;
  /** The same with less in it, for when that is too long. */
  short?: Said;
}

/** The subject of a message, of at most SUBJECT_LENGTH characters unless a name is longer than that. */
export function subjectOf(words: Phrases): string {
  const { items, key: message } = words.message;
  const [first] = items;
  if (first === undefined) throw new Error(`The message ${message} says nothing`);
  const { isCoordinator, t, label } = words;
  const party = isCoordinator ? undefined : words.message.party;
  const counting = items.length > 1 && party !== undefined ? counted[words.message.kind] : undefined;
  const rest = items.length === 1 || counting !== undefined ? '' : restOf(words, items);
  const said =
    counting !== undefined && party !== undefined
      ? { key: counting, values: { party: label(party), count: items.length } }
      : saidOf(words, items.length === 1 ? first : mostUrgent(items, first));
  return `${fit(t, said, SUBJECT_LENGTH - rest.length)}${rest}`;
}

function fit(t: Phrases['t'], { key, values, short }: Said, room: number): string {
  if (short !== undefined && t(key, values).length > room) return fit(t, short, room);
  return fitting((now) => t(key, now), values, room, giveWay);
}

function saidOf(words: Phrases, item: MessageItem): Said {
  const { label, noun, context, day } = words;
  const { partnership } = context;
  switch (item.type) {
    case 'ask':
      return ask(words, item);
    case 'task':
      return task(words, item);
    case 'foreseen': {
      const values = { partnership, party: label(item.party), decision: noun(item.decision) };
      return { key: isTooEarly(item) ? 'subject.early' : 'subject.foreseen', values };
    }
    case 'news': {
      const values = { party: label(item.party), decision: noun(item.decision), answer: answerOf(words, item) };
      return { key: item.kind === 'receipt' ? 'subject.receipt' : 'subject.news', values };
    }
    case 'moved': {
      const values = { party: label(item.party), decision: noun(item.decision), to: day(item.to) };
      return { key: 'subject.moved', values };
    }
    case 'outcome':
      return { key: `subject.${item.outcome}`, values: { partnership } };
    case 'details':
      return { key: 'subject.details', values: { party: label(item.party) } };
    case 'undelivered': {
      const name = context.someone(item.to)?.name ?? item.to;
      return { key: 'subject.undelivered', values: { partnership, name } };
    }
  }
}

function ask(words: Phrases, item: AskItem): Said {
  const { day, closes } = words;
  const kind = askKind(item, words.isCoordinator, words.message.day);
  const reach = reachOf(item, words.message.day);
  const values = {
    party: words.label(item.party),
    decision: words.noun(item.decision),
    body: words.body(item.body),
    due: day(item.dueOn),
  };
  if (item.status === 'changed' || item.status === 'rejected') return { key: 'subject.choose', values };
  if (kind === 'overdue') return { key: 'subject.overdue', values };
  if (kind === 'outcome-question' && item.sessionOn !== undefined) {
    const asked = { ...values, session: day(item.sessionOn) };
    const full = { key: 'subject.outcome-question', values: { ...asked, decision: words.decision(item.decision) } };
    return { ...full, short: { key: 'subject.outcome-question-short', values: asked } };
  }
  // A request names the first session that can take it, a reminder the last one that still does.
  const session = kind === 'request' ? (reach.next ?? reach.last) : (reach.last ?? reach.next);
  const key = { request: 'subject.ask', escalation: 'subject.escalation' }[kind as string] ?? 'subject.reminder';
  if (session === undefined) return { key: `${key}-no-session`, values };
  const all = { ...values, session: day(session.on), closes: closes(session.cutoff) };
  const short = shorter[key];
  return { key, values: all, ...(short !== undefined && { short: { key: short, values: all } }) };
}

const shorter: Partial<Record<string, string>> = {
  'subject.reminder': 'subject.ask',
  'subject.escalation': 'subject.escalation-short',
};

function task({ day, context, decision, message }: Phrases, item: TaskItem): Said {
  const { partnership, texts } = context;
  if (item.what === 'ready') return { key: 'subject.ready', values: { partnership, decision: decision(item.item) } };
  const key = item.dueOn < message.day ? 'subject.task-overdue' : 'subject.task';
  return { key, values: { partnership, due: day(item.dueOn), task: texts.task(item.item).title } };
}

/** For a contact with several things of one kind: how many. */
const counted: Partial<Record<MailKind, string>> = {
  request: 'subject.asks',
  reminder: 'subject.asks-reminder',
  overdue: 'subject.asks-overdue',
  'outcome-question': 'subject.asks-outcome',
  'deadline-moved': 'subject.moved-many',
};

/** What else is in the mail, after the most urgent point. */
function restOf({ t }: Phrases, items: readonly MessageItem[]): string {
  const what = items.every(({ type }) => type === 'news') ? 'answer' : 'point';
  const count = items.length - 1;
  return t(count === 1 ? `subject.other-${what}` : `subject.others-${what}`, { count });
}

function mostUrgent(items: readonly MessageItem[], first: MessageItem): MessageItem {
  const weight = (kind: MailKind): number => (morningKinds as readonly MailKind[]).indexOf(kind);
  const due = (item: MessageItem): string => ('dueOn' in item ? item.dueOn : 'later');
  const isBefore = (one: MessageItem, other: MessageItem): boolean =>
    weight(one.kind) === weight(other.kind) ? due(one) < due(other) : weight(one.kind) < weight(other.kind);
  return items.reduce((most, item) => (isBefore(item, most) ? item : most), first);
}
