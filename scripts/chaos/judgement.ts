/** Whether Regiopad kept its word through a run. Pure: from the evidence to what is wrong with it. */
import { isDeepStrictEqual } from 'node:util';
import { messageIdOf, senderFrom } from '../../activities/outgoing.ts';
import { connections } from '../../activities/transport.ts';
import { isMorning } from '../../domain/delivery.ts';
import { nextDue, outboxOf, retriesOf } from '../../domain/due.ts';
import type { DeliveryResult } from '../../domain/message.ts';
import { replay } from '../../store/projection.ts';
import type { Evidence, PathEvidence } from './evidence.ts';

export interface Verdict {
  /** What was promised. */
  promise: string;
  /** How many things were looked at. */
  checked: number;
  /** Each thing that breaks it, in words. */
  broken: string[];
}

/** The sender that the processes have when nobody sets another: the Message-ID of each mail follows from it. */
const sender = senderFrom('Regiopad <regiopad@example.org>');

export const judge = (evidence: Evidence): Verdict[] => [
  answersAreThere(evidence),
  answersCountOnce(evidence),
  recordHasNoGap(evidence),
  storeEqualsWorkflow(evidence),
  mailsArrived(evidence),
  nothingIsDue(evidence),
  nobodyIsMailedTwice(evidence),
  repeatsWereInFlight(evidence),
];

export const isKept = (verdicts: readonly Verdict[]): boolean => verdicts.every(({ broken }) => broken.length === 0);

