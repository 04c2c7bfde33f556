/** Whether Regiopad kept its word through a run. Pure: from the evidence to what is wrong with it. */
import { isDeepStrictEqual } from 'node:util';
import { replay } from '../../store/projection.ts';
import type { Evidence, PathEvidence } from './evidence.ts';
import { mailsArrived, nobodyIsGivenUp, nobodyIsMailedTwice, nothingIsDue } from './mail-judgement.ts';
import { repeatsWereInFlight } from './repeats.ts';
import type { Verdict } from './verdict.ts';

export const judge = (evidence: Evidence): Verdict[] => [
  somethingWasChecked(evidence),
  everyPartCameBack(evidence),
  answersAreThere(evidence),
  answersCountOnce(evidence),
  noAnswerWasRefused(evidence),
  recordHasNoGap(evidence),
  storeEqualsWorkflow(evidence),
  mailsArrived(evidence),
  nothingIsDue(evidence),
  nobodyIsGivenUp(evidence),
  nobodyIsMailedTwice(evidence),
  repeatsWereInFlight(evidence),
];

/** Where nothing happened, nothing can have gone wrong: such a run proves nothing. */
function somethingWasChecked({ paths, answers, ledger, arrived, strikes }: Evidence): Verdict {
  const counts = {
    'no path ran': paths.length,
    'no answer was acknowledged': answers.filter(({ fate }) => fate === 'acknowledged').length,
    'no reminder went out': ledger.filter(({ kind, outcome }) => kind === 'reminder' && outcome === 'accepted').length,
    'no mail arrived': arrived.length,
    'nothing was killed': strikes.filter(({ how }) => how === 'kill').length,
  };
  return {
    promise: 'something was checked',
    checked: Object.keys(counts).length,
    broken: Object.entries(counts).flatMap(([lack, count]) => (count === 0 ? [lack] : [])),
  };
}

function everyPartCameBack({ strikes }: Evidence): Verdict {
  const gone = strikes.filter(({ readyMs }) => readyMs === undefined);
  return {
    promise: 'every part came back by itself',
    checked: strikes.length,
    broken: gone.map(({ part, how, at }) => `${part} did not come back: ${how} at ${new Date(at).toISOString()}`),
  };
}

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

/** Each was one that may be given: who is told otherwise while things die has to find out why, and may not try again. */
function noAnswerWasRefused({ answers }: Evidence): Verdict {
  const refused = answers.filter(({ fate }) => fate === 'refused');
  return {
    promise: 'no answer was refused',
    checked: answers.length,
    broken: refused.map(({ path, reference, detail = '' }) => `${path}: ${reference} was refused: ${detail}`),
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
