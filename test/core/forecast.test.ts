import { describe, expect, test } from 'vitest';
import { type Script, expectedScript } from '../../domain/course.ts';
import type { PathStart } from '../../domain/events.ts';
import { type Forecast, forecast, horizon } from '../../domain/forecast.ts';
import { localTime } from '../../domain/dates.ts';
import { runCourse } from '../../domain/plan.ts';
import { INTENT, asse, at, contact, day, deputy, intentOf, meise, start, wemmel, zaventem } from './world.ts';

const from = at('2031-01-06');
const plan = (data: PathStart, script: Partial<Script> = {}): Forecast =>
  forecast(data, from, horizon(data, from), { ...expectedScript, ...script });
const usual = plan(start());
const codes = ({ warnings }: Forecast): string[] => [...new Set(warnings.map(({ code }) => code))].sort();
const outlook = (of: Forecast, party: string, decision: string) =>
  of.parties.find((each) => each.party === party)?.decisions.find((each) => each.decision === decision);

describe('the mails of a plan', () => {
  test('those without a mark are those that go out when all goes as expected', () => {
    const { mails } = runCourse(start(), from, horizon(start(), from), expectedScript);
    const planned = usual.mails.filter(({ ifSilent }) => !ifSilent);
    expect(planned.map(({ at: moment, to, kind }) => `${moment} ${to} ${kind}`).sort()).toEqual(
      mails.map(({ at: moment, message }) => `${moment} ${message.to} ${message.kind}`).sort(),
    );
  });

  test('those marked ifSilent show what silence brings: to the first overdue mail and the first escalation', () => {
    const silent = usual.mails.filter(({ ifSilent, about }) => ifSilent && about.includes(intentOf(wemmel)));
    const lines = silent.map(({ on, to, kind }) => `${on} ${to} ${kind}`);
    expect(lines).toContain(`2031-07-01 ${contact(wemmel)} overdue`);
    expect(lines).toContain(`2031-07-01 ${deputy(wemmel)} overdue`);
    expect(lines).toContain('2031-07-01 test.1 escalation');
    expect(lines.filter((line) => line.startsWith('2031-07-1'))).toEqual([]);
    expect(new Set(lines).size).toBe(lines.length);
  });

  test('they are in the order of time, and nothing that goes out anyway is marked', () => {
    const moments = usual.mails.map(({ at: moment }) => moment);
    expect(moments).toEqual([...moments].sort());
    const sure = new Set(
      usual.mails
        .filter(({ ifSilent }) => !ifSilent)
        .flatMap(({ on, to, about }) => about.map((what) => `${on} ${to} ${what}`)),
    );
    for (const { on, to, about } of usual.mails.filter(({ ifSilent }) => ifSilent)) {
      expect(
        about.every((what) => sure.has(`${on} ${to} ${what}`)),
        `${on} ${to}`,
      ).toBe(false);
    }
  });

  test('when nobody answers by the script, silence is the course itself', () => {
    expect(plan(start(), { default: 'none' }).mails.filter(({ ifSilent }) => ifSilent)).toEqual([]);
  });
});

describe('what a plan says of each decision', () => {
  test('when it is asked, when it is expected, the last session and the last day for its agenda', () => {
    expect(outlook(usual, wemmel, INTENT)).toEqual({
      decision: INTENT,
      body: 'council',
      dueOn: '2031-06-30',
      lastSession: '2031-06-17',
      agendaCutoff: '2031-06-06',
      askedOn: expect.stringMatching(/^2031-0[45]/) as string,
      expectedOn: '2031-05-20',
      textsBy: '2031-05-06',
      daysAfterLast: 13,
      notice: { days: 8, article: 'artikel 19' },
      assumed: true,
      state: 'estimate-only',
    });
  });

  test('what was decided before is shown so, and what is answered by nobody is not asked', () => {
    const decided = [{ party: wemmel, decision: INTENT, answer: 'approved' as const, on: day('2030-12-17') }];
    const before = plan(start({ decided }));
    expect(outlook(before, wemmel, INTENT)?.state).toBe('decided');
    expect(outlook(before, asse, INTENT)?.state).toBe('estimate-only');
    expect(outlook(plan(start(), { default: 'none' }), wemmel, 'culture-plan')?.state).toBe('not-asked');
  });

  test('deadlines are in order, each with the reason for its day', () => {
    const days = usual.deadlines.map(({ on }) => on);
    expect(days).toEqual([...days].sort());
    const why = (key: string) => usual.deadlines.find((deadline) => deadline.key === key);
    expect(why(INTENT)).toEqual({ key: INTENT, on: '2031-06-30', why: 'opensOn + 175 days' });
    expect(why('culture-plan')).toEqual({ key: 'culture-plan', on: '2032-03-24', why: 'closesOn - 8 days' });
    expect(why('submission')).toEqual({ key: 'submission', on: '2032-04-01', why: 'closesOn' });
    expect(why('own-time')).toEqual({ key: 'own-time', on: '2031-01-13', why: '7 days after it opens' });
    const data = { item: INTENT, to: day('2031-09-30'), reason: 'zomer' };
    const moved = plan(start(), { commands: [{ on: day('2031-03-03'), command: { type: 'move-deadline', data } }] });
    expect(moved.deadlines.find(({ key }) => key === INTENT)).toMatchObject({ on: '2031-09-30', why: 'moved: zomer' });
  });
});

