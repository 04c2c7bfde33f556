/** One mail of every kind, and every item in every way that it can be put. Real texts; people are made up. */
import { asInstant, asLocalDate, asPartyId, asPathId, asPersonId, type LocalDate } from '../../domain/ids.ts';
import type {
  AskItem,
  DetailsItem,
  MailKind,
  Message,
  ForeseenItem,
  MessageItem,
  MovedItem,
  NewsItem,
  OutcomeItem,
  TaskItem,
  UndeliveredItem,
} from '../../domain/message.ts';
import type { DecisionTexts, MailContext, RenderedMail } from '../../templates/mail-context.ts';
import type { Locale } from '../../templates/locale.ts';
import { renderDigest, renderSignIn } from '../../templates/render-account-mail.ts';
import { renderMail } from '../../templates/render-mail.ts';
import { createTexts } from '../../worker/texts.ts';

const day = (text: string): LocalDate => asLocalDate(text);
const wemmel = asPartyId('nis:23102');
const board = asPartyId('board');

const els = { name: 'Els Janssens', email: 'els@example.org' };
const texts = createTexts()('igs-cultuur');
const withoutWhy = ({ why: _why, ...rest }: DecisionTexts): DecisionTexts => rest;
export const context: MailContext = {
  partnership: 'Cultuur Noordrand',
  person: { name: 'An Peeters', email: 'an@example.org' },
  coordinator: els,
  texts,
  link: 'https://regiopad.example.org/m/eyJhbGciOiJIUzI1NiIsImtpZCI6ImsxIn0.eyJwYXRoIjoibm9vcmRyYW5kLTIwMzMifQ.c2lnbmF0dXJl',
  contactOf: (party) =>
    party === wemmel ? { name: 'An Peeters', function: 'algemeen directeur', email: 'an@example.org' } : undefined,
  someone: (id) =>
    id === 'noordrand-2033.3' ? { name: 'Jan Smets' } : { name: 'An Peeters', email: 'an@example.org' },
  movedReason: () => undefined,
  sessionsFor: () => ask,
  usualBody: (decision) => (decision === 'internal-rules' ? 'board' : 'council'),
};

export const ask: AskItem = {
  type: 'ask',
  kind: 'request',
  decision: 'declaration-of-intent',
  party: wemmel,
  body: 'council',
  attempt: 1,
  textVersion: 1,
  status: 'requested',
  dueOn: day('2031-06-30'),
  nextSession: day('2031-05-20'),
  nextCutoff: day('2031-05-12'),
  lastSession: day('2031-06-24'),
  lastCutoff: day('2031-06-16'),
  assumed: false,
};
const onlyLast = { nextSession: day('2031-06-24'), nextCutoff: day('2031-06-16') };
const tooLate = { nextSession: day('2031-09-23'), nextCutoff: day('2031-09-15') };
const boardAsk: AskItem = { ...ask, decision: 'internal-rules', party: board, body: 'board', assumed: true };
const { nextSession: _next, nextCutoff: _nextCutoff, lastSession: _last, lastCutoff: _lastCutoff, ...noSessions } = ask;

const task: TaskItem = {
  type: 'task',
  kind: 'reminder',
  rule: 'week-before',
  deadline: day('2031-05-02'),
  what: 'task',
  item: 'intent-draft',
  dueOn: day('2031-05-02'),
};
const ready: TaskItem = { ...task, what: 'ready', item: 'declaration-of-intent', dueOn: day('2031-06-30') };
const news: NewsItem = {
  type: 'news',
  kind: 'answer-news',
  seq: 9,
  decision: 'declaration-of-intent',
  party: wemmel,
  answer: 'approved',
  sessionOn: day('2031-05-20'),
};
const tooLateNews: NewsItem = {
  ...news,
  answer: 'scheduled',
  sessionOn: day('2031-09-23'),
  tooLateFor: day('2031-06-30'),
};
const { sessionOn: _on, ...noDay } = news;
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
const outcome: OutcomeItem = {
  type: 'outcome',
  kind: 'decision-news',
  outcome: 'granted',
  on: day('2032-10-29'),
  amount: 120_000,
};
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

export interface Sample {
  name: string;
  message: Message;
  context?: Partial<MailContext>;
}