/** How often each reference of an answer stands in the record of its path. */
function countsOf({ paths }: Evidence): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { path, events } of paths) {
    for (const event of events) {
      if (event.type !== 'answered' && event.type !== 'answer-corrected') continue;
      const key = `${path} ${String(event.data.reference)}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return counts;
}

function answersAreThere(evidence: Evidence): Verdict {
  const counts = countsOf(evidence);
  const acknowledged = evidence.answers.filter(({ fate }) => fate === 'acknowledged');
  const lost = acknowledged.filter(({ path, reference }) => !counts.has(`${path} ${reference}`));
  return {
    promise: 'every acknowledged answer is there',
    checked: acknowledged.length,
    broken: lost.map(({ path, reference }) => `${path}: ${reference} was acknowledged and is not on record`),
  };
}

/** Also of those that nobody acknowledged: who pressed four times said it once. */
function answersCountOnce(evidence: Evidence): Verdict {
  const counts = countsOf(evidence);
  const twice = evidence.answers.filter(({ path, reference }) => (counts.get(`${path} ${reference}`) ?? 0) > 1);
  return {
    promise: 'none of them counts twice',
    checked: evidence.answers.length,
    broken: twice.map(({ path, reference }) => `${path}: ${reference} is on record more than once`),
  };
}

function recordHasNoGap({ paths }: Evidence): Verdict {
  const broken = paths.filter(({ events }) => events.some(({ seq }, index) => seq !== index + 1));
  return {
    promise: 'the record has no gap',
    checked: paths.reduce((sum, { events }) => sum + events.length, 0),
    broken: broken.map(({ path, events }) => `${path}: its events are ${events.map(({ seq }) => seq).join(' ')}`),
  };
}

function storeEqualsWorkflow({ paths }: Evidence): Verdict {
  return {
    promise: 'the store equals the workflows',
    checked: paths.length,
    broken: paths.flatMap((each) => differences(each).map((difference) => `${each.path}: ${difference}`)),
  };
}

/** As it comes back from a database: without keys that hold nothing. */
const plain = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));

function differences({ workflow, snapshot, overviewSeq, events }: PathEvidence): string[] {
  if (workflow === undefined) return ['its workflow does not answer'];
  const held = plain(workflow);
  return [
    ...(isDeepStrictEqual(plain(replay(undefined, events)), held) ? [] : ['its events give another state']),
    ...(isDeepStrictEqual(plain(snapshot), held) ? [] : ['its snapshot is another state']),
    ...(overviewSeq === workflow.seq ? [] : ['the overview is of another moment']),
  ];
}

const resultsOf = ({ events, startedAt }: PathEvidence): DeliveryResult[] =>
  events.flatMap((event) => (event.type === 'mail-attempted' && event.seq > startedAt ? event.data.results : []));

/** What the paths or the ledger hold as accepted must have come. */
function mailsArrived({ paths, ledger, arrived }: Evidence): Verdict {
  const ids = new Set(arrived.map(({ messageId }) => messageId));
  const accepted = new Map<string, string>();
  for (const each of paths)
    for (const { message, outcome } of resultsOf(each))
      if (outcome === 'accepted') accepted.set(messageIdOf(message.key, sender), message.key);
  for (const { messageId, messageKey, outcome } of ledger)
    if (outcome === 'accepted') accepted.set(messageId, messageKey);
  const known = new Set(ledger.map(({ messageId }) => messageId));
  const strays = arrived.filter(({ messageId }) => !known.has(messageId));
  return {
    promise: 'every mail went out',
    checked: accepted.size,
    broken: [
      ...[...accepted].flatMap(([id, key]) => (ids.has(id) ? [] : [`${key} counts as sent and did not arrive`])),
      ...strays.map(({ messageId, to }) => `${messageId} to ${to} arrived and is not in the ledger`),
    ],
  };
}

function nothingIsDue({ paths, now }: Evidence): Verdict {
  const broken = paths.flatMap(({ path, workflow }) => {
    if (workflow === undefined) return [];
    const underWay = [...outboxOf(workflow), ...retriesOf(workflow)].map(({ message }) => message.key);
    const due = nextDue(workflow, now);
    const late = due !== undefined && due.at <= now ? due.messages.map(({ key }) => key) : [];
    return [...new Set([...underWay, ...late])].map((key) => `${path}: ${key} was not sent`);
  });
  return { promise: 'nothing that was due is unsent', checked: paths.length, broken };
}

/** The same morning mail under two names would be a repeat that no mail program can see through. */
function nobodyIsMailedTwice({ paths }: Evidence): Verdict {
  const keys = new Map<string, Set<string>>();
  for (const each of paths) {
    for (const { message, outcome } of resultsOf(each)) {
      if (!isMorning(message) || outcome !== 'accepted') continue;
      const whose = `${message.to} on ${message.day}`;
      keys.set(whose, (keys.get(whose) ?? new Set()).add(message.key));
    }
  }
  const twice = [...keys].filter(([, names]) => names.size > 1);
  return {
    promise: 'one morning mail a person',
    checked: keys.size,
    broken: twice.map(([whose, names]) => `${whose}: ${[...names].join(', ')}`),
  };
}

/** How many copies came beyond the first of each mail. */
export const repeatsIn = (arrived: Evidence['arrived']): number =>
  arrived.length - new Set(arrived.map(({ messageId }) => messageId)).size;

/** What may have been between a worker and the mail server, unnoted, when something died. */
const inFlight = ({ strikes, workers }: Evidence): number =>
  strikes.filter(({ part }) => part !== 'web').length * connections * workers;

/** SMTP cannot do better: a mail whose acceptance was not noted goes again, under the same Message-ID and to the same person. */
function repeatsWereInFlight(evidence: Evidence): Verdict {
  const { arrived } = evidence;
  const most = inFlight(evidence);
  const repeats = repeatsIn(arrived);
  const others = [...Map.groupBy(arrived, ({ messageId }) => messageId)].filter(
    ([, copies]) => new Set(copies.map(({ to }) => to)).size > 1,
  );
  return {
    promise: 'mails that came again were in flight',
    checked: repeats,
    broken: [
      ...(repeats > most ? [`${String(repeats)} came again, more than the ${String(most)} that can have been`] : []),
      ...others.map(([messageId]) => `${messageId} went to several people`),
    ],
  };
}
