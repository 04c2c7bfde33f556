import { StoreError } from '../store/errors.ts';
import { BrokenFileError } from '../templates/broken-file.ts';

/** Something outside the code is wrong and the reader can put it right: main files print the message as one line, without a stack trace. */
export class SetupError extends Error {
  override readonly name = 'SetupError';
}

/** What a main file does with an error: one line for what the reader can mend, the whole of it for a bug. Exit code 1. */
export function exitWith(error: unknown): never {
  const isNamed = [SetupError, StoreError, BrokenFileError].some((kind) => error instanceof kind);
  if (isNamed) process.stderr.write(`${messageOf(error)}\n`);
  else console.error(error);
  process.exit(1);
}

/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
