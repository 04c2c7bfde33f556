/** Keys from the command line: a slip there makes every link in every mail stop, or every path stand still. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadHistoryKeys } from '../../worker/histories/keys.ts';
import { loadLinkKeys } from '../../worker/link-keys.ts';
import { run } from './run.ts';

const data = mkdtempSync(join(tmpdir(), 'regiopad-keys-'));
const keys = (...words: string[]) => run(['keys', ...words], { REGIOPAD_DATA: data });
afterAll(() => {
  rmSync(data, { recursive: true, force: true });
});

test(
  'keys are listed, rotated, and retired only after a warning; no secret is printed',
  { timeout: 180_000 },
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
    expect(JSON.parse(listed.stdout)).toMatchObject([
      { id: 'k2', use: 'links', isNewest: true },
      { use: 'histories', isNewest: true },
    ]);
    const secrets = Object.values(loadLinkKeys(data).keys);
    for (const { stdout, stderr } of [first, rotated, warned, listed]) {
      for (const secret of secrets) expect(stdout + stderr).not.toContain(secret);
    }
  },
);

test(
  'the keys of histories are rotated and never taken away, and a shared file of them is not made by itself',
  { timeout: 180_000 },
  async () => {
    const first = loadHistoryKeys({ dataDir: data }).current;
    const rotated = await keys('rotate', 'histories');
    const { current, keys: all } = loadHistoryKeys({ dataDir: data });
    expect(rotated).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`${current} encrypts histories from now on`) as string,
    });
    expect(Object.keys(all)).toEqual([first, current]);
    expect(await keys('retire', first, '--yes')).toMatchObject({
      code: 4,
      stderr: expect.stringContaining(`${first} stays`) as string,
    });
    const shared = { HISTORY_KEYS_FILE: join(data, 'shared', 'keys.json') };
    const missing = await run(['keys'], { REGIOPAD_DATA: data, ...shared });
    expect(missing).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('HISTORY_KEYS_FILE: there is no file') as string,
    });
    expect(await run(['keys', 'rotate', 'histories'], { REGIOPAD_DATA: data, ...shared })).toMatchObject({ code: 0 });
    expect((await run(['keys'], { REGIOPAD_DATA: data, ...shared })).code).toBe(0);
    expect(await keys('rotate', 'locks')).toMatchObject({ code: 2 });
  },
);
