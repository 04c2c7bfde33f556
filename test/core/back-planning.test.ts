/** Planning back from each council's own sessions: what is said too late here costs a region its round. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, instantOf } from '../../domain/dates.ts';
import type { Body, Definition } from '../../domain/definition.ts';
import { type Forecast, forecast, horizon } from '../../domain/forecast.ts';
import { expectedScript } from '../../domain/course.ts';
import type { PathStart } from '../../domain/events.ts';
import { decisionsOf, findDecision } from '../../domain/lookup.ts';
import { askSchedule, decisionDue, textsNeededBy } from '../../domain/schedule.ts';
import { lastSession, sessions, textsBy } from '../../domain/sessions.ts';
import { INTENT, World, asse, at, day, start, wemmel, zaventem } from './world.ts';

const from = at('2031-01-06');
const plan = (data: PathStart, begin = from): Forecast => forecast(data, begin, horizon(data, begin), expectedScript);
const outlook = ({ parties }: Forecast, party: string, decision: string) =>
  parties.find((each) => each.party === party)?.decisions.find((each) => each.decision === decision);
const council = start().definition.bodies['council']!;
const withCouncil = (dates: string[]): PathStart =>
  start({
    parties: start().parties.map((party) =>
      party.party === wemmel ? { ...party, sessions: { council: { dates: dates.map(day) } } } : party,
    ),
  });

describe('when texts must reach an administration', () => {
  test.each([
    ['six weeks before a Tuesday', '2031-06-17', 42, '2031-05-06'],
    ['on a holiday: the working day before', '2031-06-12', 42, '2031-04-30'],
    ['in a weekend: the Friday before', '2031-06-15', 42, '2031-05-02'],
    ['a lead shorter than the notice: by the agenda cut-off', '2031-06-17', 3, '2031-06-06'],
  ])('%s', (_what, session, leadDays, expected) => {
    expect(textsBy(day(session), { ...council, leadDays })).toBe(expected);
  });

  test('a municipality has its own lead time for its council, not for its college, which meets every week', () => {
    const world = new World();
    const intent = findDecision(world.state, INTENT)!;
    const commitment = findDecision(world.state, 'statement-of-commitment')!;
    world.tell('change-party', { party: wemmel, leadDays: 56 });
    const by = (decision: typeof intent, party: typeof wemmel) =>
      askSchedule(world.state, decision, party, world.now).textsBy;
    expect([by(intent, wemmel), by(intent, asse)]).toEqual(['2031-04-22', '2031-05-06']);
    expect(by(commitment, wemmel)).toBe(by(commitment, asse));
  });

  test('a last session that is confirmed is no estimate, though the next one is', () => {
    const world = new World(from, withCouncil(['2031-06-24']));
    const seen = askSchedule(world.state, findDecision(world.state, INTENT)!, wemmel, world.now);
    expect(seen).toMatchObject({ lastSession: '2031-06-24', isLastAssumed: false, assumed: true });
  });

  test('what a decision asks of its council is not asked of the college that decides instead', () => {
    const world = new World();
    const plan = findDecision(world.state, 'multi-year-plan')!;
    world.tell('change-body', { party: wemmel, decision: plan.key, body: 'college', reason: 'taalwet' });
    const noticeOf = (party: typeof wemmel) => askSchedule(world.state, plan, party, world.now).notice;
    expect([noticeOf(asse), noticeOf(wemmel)]).toEqual([{ days: 14, article: 'artikel 249' }, { days: 3 }]);
  });

  test('who sends to all looks at the council that needs it first', () => {
    const world = new World();
    const intent = findDecision(world.state, INTENT)!;
    expect(textsNeededBy(world.state, intent)).toBe('2031-05-06');
    world.tell('change-party', {
      party: zaventem,
      sessions: { council: { dates: [day('2031-05-27'), day('2031-09-02')] } },
    });
    expect(textsNeededBy(world.state, intent)).toBe('2031-04-15');
    world.tell('change-party', { party: wemmel, leadDays: 70 });
    expect(textsNeededBy(world.state, intent)).toBe('2031-04-08');
  });
});

describe('what a plan says on its first day', () => {
  test('a council that confirmed its sessions is on track, one that did not is an estimate only', () => {
    const known = plan(withCouncil(['2031-04-22', '2031-05-27', '2031-06-24']));
    expect(outlook(known, wemmel, INTENT)).toMatchObject({
      lastSession: '2031-06-24',
      assumed: false,
      state: 'on-track',
    });
    expect(outlook(known, asse, INTENT)).toMatchObject({
      lastSession: '2031-06-17',
      assumed: true,
      state: 'estimate-only',
    });
  });

  test('one session left is tight, none is said before anybody is asked', () => {
    const one = plan(withCouncil(['2031-03-25', '2031-06-24', '2031-09-23']));
    expect(outlook(one, wemmel, INTENT)).toMatchObject({ state: 'tight', lastSession: '2031-06-24', daysAfterLast: 6 });
    const none = plan(withCouncil(['2031-03-25', '2031-04-22', '2031-07-08']));
    expect(outlook(none, wemmel, INTENT)?.state).toBe('no-session-left');
    expect(none.warnings).toContainEqual({
      code: 'no-session-left',
      detail: { decision: INTENT, party: wemmel, dueOn: '2031-06-30' },
    });
  });

  test('who gave a rule is not asked for it: only a day of it that is doubtful is said', () => {
    const rule = { every: 'month' as const, weekday: 2, nth: -1, exceptMonths: [7, 8] };
    const parties = start().parties.map((party) =>
      party.party === wemmel ? { ...party, sessions: { council: { dates: [], rule } } } : party,
    );
    const { warnings } = plan(start({ parties }));
    const about = (code: string) => warnings.filter((each) => each.code === code).map(({ detail }) => detail['party']);
    expect(about('sessions-partly-assumed')).toEqual([wemmel]);
    expect(about('sessions-assumed')).not.toContain(wemmel);
    expect(about('sessions-assumed')).toContain(asse);
  });

  test('texts that leave an administration too little time are said once for a decision', () => {
    const late = plan(withCouncil(['2031-05-27', '2031-09-02'])).warnings.filter(({ code }) => code === 'texts-late');
    const intent = late.find(({ detail }) => detail['decision'] === INTENT);
    expect(intent?.detail).toEqual({ decision: INTENT, by: '2031-04-15', count: 1 });
  });

  test('a decision asked of councils that are leaving is warned against, with the day to ask from', () => {
    const steps: Definition['steps'] = [
      {
        key: 'only',
        needs: [],
        tasks: [],
        decisions: [
          {
            key: 'one',
            needs: [],
            body: 'council',
            document: 'one',
            due: { anchor: 'opensOn', days: 120 },
            reminders: 'council',
          },
        ],
      },
    ];
    const warned = (opensOn: string) => {
      const data = start({
        definition: { ...start().definition, steps },
        round: { ...start().round!, dates: { ...start().round!.dates, opensOn: day(opensOn) } },
      });
      return plan(data, at(opensOn)).warnings.filter(({ code }) => code === 'outgoing-councils');
    };
    expect(warned('2030-09-30')).toEqual([
      { code: 'outgoing-councils', detail: { decision: 'one', from: '2031-02-01' } },
    ]);
    expect(warned('2031-02-03')).toEqual([]);
  });

  test('nothing is assumed of a council between October of an election year and its end', () => {
    const assumed = sessions(undefined, council, day('2030-09-01'), day('2031-02-28')).map(({ on }) => on);
    expect(assumed).toEqual(['2030-09-17', '2031-01-21', '2031-02-18']);
  });
});

const days = fc.integer({ min: 0, max: 900 }).map((offset) => addDays(day('2031-01-06'), offset));

describe('what always holds', () => {
  test('a deadline that moves later never makes anything about an ask earlier', () => {
    fc.assert(
      fc.property(fc.array(days, { maxLength: 8 }), days, fc.integer({ min: 1, max: 400 }), (dates, due, by) => {
        const world = new World();
        world.tell('change-party', { party: wemmel, sessions: { council: { dates: [...new Set(dates)].sort() } } });
        const decision = findDecision(world.state, INTENT)!;
        const seen = (to: typeof due) => {
          const moved = { to, on: day('2031-01-06'), reason: 'x' };
          const state = { ...world.state, moved: { [INTENT]: moved } };
          const {
            lastSession: last,
            lastCutoff,
            textsBy: texts,
            sessionsLeft,
          } = askSchedule(state, decision, wemmel, world.now);
          return { last: last ?? '', lastCutoff: lastCutoff ?? '', texts: texts ?? '', sessionsLeft };
        };
        const before = seen(due);
        const later = seen(addDays(due, by));
        expect(later.last >= before.last).toBe(true);
        expect(later.lastCutoff >= before.lastCutoff).toBe(true);
        expect(later.texts >= before.texts).toBe(true);
        expect(later.sessionsLeft >= before.sessionsLeft).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('a session that was entered beats an assumed one: its month holds nothing else, and it is never an estimate', () => {
    fc.assert(
      fc.property(fc.array(days, { minLength: 1, maxLength: 8 }), (dates) => {
        const known = { dates: [...new Set(dates)].sort(), changedOn: day('2031-01-06') };
        for (const { on, source } of sessions(known, council, day('2031-01-01'), day('2033-12-31'))) {
          const isMonthKnown = known.dates.some((entered) => entered.slice(0, 7) === on.slice(0, 7));
          expect(source === 'entered').toBe(isMonthKnown);
        }
        for (const entered of known.dates) {
          expect(lastSession(known, council, entered)).toEqual({ on: entered, source: 'entered' });
        }
      }),
      { numRuns: 300 },
    );
  });

  test('the last session is never after the deadline, nor the deadline after the closing date of the round', () => {
    const bodies: Record<string, Body> = start().definition.bodies;
    fc.assert(
      fc.property(fc.array(days, { maxLength: 12 }), fc.integer({ min: -30, max: 200 }), (dates, shift) => {
        const world = new World(from, withCouncil([...new Set(dates)].sort()));
        const closesOn = addDays(day('2032-04-01'), shift);
        if (shift !== 0) world.tell('move-deadline', { item: 'closesOn', to: closesOn, reason: 'x' });
        for (const decision of decisionsOf(world.state)) {
          const seen = askSchedule(world.state, decision, wemmel, instantOf(day('2031-01-06'), 600));
          const due = decisionDue(world.state, decision, wemmel);
          expect(seen.lastSession === undefined || seen.lastSession <= due).toBe(true);
          if (decision.due.anchor === 'closesOn') expect(due < closesOn).toBe(true);
          if (seen.lastSession !== undefined && bodies[decision.body]?.per === 'municipality') {
            expect(seen.textsBy! <= seen.lastCutoff! && seen.lastCutoff! < seen.lastSession).toBe(true);
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});
