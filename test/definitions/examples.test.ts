import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readAnswers, toScript } from '../../definitions/answers.ts';
import { loadDefinition, loadRound } from '../../definitions/load.ts';
import { readRegion, toPathStart } from '../../definitions/region.ts';
import { validateFile } from '../../definitions/validate.ts';
import { instantOf } from '../../domain/dates.ts';
import { expectedScript, type Script } from '../../domain/course.ts';
import type { PathStart } from '../../domain/events.ts';
import { horizon } from '../../domain/forecast.ts';
import { asLocalDate, asPartyId, asPersonId, type LocalDate } from '../../domain/ids.ts';
import { namedDate } from '../../domain/lookup.ts';
import { runCourse, type CourseRun } from '../../domain/plan.ts';
import { schedule } from '../../domain/schedule.ts';

const files = readdirSync('examples').filter((name) => name.endsWith('.yaml'));
const subsidyFiles = files.filter((file) => startOf(file).start.definition.key === 'igs-cultuur');
const otherFiles = files.filter((file) => !subsidyFiles.includes(file));
const answersFiles = readdirSync('examples/answers');

function startOf(file: string): { start: PathStart; next: number } {
  const read = readRegion(`examples/${file}`);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const { start, people } = toPathStart(read.value.file, read.value.definition, read.value.round);
  return { start, next: people.length + 1 };
}

function run(start: PathStart, script: Script = expectedScript): CourseRun {
  const opensOn = namedDate(start, 'opensOn');
  if (opensOn === undefined) throw new Error('a path without a first day');
  const from = instantOf(opensOn, 9 * 60);
  return runCourse(start, from, horizon(start, from), script);
}

/** The first and the last session that approved a decision. */
function approvals({ events }: CourseRun, decision: string): [LocalDate, LocalDate] {
  const days = events
    .flatMap((event) => (event.type === 'answered' && event.data.decision === decision ? [event.data.on] : []))
    .sort();
  return [days[0] ?? asLocalDate(''), days.at(-1) ?? asLocalDate('')];
}

const within = (days: [LocalDate, LocalDate], from: string, to: string): boolean => days[0] >= from && days[1] <= to;

describe('every example is whole and leads to its end', () => {
  it.each([...files, ...answersFiles.map((name) => `answers/${name}`)])('%s has no error', (file) => {
    expect(validateFile(`examples/${file}`).problems).toEqual([]);
  });

  it.each(subsidyFiles)('%s: granted, nothing refused on the way, nothing left open', (file) => {
    const { refused, state } = run(startOf(file).start);
    expect(refused).toEqual([]);
    expect(state.ending).toMatchObject({ outcome: 'granted', open: [] });
    expect(state.submission?.on).toBe('2032-03-25');
  });

  it.each(otherFiles)('%s: completed, nothing refused on the way, nothing left open', (file) => {
    const { refused, state } = run(startOf(file).start);
    expect(refused).toEqual([]);
    expect(state.ending).toMatchObject({ outcome: 'completed', open: [] });
  });

  it('the paths without a subsidy have an example each', () => {
    expect(otherFiles.map((file) => startOf(file).start.definition.key)).toEqual(['join-partnership', 'one-decision']);
  });

  it.each(files)('%s writes only to example.org', (file) => {
    const read = readRegion(`examples/${file}`);
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    const { people } = toPathStart(read.value.file, read.value.definition, read.value.round);
    expect(people.map(({ email }) => email).filter((email) => !email.endsWith('.example.org'))).toEqual([]);
  });

  it('Noordrand has the thirteen municipalities of the partnership, Zuidrand six without Borsbeek', () => {
    expect(
      startOf('cultuur-noordrand.yaml').start.parties.filter(({ party }) => party.startsWith('nis:')),
    ).toHaveLength(13);
    expect(startOf('zuidrand.yaml').start.parties.map(({ party }) => party)).toEqual([
      'nis:11001',
      'nis:11013',
      'nis:11021',
      'nis:11024',
      'nis:11025',
      'nis:11029',
    ]);
  });
});

