/** Paths that no subsidy waits for, through the same workflow: from the first day to completed. */
import { describe, expect, test } from 'vitest';
import { example } from '../cli/run.ts';
import { expectLean, expectMornings, minutes, plan, simulate } from './simulated.ts';

describe('paths without a round', { timeout: minutes }, () => {
  test.each(['een-beslissing.yaml', 'aansluiting-fictief.yaml'])(
    '%s is completed, with the mails of its plan',
    async (file) => {
      const report = await simulate(file);
      expect(report.outcome).toBe('completed');
      expect(report.refused).toEqual([]);
      expect(report.events.at(-1)).toMatchObject({ type: 'closed', data: { outcome: 'completed', open: [] } });
      expectMornings(report);
      expectLean(report);
      const planned = (await plan(file)).mails.filter(({ ifSilent }) => !ifSilent);
      expect(planned.map(({ on, to, kind }) => `${on} ${to} ${kind}`).sort()).toEqual(
        report.mails.map(({ at, to, kind }) => `${at.slice(0, 10)} ${to} ${kind}`).sort(),
      );
    },
  );

  test('mails name the decision by what the region file says it is about', async () => {
    const report = await simulate('een-beslissing.yaml', '--answers', example('answers/een-beslissing.yaml'));
    expect(report.outcome).toBe('completed');
    expect(report.refused).toEqual([]);
    const subjects = report.mails.map(({ subject }) => subject);
    expect(subjects).toContain('Meise: statutenwijziging op de raad van 23 maart');
    expect(subjects).toContain('Wemmel: genoteerd, statutenwijziging verdaagd naar 24 juni');
    expect(subjects.filter((subject) => /[{}]|beslissing/.test(subject))).toEqual([]);
  });

  test('a council that stays silent is reminded of its last session in time', async () => {
    const report = await simulate('een-beslissing.yaml', '--answers', example('answers/nobody-answers.yaml'));
    expect(report.outcome).toBe('unfinished');
    expect(report.mails.map(({ subject }) => subject)).toContain(
      'Wemmel: statutenwijziging op de raad van 24 juni, agenda sluit op 15 juni',
    );
  });
});
