import { ESLint } from 'eslint';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import tseslint from 'typescript-eslint';

const root = join(import.meta.dirname, '..', '..');
const withoutTypes = {
  ...tseslint.configs.disableTypeChecked,
  languageOptions: { parserOptions: { projectService: false, program: null, project: false } },
};
const eslint = new ESLint({ cwd: root, overrideConfig: withoutTypes as never });

/** The rules that complain when a file of the room imports this. */
async function complaints(room: string, imported: string): Promise<(string | null)[]> {
  const code = `import * as imported from '${imported}';\nexport default imported;\n`;
  const [result] = await eslint.lintText(code, { filePath: join(root, room, 'probe.ts') });
  return result!.messages.map(({ ruleId }) => ruleId);
}

test.each([
  ['domain', './dates.ts'],
  ['workflows', '../domain/dates.ts'],
  ['workflows', '@temporalio/workflow'],
  ['client', '../worker/config.ts'],
  ['client', '../worker/temporal/dev-server.ts'],
  ['client', 'fastify'],
])('%s/ may import %s', async (room, imported) => {
  expect(await complaints(room, imported)).toEqual([]);
});

test.each([
  ['domain', 'zod', 'no-restricted-imports'],
  ['domain', 'node:fs', 'no-restricted-imports'],
  ['domain', '@temporalio/workflow', 'no-restricted-imports'],
  ['domain', '../worker/config.ts', 'import-x/no-restricted-paths'],
  ['workflows', '@temporalio/client', 'no-restricted-imports'],
  ['workflows', '../worker/config.ts', 'import-x/no-restricted-paths'],
  ['store', '../worker/config.ts', 'import-x/no-restricted-paths'],
  ['activities', '../scripts/supervisor/child.ts', 'import-x/no-restricted-paths'],
  ['worker', '../scripts/supervisor/child.ts', 'import-x/no-restricted-paths'],
  ['client', '../scripts/supervisor/child.ts', 'import-x/no-restricted-paths'],
])('%s/ may not import %s', async (room, imported, rule) => {
  expect(await complaints(room, imported)).toEqual([rule]);
});
