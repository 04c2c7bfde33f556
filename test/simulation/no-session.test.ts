/** One council that cannot be in time: said by the plan, and by a real mail on the first morning of the real workflow. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { PlanReport } from '../../client/report/plan.ts';
import type { SimulationReport } from '../../client/simulation/report.ts';
import { temporaryFolder } from '../foundation/launched.ts';
import { example, root, run } from '../cli/run.ts';

/** Hove meets in March and May 2031, and then in September: what has to be decided by 30 June 2031 cannot be. */
function regionFile(): string {
  const text = readFileSync(join(root, example('zuidrand.yaml')), 'utf8');
  const dates =
    '[2031-03-17, 2031-04-14, 2031-07-07, 2031-09-15, 2031-10-20, 2031-11-17, 2031-12-15, 2032-01-19, 2032-02-16, 2032-03-15]';
  const file = join(
    temporaryFolder(() => undefined),
    'zonder-zitting.yaml',
  );
  writeFileSync(
    file,
    text.replace(/(name: Leen Mertens.*\n.*contribution: 3500)/, `$1\n    councilSessions: ${dates}`),
  );
  return file;
}

test('a council without a session left in time is said on the first day', { timeout: 120_000 }, async () => {
  const file = regionFile();
  const planned = await run(['plan', file, '--format', 'json']);
  const plan = JSON.parse(planned.stdout) as PlanReport;
  const hove = plan.parties.find(({ name }) => name === 'Hove')?.decisions;
  expect(hove?.find(({ decision }) => decision === 'declaration-of-intent')?.state).toBe('no-session-left');
  expect(plan.warnings.map(({ message }) => message)).toContain(
    'Hove: no session left for declaration-of-intent before 2031-06-30',
  );
  const { code, stdout } = await run(['simulate', file, '--format', 'json']);
  expect(code).toBe(0);
  const report = JSON.parse(stdout) as SimulationReport;
  expect(report.mails[0]).toMatchObject({
    to: 'maarten.ceulemans@zuidrand.example.org',
    kind: 'escalation',
    subject: expect.stringContaining('Hove: geen zitting op tijd voor intentieverklaring') as string,
  });
  expect(report.mails[0]?.at.slice(0, 10)).toBe('2031-01-06');
  const line = (on: string, to: string, kind: string): string => `${on} ${to} ${kind}`;
  const foretold = plan.mails.filter(({ ifSilent }) => !ifSilent).map(({ on, to, kind }) => line(on, to, kind));
  expect(foretold.sort()).toEqual(report.mails.map(({ at, to, kind }) => line(at.slice(0, 10), to, kind)).sort());
});
