/** What a plan prints: every party and decision with its last session and cut-off, by which article, and what is an estimate. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { PlanReport } from '../../client/report/plan.ts';
import { example, root, run } from './run.ts';

const files = readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.yaml'));

describe('the plan of an example', { timeout: 60_000 }, () => {
  test.each(files)(
    '%s says for every party and decision the last session and the cut-off, or that there is none',
    async (name) => {
      const { code, stdout } = await run(['plan', example(name), '--format', 'json']);
      expect(code).toBe(0);
      const { parties, terms } = JSON.parse(stdout) as PlanReport;
      const all = parties.flatMap(({ decisions }) => decisions);
      expect(all.length).toBeGreaterThan(0);
      for (const each of all) {
        if (each.lastSession === null) expect(each.state).toMatch(/decided|no-session-left|not-asked/);
        else expect(each.agendaCutoff! < each.lastSession && each.textsBy! <= each.agendaCutoff!).toBe(true);
        expect(each.lastSession === null || each.lastSession <= each.dueOn).toBe(true);
      }
      // A college has a habit; councils, and what goes to an assembly or to government, have articles.
      expect(all.some(({ article }) => article === 'artikel 19')).toBe(true);
      expect(terms.map(({ key, article }) => [key, article !== ''])).toContainEqual(['supervision', true]);
    },
  );

  test('in the terminal, estimates have a mark and every rule its article', async () => {
    const { stdout } = await run(['plan', example('cultuur-noordrand.yaml')]);
    expect(stdout).toMatch(
      /^Kampenhout +declaration-of-intent .*~2031-06-06 +~2031-06-17 +13 +2031-06-30 +estimate-only +artikel 19$/m,
    );
    expect(stdout).toMatch(/^Wemmel +multi-year-plan .* 2031-12-01 +2031-12-16 +15 +2031-12-31 +\S+ +artikel 249$/m);
    expect(stdout).toMatch(/^2031-12-31 +multi-year-plan +artikel 254 /m);
    expect(stdout).toContain('within 10 days (artikelen 285-287)');
    expect(stdout).toContain('counted by artikel 291');
  });

  test('for a spreadsheet and a calendar it says the same', async () => {
    const [sheet, calendar] = await Promise.all(
      ['csv', 'ics'].map((format) => run(['plan', example('zuidrand.yaml'), '--format', format])),
    );
    expect(sheet?.stdout.split('\r\n')[0]).toContain('agendaCutoff,textsBy,daysAfterLast,article');
    expect(calendar?.stdout).toContain('agenda cut-off for declaration-of-intent (estimate)');
  });
});
