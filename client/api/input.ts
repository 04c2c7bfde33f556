/** Reads what was sent with the schemas of an operation, and says what is wrong by place. */
import type { z } from 'zod';
import { describeIssue, eachOnce } from '../../definitions/issues.ts';
import { ApiProblem, type InputError } from './problem.ts';

/** A place in a body as a JSON pointer (RFC 6901). */
export const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** A finding of one of the readers of definitions/, at its place in the body. */
export const inputError = (
  path: readonly PropertyKey[],
  { message, expected }: { message: string; expected?: string },
): InputError => ({
  pointer: pointerOf(path),
  // The readers of files call the whole of it the file.
  detail: path.length === 0 ? message.replace(/^the file/, 'the body') : message,
  ...(expected !== undefined && { expected }),
});

/** Throws `bad-input` with what is wrong at which pointer. */
export function readBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const found = parsed.error.issues.flatMap((issue) => describeIssue(issue, body));
  throw new ApiProblem('bad-input', { errors: eachOnce(found.map((each) => inputError(each.path, each))) });
}

/** The same for parts of the address. Throws `bad-input` with the names of the parameters. */
export function readParameters<Schema extends z.ZodType>(schema: Schema, given: unknown): z.output<Schema> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const found = parsed.error.issues.flatMap((issue) => describeIssue(issue, given));
  const errors = found.map(({ path, message, expected }): InputError => ({
    parameter: String(path[0] ?? ''),
    detail: message,
    ...(expected !== undefined && { expected }),
  }));
  throw new ApiProblem('bad-input', { errors: eachOnce(errors) });
}
