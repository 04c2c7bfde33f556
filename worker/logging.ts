/**
 * What processes write to their logs. The words of an error may quote an address (a mail server does so when it refuses one): in a
 * log there is none, and of an error only what tells where it went wrong.
 */
import { inspect } from 'node:util';
import { DefaultLogger, type LogEntry } from '@temporalio/worker';
import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from './config.ts';

type Level = Config['logLevel'];

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
export function jsonLogger(level: Level, destination?: DestinationStream): Logger {
  const options = { level, serializers: { err: (error: unknown) => loggedError(error) } };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** The log of the worker and of the SDK in it, which knows fewer levels than Regiopad. */
export function workerLogger(
  level: Level,
  write: (line: string) => void = (line) => void process.stderr.write(line),
): DefaultLogger {
  const known = level === 'fatal' || level === 'silent' ? 'ERROR' : level.toUpperCase();
  return new DefaultLogger(known as LogEntry['level'], (entry) => {
    write(lineOf(entry));
  });
}

function lineOf({ level, timestampNanos, message, meta }: LogEntry): string {
  const at = new Date(Number(timestampNanos / 1_000_000n)).toISOString();
  const { error, ...rest } = (meta ?? {}) as { error?: unknown };
  const details = { ...rest, ...(error !== undefined && { error: loggedError(error) }) };
  const said = Object.keys(details).length === 0 ? '' : ` ${inspect(details, { depth: 6 })}`;
  return withoutAddresses(`${at} [${level}] ${message}${said}\n`);
}
