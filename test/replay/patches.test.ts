/** A patch of which nobody knows since when it is needed can never be taken away. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { patches } from '../../workflows/patches.ts';

const workflows = join(import.meta.dirname, '..', '..', 'workflows');

test('every patch says in its id and beside it since which release it is there, and is asked for or retired somewhere', () => {
  const code = readdirSync(workflows).map((file) => readFileSync(join(workflows, file), 'utf8'));
  for (const [id, { release, since, what }] of Object.entries<{ release: string; since: string; what: string }>(
    patches,
  )) {
    expect(id).toMatch(/^\d+\.\d+\.\d+\/[a-z]+(-[a-z]+)*$/);
    expect(id.split('/')[0]).toBe(release);
    expect(since, id).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(what.trim(), id).not.toBe('');
    const isUsed = (text: string): boolean => text.includes(`has('${id}')`) || text.includes(`retire('${id}')`);
    expect(code.filter(isUsed).length, id).toBeGreaterThan(0);
  }
});