function sample(
  name: string,
  role: Message['role'],
  items: MessageItem[],
  on = '2031-04-01',
  changed?: Partial<MailContext>,
): Sample {
  const kind: MailKind = items[0]?.kind ?? 'reminder';
  const message: Message = {
    key: `noordrand-2033/noordrand-2033.2/${kind}/${on}`,
    path: asPathId('noordrand-2033'),
    to: asPersonId('noordrand-2033.2'),
    role,
    ...(role !== 'coordinator' && { party: wemmel, linkGeneration: 1 }),
    kind,
    day: day(on),
    items,
  };
  return { name, message, ...(changed && { context: changed }) };
}

const answers: [name: string, item: NewsItem][] = [
  ['scheduled', { ...news, answer: 'scheduled' }],
  ['scheduled-no-day', { ...noDay, answer: 'scheduled' }],
  ['approved', news],
  ['approved-no-day', noDay],
  ['changes', { ...news, answer: 'approved-with-changes', changes: 'De bijdrage is 10.000 euro.' }],
  ['changes-no-day', { ...noDay, answer: 'approved-with-changes', changes: 'De bijdrage is 10.000 euro.' }],
  ['adjourned', { ...news, answer: 'adjourned', sessionOn: day('2031-06-24'), again: true }],
  ['adjourned-no-day', { ...noDay, answer: 'adjourned' }],
  ['rejected', { ...news, answer: 'rejected', reason: 'De raad vindt de bijdrage te hoog.', corrected: true }],
  ['rejected-optional', { ...news, answer: 'rejected', optional: true }],
  ['rejected-no-day', { ...noDay, answer: 'rejected', onBehalfOf: true }],
];
const asReceipt = (item: NewsItem): NewsItem => ({ ...item, kind: 'receipt' });

