/** The main job: real regions from the first day to the last, through the real workflow and real mails. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SimulationReport } from '../../client/simulation/report.ts';
import { temporaryFolder } from '../foundation/launched.ts';
import { example } from '../cli/run.ts';
import { expectLean, expectMornings, minutes, plan, simulate } from './simulated.ts';

describe('Cultuur Noordrand, thirteen municipalities', { timeout: minutes }, () => {
  let folder = '';
  let report: SimulationReport;
  beforeAll(async () => {
    folder = temporaryFolder(() => undefined);
    report = await simulate('cultuur-noordrand.yaml', '--out', folder);
  }, minutes);

  test('goes from support to a granted subsidy, with nothing left open', () => {
    expect(report.outcome).toBe('granted');
    expect(report.events.at(-1)).toMatchObject({ type: 'closed', data: { outcome: 'granted', open: [] } });
    expect(report.refused).toEqual([]);
    expect(report.until.slice(0, 10)).toBe('2033-01-01');
  });

  test('every mail is written as a file with its Message-ID, and each Message-ID once', () => {
    const files = readdirSync(folder);
    expect(files).toHaveLength(report.mails.length);
    const ids = new Set(report.mails.map(({ messageId }) => messageId));
    expect(ids.size).toBe(report.mails.length);
    const written = new Set(
      files.map((name) => /^Message-ID: (.+)$/im.exec(readFileSync(join(folder, name), 'utf8'))?.[1]?.trim()),
    );
    expect(written).toEqual(ids);
  });

  test('reminds on working mornings, one mail a person and day', () => {
    expectMornings(report);
  });

  test('costs little history', () => {
    expectLean(report);
  });

  test('happens the same way twice', async () => {
    const again = await simulate('cultuur-noordrand.yaml');
    expect({ ...again, history: null }).toEqual({ ...report, history: null });
  });

  test('sends the mails that the plan foretold', async () => {
    const planned = (await plan('cultuur-noordrand.yaml')).mails.filter(({ ifSilent }) => !ifSilent);
    const line = (on: string, to: string, kind: string): string => `${on} ${to} ${kind}`;
    expect(planned.map(({ on, to, kind }) => line(on, to, kind)).sort()).toEqual(
      report.mails.map(({ at, to, kind }) => line(at.slice(0, 10), to, kind)).sort(),
    );
  });
});

describe('other courses', { timeout: minutes }, () => {
  test('when nobody answers the path is unfinished, and the coordinator hears of it to the end', async () => {
    const report = await simulate('cultuur-noordrand.yaml', '--answers', example('answers/nobody-answers.yaml'));
    expect(report.outcome).toBe('unfinished');
    expectMornings(report);
    expectLean(report);
    const count = (kind: string): number => report.mails.filter((mail) => mail.kind === kind).length;
    expect(count('request')).toBe(13);
    // The day after the deadline and every fortnight for six weeks, to each contact and each deputy; then only the coordinator.
    const overdue = report.mails.filter(({ kind }) => kind === 'overdue');
    const perPerson = new Map<string, number>();
    for (const { to } of overdue) perPerson.set(to, (perPerson.get(to) ?? 0) + 1);
    perPerson.delete('lore.vannuffel@noordrand.example.org');
    expect(perPerson.size).toBeGreaterThanOrEqual(13);
    expect(Math.max(...perPerson.values())).toBeLessThanOrEqual(4);
    const escalations = report.mails.filter(({ kind }) => kind === 'escalation');
    expect(escalations.every(({ to }) => to === 'lore.vannuffel@noordrand.example.org')).toBe(true);
    expect(escalations.at(-1)?.at.slice(0, 4)).toBe('2033');
  });

  test('a rejection, an adjournment, a changed text, a replaced contact and a moved deadline still lead to a grant', async () => {
    const words = ['--answers', example('answers/bumpy.yaml')];
    const report = await simulate('cultuur-noordrand.yaml', ...words);
    expect(report.outcome).toBe('granted');
    expect(report.refused).toEqual([]);
    const types = new Set(report.events.map(({ type }) => type));
    for (const type of ['contact-replaced', 'deadline-moved', 'changes-accepted', 'waived'])
      expect(types).toContain(type);
    const answers = new Set(
      report.events.flatMap(({ type, data }) => (type === 'answered' ? [(data as { answer: string }).answer] : [])),
    );
    expect(answers).toEqual(new Set(['approved', 'approved-with-changes', 'adjourned', 'rejected', 'scheduled']));
    const replaced = report.events.find(({ type }) => type === 'contact-replaced')?.at ?? '';
    const later = report.mails.filter(({ at }) => at > replaced);
    expect(later.some(({ to }) => to === 'sven.baert@zaventem.example.org')).toBe(true);
    expect(later.some(({ to }) => to === 'hilde.stroobants@zaventem.example.org')).toBe(false);
    expectMornings(report);
    const planned = (await plan('cultuur-noordrand.yaml', ...words)).mails.filter(({ ifSilent }) => !ifSilent);
    expect(planned.map(({ on, kind }) => `${on} ${kind}`).sort()).toEqual(
      report.mails.map(({ at, kind }) => `${at.slice(0, 10)} ${kind}`).sort(),
    );
  });

  test.each(['zuidrand.yaml', 'leievallei-fictief.yaml'])('%s is granted too', async (file) => {
    const report = await simulate(file);
    expect(report.outcome).toBe('granted');
    expect(report.refused).toEqual([]);
    expectMornings(report);
    expectLean(report);
  });
});
