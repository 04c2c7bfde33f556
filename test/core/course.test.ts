import { describe, expect, test } from 'vitest';
import { type Script, expectedScript } from '../../domain/course.ts';
import { isWorkingDay } from '../../domain/calendar.ts';
import { localTime } from '../../domain/dates.ts';
import type { RouteKey } from '../../domain/definition.ts';
import type { PathStart } from '../../domain/events.ts';
import { horizon } from '../../domain/forecast.ts';
import { decisionsOf, findTask } from '../../domain/lookup.ts';
import { morningKinds } from '../../domain/message.ts';
import { type CourseRun, runCourse } from '../../domain/plan.ts';
import { isDone, stepStates } from '../../domain/progress.ts';
import { INTENT, allParties, asse, at, day, meise, oneDecision, start, wemmel, zaventem } from './world.ts';

const from = at('2031-01-06');
const routes: RouteKey[] = start().definition.routes.map(({ key }) => key);

/** A path on a route, with the dates that its rules give. */
const onRoute = (route: RouteKey): PathStart =>
  start({
    route,
    dates: {
      expiresOn: day('2032-12-31'),
      representativesBy: day(route === 'continue-existing' ? '2031-06-30' : '2032-01-31'),
    },
  });
const run = (data: PathStart, script: Partial<Script> = {}): CourseRun =>
  runCourse(data, from, horizon(data, from), { ...expectedScript, ...script });
const dayOf = ({ events }: CourseRun, type: string): string =>
  localTime(events.find((event) => event.type === type)!.at).day;

describe.each(routes)('the expected course on the route %s', (route) => {
  const course = run(onRoute(route));
  const { state } = course;

  test('leads to a grant with nothing left open and nothing refused', () => {
    expect(course.refused).toEqual([]);
    expect(state.ending).toMatchObject({ outcome: 'granted', open: [] });
    expect(stepStates(state).every(({ status }) => status === 'done')).toBe(true);
    expect(decisionsOf(state).every(({ key }) => isDone(state, key))).toBe(true);
  });

  test('submits a week before the closing date and decides on the date of the round', () => {
    expect(state.submission?.on).toBe('2032-03-25');
    expect(state.outcome?.on).toBe('2032-10-30');
    expect(dayOf(course, 'closed')).toBe('2033-01-01');
  });

  test('takes each decision once of each party, in a session, and asks nobody again', () => {
    const asked = course.events.flatMap((event) =>
      event.type === 'requested' ? event.data.parties.map((party) => `${event.data.decision}/${party}`) : [],
    );
    expect(new Set(asked).size).toBe(asked.length);
    const answers = course.events.filter(({ type }) => type === 'answered');
    expect(answers).toHaveLength(asked.length);
    expect(new Set(asked)).toEqual(new Set(Object.keys(state.asks)));
  });

  test('mails on working mornings, each message once', () => {
    const keys = course.mails.map(({ message }) => message.key);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { at: moment, message } of course.mails) {
      if (!(morningKinds as readonly string[]).includes(message.kind)) continue;
      expect(isWorkingDay(localTime(moment).day)).toBe(true);
    }
  });
});

describe('a course that differs', () => {
  const data = onRoute('continue-existing');

  test('nobody answers: the texts are out, nothing is decided, the path is unfinished', () => {
    const course = run(data, { default: 'none' });
    expect(course.state.ending).toBeUndefined();
    expect(Object.values(course.state.asks).every((ask) => ask?.status === 'requested')).toBe(true);
    expect(findTask(course.state, 'submission') && isDone(course.state, 'submission')).toBe(false);
  });

  test('refused: the path ends on that day', () => {
    const course = run(data, { outcome: { outcome: 'refused', reason: 'te weinig inwoners' } });
    expect(course.state.ending).toMatchObject({ outcome: 'refused', reason: 'te weinig inwoners' });
    expect(dayOf(course, 'decision-recorded')).toBe('2032-10-30');
  });

  test('scripted answers come instead of the expected ones, in their order, and the rest goes on', () => {
    const of = (party: typeof asse, answer: string, on: string, more: object = {}) =>
      ({ party, decision: INTENT, answer, on: day(on), ...more }) as Script['answers'][number];
    const course = run(data, {
      answers: [
        of(wemmel, 'rejected', '2031-05-20', { reason: 'te duur' }),
        of(wemmel, 'approved', '2031-06-24'),
        of(meise, 'adjourned', '2031-05-20', { to: day('2031-06-24') }),
        of(asse, 'approved-with-changes', '2031-05-20', { changes: 'art. 3' }),
        of(zaventem, 'scheduled', '2031-06-10'),
      ],
      commands: [
        { on: day('2031-05-28'), command: { type: 'request', data: { decision: INTENT, parties: [wemmel] } } },
        { on: day('2031-05-29'), command: { type: 'complete-task', data: { task: 'none' } } },
      ],
    });
    const said = course.events.flatMap((event) =>
      event.type === 'answered' && event.data.decision === INTENT
        ? [`${localTime(event.at).day} ${event.data.party} ${event.data.answer}`]
        : [],
    );
    expect(said).toContain(`2031-05-20 ${wemmel} rejected`);
    expect(said).toContain(`2031-06-24 ${wemmel} approved`);
    expect(said).toContain(`2031-05-20 ${meise} adjourned`);
    expect(said).toContain(`2031-06-24 ${meise} approved`);
    expect(said).toContain(`2031-06-10 ${zaventem} approved`);
    expect(course.events.some(({ type }) => type === 'changes-accepted')).toBe(true);
    expect(course.refused).toMatchObject([{ command: 'complete-task', refusal: { code: 'unknown-task' } }]);
    expect(course.state.ending?.outcome).toBe('granted');
  });

  test('adjourned without a date: the next session decides', () => {
    const answers = [{ party: meise, decision: INTENT, answer: 'adjourned' as const, on: day('2031-05-20') }];
    const { state } = run(data, { answers });
    expect(state.asks[`${INTENT}/${meise}` as keyof typeof state.asks]).toMatchObject({
      status: 'approved',
      answer: { sessionOn: '2031-06-17' },
    });
  });

  test('one decision, all councils: closed the morning after the last council', () => {
    const { definition } = oneDecision().state;
    const { route: _route, ...unrouted } = start({ definition });
    const course = run(unrouted);
    expect(course.state.ending).toMatchObject({ outcome: 'completed', open: [] });
    expect(dayOf(course, 'closed')).toBe('2031-01-22');
    expect(Object.keys(course.state.asks)).toHaveLength(allParties.length);
  });
});
