/** The keys of links from the command line: a slip there makes every link in every mail stop. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadLinkKeys } from '../../worker/link-keys.ts';
import { run } from './run.ts';

const data = mkdtempSync(join(tmpdir(), 'regiopad-keys-'));
const keys = (...words: string[]) => run(['keys', ...words], { REGIOPAD_DATA: data });
afterAll(() => {
  rmSync(data, { recursive: true, force: true });
});

test(
  'keys are listed, rotated, and retired only after a warning; no secret is printed',
  { timeout: 60_000 },
  async () => {
    const first = await keys();
    expect(first).toMatchObject({ code: 0, stdout: expect.stringContaining('k1') as string });
    const rotated = await keys('rotate');
    expect(rotated.stdout).toContain('k2 signs new links from now on');
    const warned = await keys('retire', 'k1');
    expect(warned.code).toBe(4);
    expect(warned.stderr).toContain('Every link and every code in a mail that k1 signed stops at once');
    expect(Object.keys(loadLinkKeys(data).keys)).toEqual(['k1', 'k2']);
    expect(await keys('retire', 'k2', '--yes')).toMatchObject({ code: 1 });
    expect(await keys('retire', 'k1', '--yes')).toMatchObject({ code: 0 });
    expect(Object.keys(loadLinkKeys(data).keys)).toEqual(['k2']);
    const listed = await keys('--format', 'json');
    expect(JSON.parse(listed.stdout)).toMatchObject([{ id: 'k2', signs: true }]);
    const secrets = Object.values(loadLinkKeys(data).keys);
    for (const { stdout, stderr } of [first, rotated, warned, listed]) {
      for (const secret of secrets) expect(stdout + stderr).not.toContain(secret);
    }
  },
);
