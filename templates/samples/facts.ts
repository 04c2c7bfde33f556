/** Mails that ask for no decision: tasks, what is foreseen, moved dates, how a path ended, mails that did not arrive. */
import { asPartyId, asPersonId } from '../../domain/ids.ts';
import {
  type DetailsItem,
  type ForeseenItem,
  mailKinds,
  type MovedItem,
  type OutcomeItem,
  type TaskItem,
  type UndeliveredItem,
} from '../../domain/message.ts';
import { news } from './answers.ts';
import { ask, day, jan, type MailSample, sample, tooLate, wemmel } from './sample.ts';

const task: TaskItem = {
  type: 'task',
  kind: 'reminder',
  rule: 'week-before',
  deadline: day('2031-05-02'),
  what: 'task',
  item: 'intent-draft',
  dueOn: day('2031-05-02'),
};
const lateTask: TaskItem = { ...task, kind: 'overdue' };
const ready: TaskItem = { ...task, what: 'ready', item: 'declaration-of-intent', dueOn: day('2031-06-30') };

const moved: MovedItem = {
  type: 'moved',
  kind: 'deadline-moved',
  decision: 'declaration-of-intent',
  party: wemmel,
  from: day('2031-06-30'),
  to: day('2031-09-30'),
  reason: 'De tekst is later klaar dan gepland.',
  lastSession: day('2031-09-23'),
  assumed: true,
};
const { lastSession: _movedLast, ...movedNoSession } = moved;
const { reason: _movedWhy, ...movedNoReason } = moved;

const ended: OutcomeItem = { type: 'outcome', kind: 'decision-news', outcome: 'granted', on: day('2032-10-29') };
const granted: OutcomeItem = { ...ended, amount: 120_000 };
const refused: OutcomeItem = { ...ended, outcome: 'refused', reason: 'Te weinig inwoners.' };
const stopped: OutcomeItem = { ...ended, outcome: 'stopped', reason: 'Twee gemeenten stappen uit.' };
const END = '2032-10-29';

const undelivered: UndeliveredItem = {
  type: 'undelivered',
  kind: 'escalation',
  key: 'k',
  to: asPersonId('noordrand-2033.2'),
  mailKind: 'request',
};

const details: DetailsItem = {
  type: 'details',
  kind: 'receipt',
  party: wemmel,
  from: asPersonId('noordrand-2033.2'),
  to: asPersonId('noordrand-2033.4'),
};

const foreseen: ForeseenItem = {
  type: 'foreseen',
  kind: 'escalation',
  rule: 'no-session',
  deadline: day('2031-06-30'),
  decision: 'declaration-of-intent',
  party: ask.party,
  dueOn: day('2031-06-30'),
  askOn: day('2031-04-21'),
  nextSession: day('2031-07-08'),
  assumed: false,
};
const early: ForeseenItem = { ...foreseen, dueOn: day('2031-03-31'), deadline: day('2031-03-31') };
const { nextSession: _none, ...neverAgain } = foreseen;
const asse = asPartyId('nis:23002');
const AHEAD = '2031-01-06';

export const taskMails: MailSample[] = [
  sample('task', 'coordinator', [task]),
  sample('task-overdue', 'coordinator', [lateTask], '2031-05-05'),
  sample('tasks', 'coordinator', [{ ...task, item: 'small-projects', dueOn: day('2031-05-03') }, task]),
  sample(
    'tasks-overdue',
    'coordinator',
    [task, { ...lateTask, item: 'small-projects' }, { ...task, item: 'budget-credits' }],
    '2031-05-05',
  ),
  sample('ready', 'coordinator', [ready]),
  sample('ready-late', 'coordinator', [{ ...ready, kind: 'overdue' }]),
  sample('ready-too-late', 'coordinator', [{ ...ready, kind: 'escalation' }]),
  sample('foreseen', 'coordinator', [foreseen], AHEAD),
  sample('foreseen-several', 'coordinator', [foreseen, { ...foreseen, assumed: true }, neverAgain], AHEAD),
  sample('foreseen-early', 'coordinator', [early, { ...early, party: asse }, foreseen], AHEAD),
];

export const factMails: MailSample[] = [
  sample('moved', 'contact', [moved]),
  sample('moved-no-session', 'contact', [movedNoSession]),
  sample('moved-round', 'contact', [{ ...movedNoReason, cause: 'round' }]),
  sample('moved-definition', 'contact', [{ ...movedNoReason, cause: 'definition' }]),
  sample('moved-two', 'contact', [moved, { ...moved, decision: 'extension' }]),
  sample('moved-coordinator', 'coordinator', [moved]),
  sample('granted', 'contact', [granted], END),
  sample('granted-coordinator', 'coordinator', [granted], END),
  sample('refused', 'contact', [refused], END),
  sample('stopped', 'contact', [stopped], END),
  sample('details', 'contact', [details]),
  sample('details-coordinator', 'coordinator', [{ ...details, from: jan }]),
  sample('undelivered', 'coordinator', [undelivered]),
  sample('undelivered-stopped', 'coordinator', [{ ...undelivered, stopped: true }]),
  sample('undelivered-deputy', 'coordinator', [{ ...undelivered, stopped: true, instead: jan }]),
  ...mailKinds
    .filter((mailKind) => mailKind !== 'request')
    .map((mailKind) => sample(`undelivered-${mailKind}`, 'coordinator', [{ ...undelivered, to: jan, mailKind }])),
  sample(
    'morning',
    'coordinator',
    [{ ...ask, kind: 'escalation', ...tooLate }, undelivered, lateTask, ready, news],
    '2031-06-17',
  ),
];
