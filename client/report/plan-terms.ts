/** The terms around every decision of a municipality, each with its article: what a plan counts by. */
import { decreeTerms } from '../../domain/terms.ts';

export interface TermReport {
  key: string;
  days: number;
  article: string;
  message: string;
}

const messages: Record<keyof typeof decreeTerms, string> = {
  items: 'councillors add items to the agenda until 5 full days before the meeting',
  publication: 'the list of decisions is on the website within 10 days',
  supervision: 'supervision, told on the day of publication, may annul within 30 days; nothing waits for it',
  complaint: 'anybody may complain within 30 days of publication; that starts the term of supervision again',
};

export const planTerms = (): TermReport[] =>
  (Object.keys(messages) as (keyof typeof decreeTerms)[]).map((key) => ({
    key,
    ...decreeTerms[key],
    message: messages[key],
  }));

/** How all of it is counted. */
export const countedBy =
  'counted by artikel 291: calendar days; an end on a day without work moves on; counted back from a meeting, neither the meeting nor the day of sending counts';