describe('what a plan warns of', () => {
  test('nothing but the round and the estimates, when all goes well', () => {
    expect(codes(usual)).toEqual(['round-provisional', 'sessions-assumed']);
  });

  test('a round that is closed', () => {
    const { round } = start();
    expect(codes(plan(start({ round: { ...round!, status: 'closed' } })))).toContain('round-closed');
    expect(codes(plan(start({ round: { ...round!, status: 'open' } })))).toEqual(['sessions-assumed']);
  });

  test('a municipality whose sessions are known is no estimate; one that has none in time is warned of by name', () => {
    const dates = ['2031-04-22', '2031-07-15', '2031-09-23', '2031-12-16', '2032-03-29'].map(day);
    const parties = start().parties.map((party) =>
      party.party === wemmel ? { ...party, sessions: { council: { dates } } } : party,
    );
    const { warnings } = plan(start({ parties }));
    const of = (code: string) => warnings.filter((warning) => warning.code === code).map(({ detail }) => detail);
    expect(of('sessions-assumed').map(({ party }) => party)).toEqual([asse, meise, zaventem]);
    expect(of('no-session-left')).toContainEqual({ decision: INTENT, party: wemmel, dueOn: '2031-06-30' });
    expect(of('no-session-left')).toContainEqual({ decision: 'culture-plan', party: wemmel, dueOn: '2032-03-24' });
  });

  test('a single session that is left, and an answer that comes after the deadline', () => {
    const answers = [{ party: meise, decision: INTENT, answer: 'scheduled' as const, on: day('2031-09-16') }];
    const late = plan(start(), { answers });
    expect(late.warnings).toContainEqual({
      code: 'late',
      detail: { decision: INTENT, party: meise, dueOn: '2031-06-30' },
    });
    const data = { item: INTENT, to: day('2031-06-01'), reason: 'eerder' };
    const tight = plan(start(), { commands: [{ on: day('2031-03-03'), command: { type: 'move-deadline', data } }] });
    expect(tight.warnings).toContainEqual({
      code: 'tight',
      detail: { decision: INTENT, party: meise, dueOn: '2031-06-01' },
    });
  });

  test('a municipality without a contact', () => {
    const parties = start().parties.map(({ contact: who, ...party }) =>
      party.party === asse ? party : { ...party, contact: who! },
    );
    const { warnings } = plan(start({ parties }));
    expect(warnings.filter(({ code }) => code === 'no-contact').map(({ detail }) => detail)).toEqual([{ party: asse }]);
  });

  test('a command that would be refused, and a path that does not reach its end', () => {
    const bad = { on: day('2031-03-03'), command: { type: 'complete-task', data: { task: 'none' } } } as const;
    const { warnings } = plan(start(), { commands: [bad] });
    expect(warnings).toContainEqual({
      code: 'command-refused',
      detail: { command: 'complete-task', reason: 'unknown-task', on: '2031-03-03' },
    });
    expect(codes(plan(start(), { default: 'none' }))).toContain('unfinished');
  });

  test('what is still open at the end', () => {
    const stop = { on: day('2032-11-02'), command: { type: 'stop', data: { reason: 'weg' } } } as const;
    const open = plan(start(), { commands: [stop] }).warnings.filter(({ code }) => code === 'open-at-the-end');
    expect(open.map(({ detail }) => detail['item'])).toContain('regional-coordinator');
  });

  test('a plan is given up a month after the period starts, and not before three months', () => {
    expect(localTime(horizon(start(), from)).day).toBe('2033-02-01');
    expect(localTime(horizon(start(), at('2033-01-06'))).day).toBe('2033-04-07');
  });
});