describe('answers files', () => {
  const { start, next } = startOf('cultuur-noordrand.yaml');
  const scriptOf = (name: string): Script => {
    const parties = start.parties.map(({ party }) => party);
    const read = readAnswers(`examples/answers/${name}`, { definition: start.definition, parties });
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    return toScript(read.value, () => asPersonId(`${start.id}.${String(next)}`));
  };

  it('bumpy: a rejection, an adjournment, changes, a new contact and a moved deadline still end well', () => {
    const { events, refused, state } = run(start, scriptOf('bumpy.yaml'));
    expect(refused).toEqual([]);
    const types = new Set(events.map(({ type }) => type));
    for (const type of ['contact-replaced', 'deadline-moved', 'changes-accepted', 'waived'] as const) {
      expect(types).toContain(type);
    }
    const answers = new Set(events.flatMap((event) => (event.type === 'answered' ? [event.data.answer] : [])));
    expect(answers).toEqual(new Set(['scheduled', 'approved', 'approved-with-changes', 'adjourned', 'rejected']));
    expect(state.ending).toMatchObject({ outcome: 'granted', open: [] });
  });

  it('nobody answers: unfinished, and the coordinator keeps hearing of it', () => {
    const { events, mails, state } = run(start, scriptOf('nobody-answers.yaml'));
    expect(state.ending).toBeUndefined();
    expect(events.some(({ type }) => type === 'answered')).toBe(false);
    const kinds = new Set(mails.map(({ message }) => message.kind));
    expect(kinds).toEqual(new Set(['request', 'reminder', 'overdue', 'escalation']));
    expect(mails.at(-1)?.at.slice(0, 7)).toBe('2033-01');
  });

  it('as expected: the same as no answers file, with an amount', () => {
    const plain = run(start);
    const expected = run(start, scriptOf('everybody-as-expected.yaml'));
    expect(expected.mails.map(({ at, message }) => [at, message.key])).toEqual(
      plain.mails.map(({ at, message }) => [at, message.key]),
    );
    expect(expected.state.outcome).toMatchObject({ outcome: 'granted', amount: 120_000 });
  });
});

describe('on every route the expected course fits the round, with room to spare', () => {
  const definition = loadDefinition('igs-cultuur');
  if (!definition.ok) throw new Error(JSON.stringify(definition));
  const routes = definition.value.routes.map(({ key }) => key);

  function startOn(route: string, roundKey: string): PathStart {
    const round = loadRound(roundKey);
    if (!round.ok || !definition.ok) throw new Error(JSON.stringify(round));
    return toPathStart(
      {
        id: 'try',
        partnership: 'Try',
        path: 'igs-cultuur',
        round: roundKey,
        route,
        coordinator: { name: 'A', email: 'a@example.org' },
        dates: {},
        sessions: {},
        municipalities: [{ party: asPartyId('nis:23002'), name: 'Asse', facts: {}, sessions: {}, decided: [] }],
      },
      definition.value,
      round.value,
    ).start;
  }

  it.each(routes)('%s in 2033: asked, decided and handed in at the right time of the year', (route) => {
    const course = run(startOn(route, 'igs-cultuur-2033'));
    expect(course.refused).toEqual([]);
    expect(course.state.ending).toMatchObject({ outcome: 'granted', open: [] });
    expect(within(approvals(course, 'statement-of-commitment'), '2031-02-10', '2031-03-31')).toBe(true);
    expect(within(approvals(course, 'declaration-of-intent'), '2031-05-01', '2031-06-30')).toBe(true);
    expect(within(approvals(course, 'multi-year-plan'), '2031-10-15', '2031-12-31')).toBe(true);
    expect(within(approvals(course, 'culture-plan-board'), '2032-01-01', '2032-02-28')).toBe(true);
    expect(within(approvals(course, 'culture-plan'), '2032-02-01', '2032-03-24')).toBe(true);
    for (const key of ['statutes', 'extension', 'joining-acceptance', 'statute-amendment']) {
      const days = approvals(course, key);
      if (days[0] !== '') expect([key, within(days, '2031-09-15', '2032-01-31')]).toEqual([key, true]);
    }
    expect(course.state.submission?.on).toBe('2032-03-25');
    expect(course.state.outcome?.on).toBe('2032-10-30');
  });

  it.each(routes)('%s would have fitted the round of 2027 too', (route) => {
    const course = run(startOn(route, 'igs-cultuur-2027'));
    expect(course.refused).toEqual([]);
    expect(course.state.submission?.on).toBe('2026-03-25');
    expect(course.state.ending).toMatchObject({ outcome: 'granted', open: [] });
  });

  it.each(routes)('%s: whoever is asked has a session left, and nearly always one more', (route) => {
    const start = startOn(route, 'igs-cultuur-2033');
    const late: string[] = [];
    const tight: string[] = [];
    const opensOn = namedDate(start, 'opensOn') ?? asLocalDate('');
    const until = instantOf(asLocalDate('2033-01-30'), 0);
    runCourse(start, instantOf(opensOn, 540), until, expectedScript, (state, event) => {
      if (event.type !== 'requested') return;
      for (const ask of schedule(state, event.at).asks.filter(({ decision }) => decision === event.data.decision)) {
        if (ask.lastSession === undefined || ask.lastSession > ask.dueOn || ask.risk === 'no-session-left') {
          late.push(ask.decision);
        } else if (ask.sessionsLeft < 2) tight.push(ask.decision);
      }
    });
    expect(late).toEqual([]);
    // An assembly meets twice a year: who joins an existing association has no second chance.
    const isJoining = route === 'join-existing';
    expect(tight).toEqual(isJoining ? expect.arrayContaining(['statute-amendment', 'joining-acceptance']) : []);
  });
});
