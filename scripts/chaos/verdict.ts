/** What is said of one promise. */
import type { DeliveryResult } from '../../domain/message.ts';
import type { PathEvidence } from './evidence.ts';

export interface Verdict {
  /** What was promised. */
  promise: string;
  /** How many things were looked at. */
  checked: number;
  /** Each thing that breaks it, in words. */
  broken: string[];
  /** What would break it, had there not been a good reason, in words. */
  excused?: string[];
}

export const isKept = (verdicts: readonly Verdict[]): boolean => verdicts.every(({ broken }) => broken.length === 0);

/** What became of the mails that a path tried to send during the run. */
export const resultsOf = ({ events, startedAt }: PathEvidence): DeliveryResult[] =>
  events.flatMap((event) => (event.type === 'mail-attempted' && event.seq > startedAt ? event.data.results : []));
