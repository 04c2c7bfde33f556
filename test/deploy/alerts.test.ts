/** An alert about a figure that is not there never rings; one that points nowhere leaves who is called at night without a word. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { createHarness, type Harness } from '../web/harness.ts';

const root = join(import.meta.dirname, '../..');
const file = (name: string): string => readFileSync(join(root, name), 'utf8');
interface Rule {
  alert: string;
  expr: string;
  annotations: { summary: string; section: string };
}
const { groups } = parse(file('deploy/alerts.yaml')) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);
let harness: Harness;
beforeAll(async () => {
  harness = await createHarness();
});
afterAll(() => harness.close());

test('every figure that an alert asks for is there', async () => {
  const { body } = await harness.app.inject({ url: '/metrics', headers: { host: 'localhost' } });
  const asked = rules.flatMap(({ expr }) => expr.match(/regiopad_\w+/g) ?? []);
  expect(asked.length).toBeGreaterThanOrEqual(7);
  for (const name of asked) expect(body).toContain(`# HELP ${name.replace(/_count$/, '')} `);
});

test.each(rules)('$alert names a line of the runbook', ({ annotations }) => {
  expect(file('docs/runbook.md')).toMatch(new RegExp(`^\\| (?:\\*\\*)?${annotations.section}`, 'm'));
});
