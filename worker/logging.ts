/**
 * What processes write to their logs. The words of an error may quote an address (a mail server does so when it refuses one): in a
 * log there is none, and of an error only what tells where it went wrong.
 */
import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from './config.ts';

/** Packages with their version (`@temporalio/worker@1.24.0`) are none. */
const ADDRESS = /[^\s<>()[\]"',;:=/@]{1,64}@(?:[\p{L}\d-]+\.)+\p{L}{2,}/gu;

export const withoutAddresses = (text: string): string => text.replace(ADDRESS, '…@…');

export interface LoggedError {
  type: string;
  code?: string | number;
  message: string;
  stack?: string;
  cause?: LoggedError;
}

/** An error as a log may keep it: nothing that libraries hang on it (the addresses of a mail, the values of a query). */
export function loggedError(error: unknown, depth = 3): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: withoutAddresses(String(error)) };
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  return {
    type: error.name,
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    message: withoutAddresses(error.message),
    ...(error.stack !== undefined && { stack: withoutAddresses(error.stack) }),
    ...(cause !== undefined && depth > 0 && { cause: loggedError(cause, depth - 1) }),
  };
}

/** The log of a process that is no worker: a line of JSON for each entry, by default on standard output. */
export function jsonLogger(level: Config['logLevel'], destination?: DestinationStream): Logger {
  const options = { level, serializers: { err: (error: unknown) => loggedError(error) } };
  return destination === undefined ? pino(options) : pino(options, destination);
}
