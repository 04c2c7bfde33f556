import js from '@eslint/js';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/**
 * Which room may import which (docs/plan.md). A room that is not named here (scripts, test, bench) may import them all.
 * Every room may import itself; a name with a file behind it opens only that file.
 */
const rooms = {
  domain: [],
  definitions: ['domain'],
  workflows: ['domain'],
  activities: ['domain', 'store', 'templates'],
  templates: ['domain'],
  store: ['domain'],
  worker: ['domain', 'definitions', 'activities', 'workflows', 'store', 'templates'],
  client: ['domain', 'definitions', 'activities', 'store', 'templates', 'worker', 'workflows/messages.ts'],
};

const roomZones = Object.entries(rooms).map(([room, open]) => ({
  target: `./${room}`,
  from: '.',
  except: ['node_modules', 'package.json', room, ...open].map((path) => `./${path}`),
  message: `${room}/ may import ${open.join(', ') || 'nothing but itself'} (docs/plan.md).`,
}));

/** Packages, for the rooms whose code runs inside the workflow sandbox or is a pure core. */
function onlyPackages(room, allowed) {
  const except = allowed.map((name) => `(?!${name}$)`).join('');
  const message = `${room}/ may import ${allowed.join(' and ') || 'no package and nothing of node:'} (docs/plan.md).`;
  return {
    files: [`${room}/**/*.ts`],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ regex: `^(?!\\.)${except}`, message }] }] },
  };
}

export default defineConfig(
  globalIgnores(['data/', 'coverage/', '.cache/']),
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/consistent-type-definitions': 'off', // an object that must fit an index signature (JSON) is a type
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/dot-notation': 'off', // tsconfig's index signatures ask for the brackets
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    files: ['**/*.ts'],
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.js', '.json'] })],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
    },
    rules: {
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones: roomZones }],
    },
  },
  onlyPackages('domain', []),
  onlyPackages('workflows', ['@temporalio/workflow', '@temporalio/common']),
  {
    files: ['worker/**/*.ts', 'client/**/*.ts'],
    ignores: ['worker/temporal/client.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'NewExpression[callee.name="Client"]',
          message: 'What Temporal hears is encrypted: use temporalClient (worker/temporal/client.ts).',
        },
      ],
    },
  },
  {
    files: ['workflows/**/*.ts'],
    ignores: ['workflows/patches.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ImportSpecifier[imported.name=/^(patched|deprecatePatch)$/]',
          message: 'Patches have one list: add yours to workflows/patches.ts (docs/releases.md).',
        },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
      },
    },
  },
);
