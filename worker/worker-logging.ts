/** What the worker writes to its log. Apart from the logs of the others: who loads this loads the worker's SDK, which takes a second. */
import { inspect } from 'node:util';
import { DefaultLogger, type LogEntry } from '@temporalio/worker';
import type { Config } from './config.ts';
import { loggedError, withoutAddresses } from './logging.ts';

/** The log of the worker and of the SDK in it, which knows fewer levels than Regiopad. */
export function workerLogger(
  level: Config['logLevel'],
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
