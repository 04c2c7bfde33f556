/** Erasing from the command line: a slip there cannot be taken back, so it says first what it would do. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { asPathId, municipalityParty } from '../../domain/ids.ts';
import { openStore } from '../../store/store.ts';
import { run } from './run.ts';

const address = 'an@wemmel.example.org';

test('nothing goes without --yes, and nobody is meant by mistake', { timeout: 240_000 }, async () => {
  const data = mkdtempSync(join(tmpdir(), 'regiopad-person-'));
  onTestFinished(() => {
    rmSync(data, { recursive: true, force: true });
  });
  const path = asPathId('proef');
  const store = await openStore(join(data, 'dossier.db'));
  const contact = { path, party: municipalityParty('23102'), role: 'contact' as const, function: 'secretaris' };
  await store.people.ensurePerson({ ...contact, name: 'An Peeters', email: address });
  const person = (...words: string[]) => run(['person', ...words], { REGIOPAD_DATA: data });

  expect(await person('erase', 'niemand@example.org', '--yes')).toMatchObject({ code: 2 });
  const asked = await person('erase', address);
  expect(asked).toMatchObject({ code: 4, stderr: expect.stringContaining('Nothing was changed') as string });
  expect(asked.stdout).toContain('secretaris van Wemmel');
  expect((await store.people.peopleOf(path))[0]?.name).toBe('An Peeters');
  const exported = await person('export', address);
  expect(JSON.parse(exported.stdout)).toMatchObject({ format: 'regiopad-person-1', people: [{ name: 'An Peeters' }] });
  expect(await person('erase', address, '--yes')).toMatchObject({ code: 0 });
  expect((await store.people.peopleOf(path))[0]).toMatchObject({ name: 'secretaris van Wemmel' });
  await store.close();
});
