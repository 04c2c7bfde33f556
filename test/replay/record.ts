/**
 * `npm run histories`: lives paths with the workflows as they are and lays their histories in test/replay/histories/<version of
 * package.json>/. Done once for each release, with the version already raised and nothing else changed (docs/releases.md).
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordCourses } from './courses.ts';
import { HISTORIES, recordedKeys, recordedRuns } from './histories.ts';
import { missingKinds } from './kinds.ts';
import { recordedSayings } from './replayed.ts';
import type { Saying } from './said.ts';
import { recordStories } from './stories.ts';

const root = join(import.meta.dirname, '..', '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const folder = join(HISTORIES, version);
if (existsSync(folder)) {
  console.error(`The histories of ${version} are there, and a release is recorded once: raise the version first.`);
  process.exit(1);
}
const say = (line: string): void => {
  console.log(line);
};
const scratch = mkdtempSync(join(tmpdir(), 'regiopad-histories-'));
const half = `${folder}.half`;
try {
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { recursive: true });
  await recordStories(half, say);
  await recordCourses(half, scratch, say);
  const keys = recordedKeys(`${version}.half`);
  const sayings: Saying[] = [];
  for (const run of recordedRuns(`${version}.half`)) sayings.push(...(await recordedSayings(run, keys)));
  const missing = missingKinds(sayings);
  if (missing.length > 0) throw new Error(`Nothing says ${missing.join(', ')}: add it to test/replay/stories.ts`);
  renameSync(half, folder);
} finally {
  rmSync(scratch, { recursive: true, force: true });
  rmSync(half, { recursive: true, force: true });
}
say(`They are in ${folder}`);
// The servers of the simulations leave sockets behind.
process.exit(0);
