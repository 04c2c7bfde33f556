/** What a form shows after a path refused it. */
import type { Refusal } from '../../../domain/refusals.ts';
import type { ErrorCode } from '../../errors.ts';
import { sentenceOf } from '../failures.ts';
import type { Problem } from './fields.ts';
import { parseDay } from '../../dutch/format.ts';
import type { FormBody } from './values.ts';

export interface Refused {
  code: ErrorCode;
  detail?: Refusal['detail'];
}

/** Codes that are about one date. */
const aboutDate: ReadonlySet<ErrorCode> = new Set([
  'invalid-date',
  'date-too-far',
  'session-in-past',
  'session-in-future',
]);

/** The field, among some, that holds the day a refusal names; undefined when it is about something else. */
export function dateField(body: FormBody, names: readonly string[], { code, detail }: Refused): string | undefined {
  if (!aboutDate.has(code)) return undefined;
  const filled = names.filter((name) => (body[name]?.[0] ?? '').trim() !== '');
  const days = new Set(Object.values(detail ?? {}));
  return filled.find((name) => days.has(parseDay(body[name]?.[0] ?? '') ?? '')) ?? filled[0];
}

/** The problem with the sentence of a refusal: at a field when it is about one, else about the form as a whole. */
export function refusedProblem(problem: Problem, refused: Refused, field?: string): Problem {
  const { commandId, ...rest } = problem;
  const sentence = sentenceOf(refused.code, refused.detail);
  return {
    ...rest,
    // What was sent under this id stands: the next try is a new one.
    ...(commandId !== undefined && refused.code !== 'command-id-reused' && { commandId }),
    ...(field === undefined ? { message: sentence } : { errors: { ...problem.errors, [field]: sentence } }),
  };
}
