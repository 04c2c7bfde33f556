/** What deserves attention, as a line of a digest. */
import type { Concern, ConcernCode } from '../../../domain/standing.ts';
import { capital } from '../../dutch.ts';
import type { DigestRegion } from '../../render-digest.ts';
import { type DigestPhrases, type Line, lineOf } from './phrases.ts';

/** Somebody should speak to a municipality. */
const calls = ['no-session', 'overdue', 'tight', 'foreseen'] as const;
/** Who coordinates should choose or do something. */
const choices = ['rejected', 'changed', 'undelivered', 'early', 'ready', 'late-task'] as const;

type RegionConcern = DigestRegion['concerns'][number];
/** One that is told: what simply goes on is not. */
export type Told = RegionConcern & { code: (typeof calls)[number] | (typeof choices)[number] };
const isOneOf = (codes: readonly ConcernCode[], { code }: Concern): boolean => codes.includes(code);

export const isCall = (one: RegionConcern): one is Told => one.party !== undefined && isOneOf(calls, one);
export const isChoice = (one: RegionConcern): one is Told => isOneOf(choices, one);

export function concernLine(words: DigestPhrases, region: DigestRegion, concern: Told): Line {
  const { t, day } = words;
  const { texts } = region;
  const { code, decision, party, task, due, session, cutoff, count, person } = concern;
  const name = party === undefined ? '' : texts.party(party);
  const isUndated = session === undefined || cutoff === undefined;
  const key = code === 'tight' && isUndated ? 'tight-undated' : code;
  const values = {
    who: person === undefined || !isCall(concern) ? name : t('digest.who', { party: name, person }),
    ...(decision !== undefined && { decision: words.decision(texts, decision) }),
    ...(task !== undefined && { task: texts.task(task).title }),
    ...(due !== undefined && { due: day(due) }),
    ...(session !== undefined && { session: day(session) }),
    ...(cutoff !== undefined && { cutoff: day(cutoff) }),
    ...(count !== undefined && { count }),
  };
  const text = t(`digest.concern.${count === 1 && code === 'undelivered' ? 'undelivered-one' : key}`, values);
  return lineOf(words, region, capital(text));
}
