/** What the law asks of each route, lived through the real workflow, and what happens when one council fails. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { stringify } from 'yaml';
import type { PlanReport } from '../../client/report/plan.ts';
import type { SimulationReport } from '../../client/simulation/report.ts';
import { temporaryFolder } from '../foundation/launched.ts';
import { example, run } from '../cli/run.ts';

const minutes = 4 * 60_000;

async function told<Report>(command: 'plan' | 'simulate', file: string, answers?: object[]): Promise<Report> {
  const words = answers === undefined ? [] : ['--answers', writtenFile('answers.yaml', stringify({ answers }))];
  const { code, stdout, stderr } = await run([command, file, '--format', 'json', ...words]);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as Report;
}

function writtenFile(name: string, text: string): string {
  const file = join(temporaryFolder(onTestFinished), name);
  writeFileSync(file, text);
  return file;
}

const leievallei = example('leievallei-fictief.yaml');

/** The same five municipalities, with an association that they continue. */
const continued = (): string =>
  writtenFile(
    'verder.yaml',
    readFileSync(leievallei, 'utf8')
      .replace('id: leievallei-2033', 'id: leievallei-verder')
      .replace('route: new-project-association', 'route: continue-existing'),
  );

const statusOf = ({ laws }: SimulationReport): Record<string, string> =>
  Object.fromEntries(laws.map(({ key, status }) => [key, status]));

describe('each route to its end, as the law asks', { timeout: minutes }, () => {
  test.each([
    ['new-project-association', () => leievallei, ['founding-window', 'deed', 'told-to-supervision', 'six-years']],
    [
      'new-service-association',
      () => example('kamwind-fictief.yaml'),
      ['consultation-year', 'government-advice', 'founded-in-time', 'eighteen-years'],
    ],
    [
      'join-existing',
      () => example('wase-scheldekant-fictief.yaml'),
      ['study-decided', 'government-informed', 'participants-informed', 'joining-accepted'],
    ],
    ['continue-existing', continued, ['extension-in-time']],
  ])('%s is granted with every law met', async (_route, file, laws) => {
    const report = await told<SimulationReport>('simulate', file());
    expect(report).toMatchObject({ outcome: 'granted', refused: [] });
    expect(statusOf(report)).toEqual(Object.fromEntries(laws.map((key) => [key, 'met'])));
  });
});

describe('a window that one council breaks', { timeout: minutes }, () => {
  // Waregem is the first to decide, on 7 October; Kuurne puts it off until after 8 December, when the two months are over.
  const answers = [
    { party: 'Kuurne', decision: 'statutes', answer: 'adjourned', on: '2031-10-16', to: '2032-01-15' },
    { party: 'Kuurne', decision: 'statutes', answer: 'approved', on: '2032-01-15' },
  ];

  test('is said before it happens, and is broken in the path', async () => {
    const plan = await told<PlanReport>('plan', leievallei, answers);
    const broken = plan.warnings.filter(({ code }) => code === 'window-broken');
    expect(broken.map(({ message }) => message)).toEqual([
      'founding-window, artikelen 401-408: Kuurne: decided on statutes after 2031-12-08, ' +
        'the last day of the span that began on 2031-10-07',
    ]);
    expect(plan.laws[0]).toMatchObject({ key: 'founding-window', status: 'open', expected: { status: 'broken' } });
    const report = await told<SimulationReport>('simulate', leievallei, answers);
    expect(statusOf(report)['founding-window']).toBe('broken');
  });
});

describe('an extension that one council misses', { timeout: minutes }, () => {
  // Waregem adjourns at every session, without a new date, until the association is gone.
  const sessions = [
    ...['2031-10-07', '2031-11-04', '2031-12-02', '2032-01-06', '2032-02-03', '2032-03-02', '2032-05-04', '2032-06-01'],
    ...['2032-09-07', '2032-10-05', '2032-11-02', '2032-12-07'],
  ];
  const adjourned = sessions.map((on) => ({ party: 'Waregem', decision: 'extension', answer: 'adjourned', on }));
  const late = { party: 'Waregem', decision: 'extension', answer: 'approved', on: '2033-01-04' };

  test('dissolves the association on its last day; the coordinator is told month after month before', async () => {
    const file = continued();
    const answers = [...adjourned, late];
    const plan = await told<PlanReport>('plan', file, answers);
    expect(plan.warnings.filter(({ code }) => code === 'dissolves').map(({ message }) => message)).toEqual([
      'extension-in-time, artikel 401: it ended on 2032-12-31: no decision on extension of Waregem',
    ]);
    const report = await told<SimulationReport>('simulate', file, answers);
    expect(statusOf(report)).toEqual({ 'extension-in-time': 'broken' });
    const escalations = report.mails.filter(
      ({ kind, to, at }) => kind === 'escalation' && to === 'hanne.desmet@leievallei.example.org' && at < '2032-12-31',
    );
    expect(new Set(escalations.map(({ at }) => at.slice(0, 7))).size).toBeGreaterThanOrEqual(9);
    expect(escalations.some(({ subject }) => subject.includes('Waregem'))).toBe(true);
  });
});
