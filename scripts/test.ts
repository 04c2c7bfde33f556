// `npm test`: every check and every test. `npm test -- <words for vitest>`: only those tests.
import { join } from 'node:path';
import { runChecks } from './testing/checks.ts';
import { isCI } from './testing/missing.ts';
import { prepare } from './testing/prepare.ts';
import { runVitest } from './testing/vitest.ts';

const root = join(import.meta.dirname, '..');
const args = process.argv.slice(2);
const say = (line: string) => {
  console.log(line);
};

let passed = 0;
let failed = 0;

const { environment, missing } = await prepare(say);

if (args.length === 0) {
  for (const running of runChecks(root)) {
    const check = await running;
    if (check.passed) passed += 1;
    else failed += 1;
    say(`${check.passed ? 'ok    ' : 'FAILED'}  ${check.name}, ${check.seconds.toFixed(1)} s`);
    if (!check.passed) say(check.output);
  }
}

const tests = await runVitest(root, args, environment);
passed += tests.passed;
failed += tests.failed;

const notRun = [...missing.map(({ what, why }) => `${what}: ${why}`), ...(args.length === 0 ? tests.skipped : [])];
if (notRun.length > 0) {
  say(isCI() ? '\nNot run here, which counts as failed in CI:' : '\nNot run here:');
  for (const line of notRun) say(`  - ${line}`);
  if (isCI()) failed += notRun.length;
}
say(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
