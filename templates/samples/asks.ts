/** Mails about a decision that is asked of a body: the request, its reminders, and the question after the session. */
import { asPartyId } from '../../domain/ids.ts';
import type { AskItem } from '../../domain/message.ts';
import type { DecisionTexts } from '../mail-context.ts';
import { ask, boardAsk, day, type MailSample, onlyLast, sample, tooLate } from './sample.ts';

const { nextSession: _next, nextCutoff: _nextCutoff, lastSession: _last, lastCutoff: _lastCutoff, ...noSessions } = ask;
const withoutWhy = ({ why: _why, ...rest }: DecisionTexts): DecisionTexts => rest;
const movedReason = (): string => 'De tekst kwam later.';
const reminder: AskItem = { ...ask, kind: 'reminder' };
const overdue: AskItem = { ...ask, kind: 'overdue' };
const escalation: AskItem = { ...ask, kind: 'escalation' };
const held: AskItem = { ...ask, kind: 'outcome-question', status: 'scheduled', sessionOn: day('2031-06-24') };

export const requests: MailSample[] = [
  sample('request', 'contact', [ask]),
  sample('request-estimate', 'contact', [{ ...ask, assumed: true }]),
  sample('request-only-one-session', 'contact', [{ ...ask, ...onlyLast }], '2031-05-20'),
  sample('request-too-late', 'contact', [{ ...ask, ...tooLate }], '2031-06-18'),
  sample('request-no-sessions', 'contact', [noSessions]),
  sample('request-again', 'contact', [{ ...ask, attempt: 2, textVersion: 2 }]),
  sample('request-again-same', 'contact', [{ ...ask, attempt: 2 }]),
  sample('request-other-body', 'contact', [{ ...ask, body: 'college' }]),
  sample('request-moved', 'contact', [ask], '2031-04-01', () => ({ movedReason })),
  sample('request-closes-today', 'contact', [ask], '2031-05-12'),
  sample('request-due-on-sunday', 'contact', [{ ...ask, dueOn: day('2031-06-29') }]),
  sample('request-plain', 'contact', [ask], '2031-04-01', ({ texts }) => ({
    coordinator: { name: 'Els' },
    texts: { ...texts, decision: (key) => withoutWhy(texts.decision(key)) },
  })),
  sample('request-three', 'contact', [ask, { ...ask, decision: 'multi-year-plan' }, { ...ask, decision: 'extension' }]),
  sample('request-board', 'coordinator', [{ ...boardAsk, kind: 'request' }]),
  sample('request-no-contact', 'coordinator', [{ ...ask, ...tooLate }], '2031-06-18'),
  sample('request-long-names', 'contact', [{ ...ask, party: asPartyId('nis:24135') }], '2031-04-01', () => ({
    partnership: 'Projectvereniging Cultuur en Erfgoed tussen Demer, Dijle en Voer',
    person: { name: 'Marie-Antoinette Vandenbroucke-Vanhoenackere van den Kloosterhof' },
    coordinator: { name: 'Wilhelmina Van der Straeten-Ponthoz', email: `${'w'.repeat(40)}@regio.example.org` },
  })),
  sample('request-right-to-left', 'contact', [ask], '2031-04-01', () => ({
    person: { name: 'ليلى بن يوسف' },
    coordinator: { name: 'דוד לוי', email: 'els@example.org' },
  })),
];

export const reminders: MailSample[] = [
  sample('reminder', 'contact', [reminder]),
  sample(
    'reminder-law',
    'contact',
    [{ ...reminder, decision: 'statutes', law: 'founding-window' }],
    '2031-04-01',
    () => ({
      movedReason,
    }),
  ),
  sample('reminder-deputy', 'deputy', [{ ...reminder, ...onlyLast }], '2031-06-13'),
  sample('reminder-closes-today', 'contact', [{ ...reminder, ...onlyLast }], '2031-06-16'),
  sample('reminder-long-name', 'contact', [
    { ...reminder, decision: 'representatives', party: asPartyId('nis:23039') },
  ]),
  sample('reminder-too-late', 'contact', [{ ...reminder, ...tooLate }], '2031-06-18'),
  sample('reminder-adjourned', 'contact', [{ ...reminder, status: 'adjourned' }]),
  sample('reminder-two', 'contact', [reminder, { ...reminder, decision: 'extension' }]),
  sample('overdue', 'contact', [{ ...overdue, ...tooLate, assumed: true }], '2031-07-01'),
  sample('overdue-two', 'contact', [overdue, overdue], '2031-07-01'),
  sample('escalation-to-contact', 'contact', [escalation], '2031-07-01'),
  sample('outcome-question', 'contact', [held], '2031-06-25'),
  sample('outcome-question-two', 'contact', [held, { ...held, decision: 'extension' }], '2031-06-25'),
  sample(
    'outcome-question-board',
    'coordinator',
    [{ ...boardAsk, kind: 'outcome-question', status: 'scheduled', sessionOn: day('2031-06-24') }],
    '2031-06-25',
  ),
];

export const calls: MailSample[] = [
  sample('escalation-silent', 'coordinator', [{ ...escalation, assumed: true }]),
  sample('escalation-cutoff-passed', 'coordinator', [{ ...escalation, ...tooLate }], '2031-06-17'),
  sample('escalation-no-session', 'coordinator', [{ ...noSessions, kind: 'escalation' }]),
  sample('escalation-overdue', 'coordinator', [escalation], '2031-07-01'),
  sample('escalation-board', 'coordinator', [{ ...boardAsk, kind: 'escalation' }]),
  sample('escalation-no-contact', 'coordinator', [escalation], '2031-04-01', () => ({ contactOf: () => undefined })),
  sample('escalation-no-address', 'coordinator', [escalation], '2031-04-01', () => ({
    contactOf: () => ({ name: 'An Peeters' }),
  })),
  sample('escalation-phone', 'coordinator', [escalation], '2031-04-01', () => ({
    contactOf: () => ({ name: 'An Peeters', email: 'an@example.org', phone: '02 123 45 67' }),
  })),
  sample('choose-changed', 'coordinator', [{ ...reminder, status: 'changed' }]),
  sample('choose-rejected', 'coordinator', [{ ...reminder, status: 'rejected' }]),
  sample('choose-rejected-optional', 'coordinator', [{ ...reminder, status: 'rejected', optional: true }]),
];
