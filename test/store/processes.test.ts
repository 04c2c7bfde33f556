/** Worker, web and command line open one store: nobody's work may fail or be lost because another came first. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openStore } from '../../store/store.ts';
import { requested } from '../core/world.ts';
import { newPlace } from './places.ts';

function run(args: string[]): Promise<{ code: number | null; complaint: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'writer.ts'), ...args]);
  let complaint = '';
  child.stderr.on('data', (part: Buffer) => (complaint += part.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, complaint })));
}

it('opens a new store in four processes at once, and all of them write', async () => {
  const place = await newPlace();
  const startAt = String(Date.now() + 3000);
  const names = ['Ann', 'Bob', 'Cas', 'Dirk'];
  const ended = await Promise.all(names.map((name) => run([place, name, startAt])));
  expect(ended.map(({ complaint }) => complaint.replace(/.*ExperimentalWarning.*\n.*\n/g, ''))).toEqual([
    '',
    '',
    '',
    '',
  ]);
  expect(ended.map(({ code }) => code)).toEqual([0, 0, 0, 0]);

  const store = await openStore(place);
  const world = requested();
  expect(await store.events.lastSeq(world.state.id)).toBe(world.events.length);
  const people = await store.people.peopleOf(world.state.id);
  // Twenty of each process, and the twenty that all of them named, once.
  expect(people).toHaveLength(names.length * 20 + 20);
  expect(people.map(({ id }) => id)).toEqual(people.map((_person, index) => `test.${String(index + 1)}`));
  await store.close();
});
