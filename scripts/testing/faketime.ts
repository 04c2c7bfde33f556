import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Missing } from './missing.ts';

/** Debian puts it in a folder of each architecture. */
const LIBRARIES = '/usr/lib';

/** The library that gives a process another clock, for the tests of wrong clocks; its path goes into LD_PRELOAD. */
export function findFaketime(): { library?: string; missing: Missing[] } {
  const folders = existsSync(LIBRARIES) ? readdirSync(LIBRARIES) : [];
  const library = folders
    .map((folder) => join(LIBRARIES, folder, 'faketime', 'libfaketime.so.1'))
    .find((file) => existsSync(file));
  if (library !== undefined) return { library, missing: [] };
  return { missing: [{ what: 'wrong clocks', why: 'no libfaketime.so.1: apt-get install faketime' }] };
}