export const samples: Sample[] = [
  sample('request', 'contact', [ask]),
  sample('request-estimate', 'contact', [{ ...ask, assumed: true }]),
  sample('request-only-one-session', 'contact', [{ ...ask, ...onlyLast }], '2031-05-20'),
  sample('request-too-late', 'contact', [{ ...ask, ...tooLate }], '2031-06-18'),
  sample('request-no-sessions', 'contact', [noSessions]),
  sample('request-again', 'contact', [{ ...ask, attempt: 2, textVersion: 2 }]),
  sample('request-again-same', 'contact', [{ ...ask, attempt: 2 }]),
  sample('request-other-body', 'contact', [{ ...ask, body: 'college' }]),
  sample('request-moved', 'contact', [ask], '2031-04-01', {
    movedReason: () => 'De tekst kwam later.',
  }),
  sample(
    'reminder-law',
    'contact',
    [{ ...ask, kind: 'reminder', decision: 'statutes', law: 'founding-window' }],
    '2031-04-01',
    {
      movedReason: () => 'De tekst kwam later.',
    },
  ),
  sample('request-closes-today', 'contact', [ask], '2031-05-12'),
  sample('request-due-on-sunday', 'contact', [{ ...ask, dueOn: day('2031-06-29') }]),
  sample('request-plain', 'contact', [ask], '2031-04-01', {
    coordinator: { name: 'Els' },
    texts: { ...texts, decision: (key) => withoutWhy(texts.decision(key)) },
  }),
  sample('request-three', 'contact', [ask, { ...ask, decision: 'multi-year-plan' }, { ...ask, decision: 'extension' }]),
  sample('request-board', 'coordinator', [{ ...boardAsk, kind: 'request' }]),
  sample('request-no-contact', 'coordinator', [{ ...ask, ...tooLate }], '2031-06-18'),
  sample('reminder', 'contact', [{ ...ask, kind: 'reminder' }]),
  sample('reminder-deputy', 'deputy', [{ ...ask, kind: 'reminder', ...onlyLast }], '2031-06-13'),
  sample('reminder-closes-today', 'contact', [{ ...ask, kind: 'reminder', ...onlyLast }], '2031-06-16'),
  sample('reminder-long-name', 'contact', [
    { ...ask, kind: 'reminder', decision: 'representatives', party: asPartyId('nis:23039') },
  ]),
  sample('reminder-too-late', 'contact', [{ ...ask, kind: 'reminder', ...tooLate }], '2031-06-18'),
  sample('reminder-adjourned', 'contact', [{ ...ask, kind: 'reminder', status: 'adjourned' }]),
  sample('reminder-two', 'contact', [
    { ...ask, kind: 'reminder' },
    { ...ask, kind: 'reminder', decision: 'extension' },
  ]),
  sample('overdue', 'contact', [{ ...ask, kind: 'overdue', ...tooLate, assumed: true }], '2031-07-01'),
  sample(
    'overdue-two',
    'contact',
    [
      { ...ask, kind: 'overdue' },
      { ...ask, kind: 'overdue' },
    ],
    '2031-07-01',
  ),
  sample('escalation-to-contact', 'contact', [{ ...ask, kind: 'escalation' }], '2031-07-01'),
  sample(
    'outcome-question',
    'contact',
    [{ ...ask, kind: 'outcome-question', status: 'scheduled', sessionOn: day('2031-06-24') }],
    '2031-06-25',
  ),
  sample(
    'outcome-question-two',
    'contact',
    [
      { ...ask, kind: 'outcome-question', status: 'scheduled', sessionOn: day('2031-06-24') },
      { ...ask, kind: 'outcome-question', status: 'scheduled', sessionOn: day('2031-06-24'), decision: 'extension' },
    ],
    '2031-06-25',
  ),
  sample(
    'outcome-question-board',
    'coordinator',
    [{ ...boardAsk, kind: 'outcome-question', status: 'scheduled', sessionOn: day('2031-06-24') }],
    '2031-06-25',
  ),
  sample('escalation-silent', 'coordinator', [{ ...ask, kind: 'escalation', assumed: true }]),
  sample('escalation-cutoff-passed', 'coordinator', [{ ...ask, kind: 'escalation', ...tooLate }], '2031-06-17'),
  sample('escalation-no-session', 'coordinator', [{ ...noSessions, kind: 'escalation' }]),
  sample('escalation-overdue', 'coordinator', [{ ...ask, kind: 'escalation' }], '2031-07-01'),
  sample('escalation-board', 'coordinator', [{ ...boardAsk, kind: 'escalation' }]),
  sample('escalation-no-contact', 'coordinator', [{ ...ask, kind: 'escalation' }], '2031-04-01', {
    contactOf: () => undefined,
  }),
  sample('escalation-no-address', 'coordinator', [{ ...ask, kind: 'escalation' }], '2031-04-01', {
    contactOf: () => ({ name: 'An Peeters' }),
  }),
  sample('escalation-phone', 'coordinator', [{ ...ask, kind: 'escalation' }], '2031-04-01', {
    contactOf: () => ({ name: 'An Peeters', email: 'an@example.org', phone: '02 123 45 67' }),
  }),
  sample('choose-changed', 'coordinator', [{ ...ask, kind: 'reminder', status: 'changed' }]),
  sample('choose-rejected', 'coordinator', [{ ...ask, kind: 'reminder', status: 'rejected' }]),
  sample('choose-rejected-optional', 'coordinator', [{ ...ask, kind: 'reminder', status: 'rejected', optional: true }]),
  sample('task', 'coordinator', [task]),
  sample('task-overdue', 'coordinator', [{ ...task, kind: 'overdue' }], '2031-05-05'),
  sample('tasks', 'coordinator', [
    { ...task, item: 'small-projects', dueOn: day('2031-05-03') },
    { ...task, dueOn: day('2031-05-02') },
  ]),
  sample(
    'tasks-overdue',
    'coordinator',
    [task, { ...task, kind: 'overdue', item: 'small-projects' }, { ...task, item: 'budget-credits' }],
    '2031-05-05',
  ),
  sample('ready', 'coordinator', [ready]),
  sample('ready-late', 'coordinator', [{ ...ready, kind: 'overdue' }]),
  sample('ready-too-late', 'coordinator', [{ ...ready, kind: 'escalation' }]),
  ...answers.map(([name, item]) => sample(`news-${name}`, 'coordinator', [item], '2031-05-21')),
  ...answers.map(([name, item]) => sample(`receipt-${name}`, 'contact', [asReceipt(item)], '2031-05-21')),
  sample(
    'news-three',
    'coordinator',
    [news, { ...news, party: board }, { ...noDay, answer: 'scheduled' }],
    '2031-05-21',
  ),
  sample('news-two', 'coordinator', [news, { ...news, party: board }], '2031-05-21'),
  sample('news-adjourned-estimate', 'coordinator', [{ ...noDay, answer: 'adjourned' }], '2031-05-21', {
    sessionsFor: () => ({ ...ask, ...onlyLast, assumed: true }),
  }),
  sample('news-adjourned-too-late', 'coordinator', [{ ...noDay, answer: 'adjourned' }], '2031-06-18', {
    sessionsFor: () => ({ ...ask, ...tooLate }),
  }),
  sample('news-adjourned-not-due', 'coordinator', [{ ...noDay, answer: 'adjourned' }], '2031-05-21', {
    sessionsFor: () => undefined,
  }),
  sample('receipt-board', 'coordinator', [asReceipt(news)], '2031-05-21'),
  sample('news-too-late', 'coordinator', [tooLateNews], '2031-05-21'),
  sample('receipt-too-late', 'contact', [asReceipt(tooLateNews)], '2031-05-21'),
  sample('moved', 'contact', [moved]),
  sample('moved-no-session', 'contact', [movedNoSession]),
  sample('moved-round', 'contact', [{ ...movedNoReason, cause: 'round' }]),
  sample('moved-definition', 'contact', [{ ...movedNoReason, cause: 'definition' }]),
  sample('moved-two', 'contact', [moved, { ...moved, decision: 'extension' }]),
  sample('moved-coordinator', 'coordinator', [moved]),
  sample('granted', 'contact', [outcome], '2032-10-29'),
  sample('granted-coordinator', 'coordinator', [outcome], '2032-10-29'),
  sample(
    'refused',
    'contact',
    [{ ...noAmount(outcome), outcome: 'refused', reason: 'Te weinig inwoners.' }],
    '2032-10-29',
  ),
  sample(
    'stopped',
    'contact',
    [{ ...noAmount(outcome), outcome: 'stopped', reason: 'Twee gemeenten stappen uit.' }],
    '2032-10-29',
  ),
  sample('foreseen', 'coordinator', [foreseen], '2031-01-06'),
  sample('foreseen-several', 'coordinator', [foreseen, { ...foreseen, assumed: true }, neverAgain], '2031-01-06'),
  sample('foreseen-early', 'coordinator', [early, { ...early, party: asPartyId('nis:23002') }, foreseen], '2031-01-06'),
  sample('undelivered', 'coordinator', [undelivered]),
  sample('details', 'contact', [details]),
  sample('details-coordinator', 'coordinator', [{ ...details, from: asPersonId('noordrand-2033.3') }]),
  ...(
    [
      'reminder',
      'overdue',
      'escalation',
      'outcome-question',
      'receipt',
      'answer-news',
      'deadline-moved',
      'decision-news',
      'sign-in',
      'digest',
    ] as const
  ).map((mailKind) =>
    sample(`undelivered-${mailKind}`, 'coordinator', [
      { ...undelivered, to: asPersonId('noordrand-2033.3'), mailKind },
    ]),
  ),
  sample(
    'morning',
    'coordinator',
    [
      { ...ask, kind: 'escalation', ...tooLate },
      undelivered,
      { ...task, kind: 'overdue' },
      { ...ready, kind: 'reminder' },
      news,
    ],
    '2031-06-17',
  ),
];

