/** Opens a calendar file that another file names. */
import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { SessionsContext } from '../input.ts';
import { MOST_BYTES } from './problem.ts';

/** Opens files by their name as seen from `file`. What is missing, no file, or too large is said before it is read. */
export const icsBeside =
  (file: string): NonNullable<SessionsContext['openIcs']> =>
  (name) => {
    const refused = (message: string): { ok: false; message: string; expected: string } => ({
      ...{ ok: false, message: `${name} ${message}` },
      expected: `a calendar file of at most ${String(MOST_BYTES / 1024 / 1024)} MB, by its name as seen from the region file`,
    });
    try {
      const path = resolve(dirname(file), name);
      const found = statSync(path);
      if (!found.isFile()) return refused('is no file');
      if (found.size > MOST_BYTES) return refused('is too large');
      return { ok: true, text: readFileSync(path, 'utf8') };
    } catch (error) {
      const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      return refused(isMissing ? 'is not there' : 'cannot be read');
    }
  };
