/** A release that is still to come: this one with one step more in the workflow of a path. */
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const rooms = ['activities', 'client', 'definitions', 'domain', 'store', 'templates', 'worker', 'workflows'];

/** Before the record is told anything, the path waits for a moment: a timer that runs of today do not have. */
const step = { before: '    await record({', is: 'await sleep(1);' };

/**
 * Lays it in an empty folder.
 * @param isPatched whether the step stands behind a patch, as docs/releases.md asks
 */
export function nextRelease(folder: string, { isPatched }: { isPatched: boolean }): string {
  for (const room of rooms) cpSync(join(root, room), join(folder, room), { recursive: true });
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const file = join(folder, 'workflows', 'path.ts');
  const today = readFileSync(file, 'utf8');
  const condition = isPatched ? "if (patched('next/wait-before-record')) " : '';
  const next = today
    .replace('  condition,\n', '  condition,\n  patched,\n  sleep,\n')
    .replace(step.before, `    ${condition}${step.is}\n${step.before}`);
  if (next.split(step.is).length !== 2 || !next.includes('  sleep,\n'))
    throw new Error('workflows/path.ts has changed: say here where the step of the next release goes');
  writeFileSync(file, next);
  return folder;
}
