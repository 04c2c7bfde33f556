/** Why a thing is in a mail: the rule that brings it, in terms of the date that it counts from. */
import type { Anchor, ReminderRule } from './definition.ts';
import type { LocalDate } from './ids.ts';
import { findDecision, findTask } from './lookup.ts';
import type { AskItem, MessageItem, TaskItem } from './message.ts';
import { REQUEST } from './reminders.ts';
import type { PathState } from './state.ts';

/**
 * cutoff: an agenda closes; due: a deadline comes; each also once it has passed. requested, answered, ready, opened: so long ago;
 * texts: by when texts should be there; date: another date of the path. The others are what they are called.
 */
export type ReasonCode =
  | 'request'
  | 'outcome-question'
  | 'no-session'
  | 'cutoff'
  | 'cutoff-passed'
  | 'due'
  | 'due-passed'
  | 'texts'
  | 'texts-passed'
  | 'date'
  | 'date-passed'
  | 'requested'
  | 'answered'
  | 'ready'
  | 'opened'
  | 'fact';

export interface MailReason {
  code: ReasonCode;
  /** The date that the rule counts from. */
  on?: LocalDate;
  /** The session whose agenda closes, or that was held. */
  session?: LocalDate;
  /** The name of another date. */
  anchor?: Anchor;
}

const since: Partial<Record<Anchor, ReasonCode>> = {
  requestedOn: 'requested',
  answeredOn: 'answered',
  readyOn: 'ready',
  openedOn: 'opened',
};

function ruleOf(state: PathState, item: AskItem | TaskItem): ReminderRule | undefined {
  const { reminders, roles } = state.definition;
  const name =
    item.type === 'ask' ? findDecision(state, item.decision)?.reminders : findTask(state, item.item)?.reminders;
  const isCall = item.type === 'ask' && (item.status === 'rejected' || item.status === 'changed');
  const set = item.type === 'task' && item.what === 'ready' ? roles.ready : isCall ? roles.call : name;
  return reminders[set ?? '']?.find(({ key }) => key === item.rule);
}

function fromRule(item: AskItem | TaskItem, { anchor, days }: ReminderRule): MailReason {
  const on = item.deadline ?? item.dueOn;
  const past = days >= 0 ? '-passed' : '';
  const code = since[anchor];
  if (code !== undefined) return { code, on };
  const session = item.type === 'ask' ? item.lastSession : undefined;
  if (anchor === 'agendaCutoff' && session !== undefined) return { code: `cutoff${past}`, on, session };
  if (anchor === 'nextAgendaCutoff') return { code: `cutoff${past}`, on };
  if (anchor === 'dueOn' || anchor === 'agendaCutoff' || anchor === 'lastSession') return { code: `due${past}`, on };
  return anchor === 'requestBy' ? { code: `texts${past}`, on } : { code: `date${past}`, on, anchor };
}

export function reasonOf(state: PathState, item: MessageItem): MailReason {
  if (item.type === 'foreseen') return { code: 'no-session', on: item.dueOn };
  if (item.type !== 'ask' && item.type !== 'task') return { code: 'fact' };
  if (item.rule === REQUEST) return { code: 'request', on: item.dueOn };
  if (item.kind === 'outcome-question' && item.type === 'ask' && item.sessionOn !== undefined) {
    return { code: 'outcome-question', session: item.sessionOn };
  }
  const rule = ruleOf(state, item);
  return rule === undefined ? { code: 'due', on: item.dueOn } : fromRule(item, rule);
}
