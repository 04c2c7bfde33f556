/** Whether every mail went out, once, to somebody who still counts as reachable. Pure. */
import { messageIdOf, senderFrom } from '../../activities/outgoing.ts';
import { isMorning } from '../../domain/delivery.ts';
import type { Evidence } from './evidence.ts';
import { unsentOf } from './unsent.ts';
import { resultsOf, type Verdict } from './verdict.ts';

/** The sender that the processes have when nobody sets another: the Message-ID of each mail follows from it. */
const sender = senderFrom('Regiopad <regiopad@example.org>');

/** What the paths or the ledger hold as accepted must have come. */
export function mailsArrived({ paths, ledger, arrived }: Evidence): Verdict {
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

export function nothingIsDue({ paths, now, morningEnd }: Evidence): Verdict {
  const broken = paths.flatMap(({ path, workflow }) =>
    workflow === undefined ? [] : unsentOf(workflow, { morningEnd, now }).map((key) => `${path}: ${key} was not sent`),
  );
  return { promise: 'nothing that was due is unsent', checked: paths.length, broken };
}

/** Every address takes mail here: who counts as not to be reached does so since something of ours was away. */
export function nobodyIsGivenUp({ paths, ledger }: Evidence): Verdict {
  const refused = new Set(ledger.flatMap(({ messageKey, outcome }) => (outcome === 'refused' ? [messageKey] : [])));
  for (const each of paths)
    for (const { message, outcome } of resultsOf(each)) if (outcome === 'refused') refused.add(message.key);
  const held = paths.flatMap(({ path, workflow }) => [
    ...(workflow?.undelivered ?? []).map(({ key, outcome }) => `${path}: ${key} counts as undelivered (${outcome})`),
    ...Object.keys(workflow?.unreachable ?? {}).map((person) => `${path}: ${person} counts as unreachable`),
  ]);
  return {
    promise: 'no mail was given up, and nobody with it',
    checked: ledger.length,
    broken: [...[...refused].map((key) => `${key} was refused`), ...held],
  };
}

/** The same morning mail under two names would be a repeat that no mail program can see through. */
export function nobodyIsMailedTwice({ paths }: Evidence): Verdict {
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
