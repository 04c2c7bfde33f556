import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { count } from '../../scripts/testing/vitest.ts';
import { temporaryFolder } from './launched.ts';

function report(files: Record<string, { status: string; tests: Record<string, string> }>): string {
  const file = join(temporaryFolder(onTestFinished), 'report.json');
  const testResults = Object.entries(files).map(([name, { status, tests }]) => ({
    name,
    status,
    assertionResults: Object.entries(tests).map(([fullName, outcome]) => ({ fullName, status: outcome })),
  }));
  writeFileSync(file, JSON.stringify({ testResults }));
  return file;
}

test('passed, failed and skipped tests are counted, the skipped by name', () => {
  const file = report({
    a: { status: 'failed', tests: { one: 'passed', two: 'failed', three: 'skipped', four: 'todo' } },
  });
  expect(count(file, false)).toEqual({ passed: 1, failed: 1, skipped: ['three', 'four'] });
});

test('a file that cannot be loaded is a failure, beside the failed tests', () => {
  const file = report({ a: { status: 'failed', tests: {} }, b: { status: 'failed', tests: { one: 'failed' } } });
  expect(count(file, false)).toEqual({ passed: 0, failed: 2, skipped: [] });
});

test('an error outside every test is a failure', () => {
  expect(count(report({ a: { status: 'passed', tests: { one: 'passed' } } }), false).failed).toBe(1);
});

test('no report is a failure', () => {
  expect(count('/nowhere/report.json', true).failed).toBe(1);
});
