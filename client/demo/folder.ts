/** The folder of a demo: which clock it has, and whether its regions are in it. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { SetupError } from '../../worker/setup-error.ts';
import { DEMO_NOW } from './live.ts';

const HOUR = 3_600_000;

const Mark = z.object({
  /** How far its clock is ahead: kept, so that a demo that is started again goes on. */
  clockOffsetHours: z.number().int().positive(),
  isFilled: z.boolean(),
});
export type DemoMark = z.infer<typeof Mark>;

const fileIn = (folder: string): string => join(folder, 'demo.json');

/**
 * Of a new folder the clock begins in the hour after the moment of the demo, whatever day it is.
 * Throws a SetupError for a folder with data that are no demo: they would be mixed.
 */
export function openDemoFolder(folder: string, now: number): DemoMark {
  const file = fileIn(folder);
  if (existsSync(file)) return readMark(file);
  if (existsSync(join(folder, 'dossier.db')))
    throw new SetupError(`${folder} holds data that are no demo: set REGIOPAD_DATA to another folder, or unset it.`);
  const mark = { clockOffsetHours: Math.ceil((Date.parse(DEMO_NOW) - now) / HOUR), isFilled: false };
  noteDemo(folder, mark);
  return mark;
}

export function noteDemo(folder: string, mark: DemoMark): void {
  mkdirSync(folder, { recursive: true });
  const half = `${fileIn(folder)}.${String(process.pid)}`;
  writeFileSync(half, `${JSON.stringify(mark)}\n`);
  renameSync(half, fileIn(folder));
}

function readMark(file: string): DemoMark {
  try {
    return Mark.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new SetupError(`${file} cannot be read: remove its folder to begin the demo again.`);
  }
}
