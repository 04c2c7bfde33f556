/** What deserves attention, as a line of a digest. */
import type { Concern, ConcernCode } from '../../../domain/standing.ts';
import { capital } from '../../dutch.ts';
import type { DigestRegion } from '../../render-digest.ts';
import { type DigestPhrases, type Line, lineOf } from './phrases.ts';

/** Somebody should speak to a municipality. */
const calls: readonly ConcernCode[] = ['no-session', 'overdue', 'tight', 'foreseen'];
/** Who coordinates should choose or do something. */
const choices: readonly ConcernCode[] = ['rejected', 'changed', 'undelivered', 'early', 'ready', 'late-task'];

export const isCall = ({ code, party }: Concern): boolean => party !== undefined && calls.includes(code);
export const isChoice = ({ code }: Concern): boolean => choices.includes(code);

export function concernLine(words: DigestPhrases, region: DigestRegion, concern: DigestRegion['concerns'][0]): Line {
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
