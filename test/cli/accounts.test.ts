/** Accounts from the command line: the way in when nobody can sign in any more. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { run } from './run.ts';

const data = mkdtempSync(join(tmpdir(), 'regiopad-accounts-'));
const accounts = (...words: string[]) => run(['accounts', ...words], { REGIOPAD_DATA: data });
afterAll(() => {
  rmSync(data, { recursive: true, force: true });
});

test('accounts are made, changed, listed and removed; the last administrator stays', { timeout: 180_000 }, async () => {
  const an = ['add', 'an@example.org', '--name', 'An Peeters', '--role'];
  expect(await accounts(...an, 'administrator')).toMatchObject({ code: 0, stdout: 'an@example.org was made\n' });
  expect(await accounts(...an, 'consultant')).toMatchObject({ code: 2 });
  expect(await accounts('add', 'jo', '--name', 'Jo', '--role', 'reader')).toMatchObject({ code: 2 });
  expect((await accounts('add', 'jo@example.org', '--name', 'Jo', '--role', 'emperor')).stderr).toContain(
    'expected one of',
  );
  expect((await accounts('add', 'jo@example.org', '--name', 'Jo', '--role', 'reader')).stderr).toContain(
    'at least one',
  );
  expect(await accounts('add', 'jo@example.org', '--name', 'Jo', '--role', 'reader', '--region', 'none')).toMatchObject(
    {
      code: 2,
      stderr: expect.stringContaining('none: No such path') as string,
    },
  );
  expect(await accounts('change', 'an@example.org', '--role', 'reader')).toMatchObject({ code: 2 });
  expect(await accounts('change', 'an@example.org', '--role', 'consultant')).toMatchObject({ code: 4 });
  expect(await accounts('remove', 'an@example.org')).toMatchObject({ code: 4 });
  expect((await accounts('remove', 'an@example.org', '--yes')).stderr).toContain('last administrator');
  expect(await accounts('add', 'els@example.org', '--name', 'Els', '--role', 'administrator')).toMatchObject({
    code: 0,
  });
  expect(await accounts('change', 'an@example.org', '--role', 'consultant')).toMatchObject({ code: 0 });
  const listed = await accounts('--format', 'json');
  expect(JSON.parse(listed.stdout)).toMatchObject([
    { email: 'an@example.org', role: 'consultant' },
    { role: 'administrator' },
  ]);
  expect(await accounts('remove', 'an@example.org', '--yes')).toMatchObject({ code: 0 });
  expect((await accounts('list')).stdout).not.toContain('an@example.org');
});
