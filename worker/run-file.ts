import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { commandLineOf } from './processes.ts';

const Program = z.object({ pid: z.number(), script: z.string() });
const RunFile = z.object({
  /** The supervisor. */
  pid: z.number(),
  script: z.string(),
  startedAt: z.string(),
  /** The trial clock that everything here runs by. */
  clockOffsetMs: z.number().optional(),
  temporal: z.object({ address: z.string(), namespace: z.string(), pid: z.number().optional() }).optional(),
  worker: Program.optional(),
  web: Program.extend({ url: z.string().optional() }).optional(),
  mailbox: z.object({ port: z.number() }).optional(),
});

/** data/run.json: what `npm start` runs, for the command line to find the server and for the next start to find leftovers. */
export type RunFile = z.infer<typeof RunFile>;

export const runFileOf = (dataDir: string): string => join(dataDir, 'run.json');

/** What the last `npm start` on this folder wrote; it may have ended since. Undefined when there is nothing (readable). */
export function readRunFile(dataDir: string): RunFile | undefined {
  try {
    return RunFile.parse(JSON.parse(readFileSync(runFileOf(dataDir), 'utf8')));
  } catch {
    return undefined;
  }
}

/** The `npm start` that runs on this folder now, or undefined. */
export function findRunning(dataDir: string): RunFile | undefined {
  const run = readRunFile(dataDir);
  return run && runsScript(run) ? run : undefined;
}

/** Whether the process still lives and is the one that was written down, not another that was given its number. */
export function runsScript({ pid, script }: { pid: number; script: string }): boolean {
  return commandLineOf(pid)?.includes(script) ?? false;
}

/** Replaces the file in one step, so that a reader never sees half of it. */
export function writeRunFile(dataDir: string, run: RunFile): void {
  const next = join(dataDir, `.run.${process.pid}.json`);
  writeFileSync(next, `${JSON.stringify(run, undefined, 2)}\n`);
  renameSync(next, runFileOf(dataDir));
}
