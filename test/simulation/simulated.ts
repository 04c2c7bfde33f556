/** What the tests of simulations share: the command line run on an example, and what holds for every simulation. */
import { expect } from 'vitest';
import type { PlanReport } from '../../client/report/plan.ts';
import type { SimulationReport } from '../../client/simulation/report.ts';
import { isWorkingDay } from '../../domain/calendar.ts';
import { asLocalDate } from '../../domain/ids.ts';
import { example, run } from '../cli/run.ts';

export const minutes = 4 * 60_000;

export async function simulate(file: string, ...words: string[]): Promise<SimulationReport> {
  const { code, stdout, stderr } = await run(['simulate', example(file), '--format', 'json', ...words]);
  expect(stderr.replace(/^warning.*\n/gm, ''), stderr).toBe('');
  expect(code).toBe(0);
  return JSON.parse(stdout) as SimulationReport;
}

export async function plan(file: string, ...words: string[]): Promise<PlanReport> {
  const { code, stdout } = await run(['plan', example(file), '--format', 'json', ...words]);
  expect(code).toBe(0);
  return JSON.parse(stdout) as PlanReport;
}

const reminding = ['request', 'reminder', 'overdue', 'escalation', 'outcome-question'];

/** Reminding mails go out on working mornings in Brussels, one to a person a day. */
export function expectMornings({ mails }: SimulationReport): void {
  const seen = new Set<string>();
  for (const { at, to, kind } of mails.filter((mail) => reminding.includes(mail.kind))) {
    const day = asLocalDate(at.slice(0, 10));
    expect(isWorkingDay(day), `${at} ${kind}`).toBe(true);
    expect(at.slice(11, 16) >= '08:30' && at.slice(11, 16) < '12:00', at).toBe(true);
    expect(at).toMatch(/\+0[12]:00$/);
    expect(seen.has(`${day} ${to}`), `${day} ${to}`).toBe(false);
    seen.add(`${day} ${to}`);
  }
}

/** At most 14 history events for each command and 20 for each delivery, apart from the few of a start, an end and each new run. */
export function expectLean({ events, history }: SimulationReport): void {
  const deliveries = events.filter(({ type }) => type === 'mail-attempted').length;
  const commands = events.length - deliveries;
  expect(history.events).toBeLessThanOrEqual(14 * commands + 20 * deliveries + 20 * history.runs);
}
