/** How a command of the command line ends when it does not end well. */
import { type ErrorCode, errorCatalogue, errorText } from '../errors.ts';
import { RefusedError, UnavailableError, UnknownPathError } from '../path-errors.ts';
import { type Problem, formatProblems } from '../../definitions/problem.ts';
import { StoreError } from '../../store/errors.ts';
import { BrokenFileError } from '../../templates/broken-file.ts';
import { HistoryKeyError } from '../../worker/histories/key-error.ts';
import { SetupError } from '../../worker/setup-error.ts';

export const exitCodes = { fine: 0, failure: 1, badInput: 2, notReachable: 3, refused: 4 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A message for the person at the terminal, and the exit code. */
export class Failure extends Error {
  readonly exitCode: ExitCode;
  constructor(exitCode: ExitCode, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}

export const badInput = (message: string): Failure => new Failure(exitCodes.badInput, message);
export const badFile = (problems: Problem[]): Failure => badInput(formatProblems(problems));

const withCode = (code: ErrorCode, message: string): Failure => new Failure(errorCatalogue[code].exit, message);

/** Nothing is known of the path with this id. */
export const unknownPath = (id: string): Failure =>
  withCode('unknown-path', `${id}: ${errorText('unknown-path', 'en')}`);

/** What the person at the terminal is told of an error; undefined for a fault of the program. */
export function asFailure(error: unknown): Failure | undefined {
  if (error instanceof Failure) return error;
  if (error instanceof RefusedError) {
    const { code, detail } = error.refusal;
    return withCode(code, `refused (${code}): ${errorText(code, 'en', detail)}`);
  }
  if (error instanceof UnknownPathError) return withCode('unknown-path', errorText('unknown-path', 'en'));
  if (error instanceof UnavailableError && error.cause instanceof HistoryKeyError)
    return withCode('unavailable', error.cause.message);
  if (error instanceof UnavailableError) return withCode('unavailable', errorText('unavailable', 'en'));
  const isNamed = [SetupError, StoreError, BrokenFileError].some((kind) => error instanceof kind);
  if (isNamed) return new Failure(exitCodes.failure, (error as Error).message);
  return undefined;
}