function noAmount({ amount: _amount, ...rest }: OutcomeItem): OutcomeItem {
  return rest;
}

export const render = ({ message, context: changed }: Sample, locale?: Locale): RenderedMail =>
  renderMail(message, { ...context, ...changed }, locale);

const region = { partnership: 'Cultuur Noordrand', link: 'https://regiopad.example.org/paden/noordrand-2033' };
export const accountMails = (locale?: Locale): [name: string, mail: RenderedMail][] => {
  const digest = { name: 'Mia', day: day('2031-04-07'), link: 'https://regiopad.example.org/' };
  const regions = [
    {
      ...region,
      status: 'loopt, stap 4 van 11',
      late: 2,
      waiting: 5,
      calls: [{ who: 'Wemmel', why: 'intentieverklaring' }],
    },
    { ...region, partnership: 'Zuidrand', status: 'loopt, stap 6 van 11', late: 0, waiting: 0, calls: [] },
  ];
  return [
    [
      'sign-in',
      renderSignIn(
        {
          name: 'Els',
          link: 'https://regiopad.example.org/aanmelden/abc',
          expiresAt: asInstant(Date.parse('2031-04-07T10:00:00Z')),
        },
        locale,
      ),
    ],
    ['digest', renderDigest({ ...digest, regions }, locale)],
    ['digest-empty', renderDigest({ ...digest, regions: [] }, locale)],
  ];
};
