import { mkdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commandSchema } from '../../definitions/commands.ts';
import { describeIssue } from '../../definitions/issues.ts';
import { readRegion } from '../../definitions/region.ts';
import { calendar, meeting } from '../sessions/calendars.ts';
import { fileWith, linesOf } from './files.ts';

const head = `id: one-town
partnership: Een Gemeente
path: igs-cultuur
round: igs-cultuur-2033
route: continue-existing
coordinator: { name: Ann Aerts, email: ann@example.org }
dates: { expiresOn: 2032-06-30 }
municipalities:
  - municipality: Wemmel
    contact: { name: Cas Claes, email: cas@example.org }
`;

const read = (sessions: string) => readRegion(fileWith('sessions.yaml', `${head}    councilSessions: ${sessions}\n`));
const problemsOf = (sessions: string): string[] => linesOf(read(sessions));

function councilOf(sessions: string): unknown {
  const found = read(sessions);
  return found.ok ? found.value.file.municipalities[0]?.sessions['council'] : found.problems;
}

/** Warnings about sessions: `11 session-twice: …` */
function warningsOf(sessions: string): string[] {
  const found = read(sessions);
  if (!found.ok) throw new Error(JSON.stringify(found.problems));
  return found.value.warnings
    .filter(({ code }) => code.startsWith('session'))
    .map(({ line, code, message }) => `${String(line)} ${code}: ${message}`);
}

describe('meeting days in a region file', () => {
  const dates = ['2031-01-27', '2031-02-24'];
  it.each<[string, unknown]>([
    ['[2031-01-27, 2031-02-24]', { dates }],
    ['27 januari en 24 februari 2031', { dates }],
    ['27 januari en 24 februari', { dates }],
    ['|\n      - maandag 27 januari 2031 om 20 uur\n      - maandag 24 februari', { dates }],
    [
      '"vierde maandag; 27 januari 2031"',
      { dates: ['2031-01-27'], rule: { every: 'month', weekday: 1, nth: 4, exceptMonths: [] } },
    ],
    [
      '{ dates: [2031-01-27], rule: vierde maandag }',
      { dates: ['2031-01-27'], rule: { every: 'month', weekday: 1, nth: 4, exceptMonths: [] } },
    ],
  ])('can be written as %s', (sessions, council) => {
    expect(councilOf(sessions)).toEqual(council);
  });

  it.each([
    ['derde vollemaan', '"vollemaan" is not understood'],
    ['dinsdag 27 januari 2031', '"dinsdag 27 januari 2031" is a maandag'],
    ['27 januari 2031 en 30 februari 2031', '"30 februari 2031" is a day that does not exist'],
    ['{ dates: [2031-01-27], rule: derde vollemaan }', '"vollemaan" is not understood'],
  ])('%s is refused with the part that was not understood, on its line', (sessions, said) => {
    const [problem = '', ...others] = problemsOf(sessions);
    expect(others).toEqual([]);
    expect(problem).toMatch(/^11 /);
    expect(problem).toContain(`: ${said} — expected `);
  });
});

describe('a calendar file beside the region file', () => {
  it('is read: only what a word asks for, with a warning of what was left out', () => {
    fileWith('raad.ics', calendar(...meeting('20310127'), ...meeting('20310128', 'Commissie'), ...meeting('20200127')));
    expect(councilOf('{ ics: ./raad.ics, only: gemeenteraad }')).toEqual({ dates: ['2031-01-27'] });
    expect(warningsOf('{ ics: raad.ics }')).toEqual([
      '11 sessions-left-out: Wemmel, council: raad.ics: left out 0 cancelled events, 1 about something else, 1 before 2031-01-06 or years ahead',
    ]);
  });

  it.each([
    ['./nergens.ics', './nergens.ics is not there'],
    ['./map.ics', './map.ics is no file'],
    ['./groot.ics', './groot.ics is too large'],
    ['./stuk.ics', './stuk.ics: line 6: the start of an event cannot be read: "ooit"'],
    ['./foto.ics', './foto.ics: this is no iCalendar file'],
  ])('%s is refused, with the line of the region file', (name, said) => {
    const folder = fileWith('groot.ics', 'x'.repeat(2 * 1024 * 1024 + 1)).replace(/groot\.ics$/, 'map.ics');
    mkdirSync(folder, { recursive: true });
    fileWith('stuk.ics', calendar('BEGIN:VEVENT', 'SUMMARY:Raad', 'DTSTART:ooit', 'END:VEVENT'));
    fileWith('foto.ics', '\u0089PNG');
    expect(problemsOf(`{ ics: ${name} }`)).toEqual([
      expect.stringContaining(`11 councilSessions.ics: ${said} — expected `),
    ]);
  });

  it('has no other keys', () => {
    expect(problemsOf('{ ics: ./raad.ics, alleen: raad }')).toHaveLength(1);
  });
});

describe('a slip in meeting days is a warning on its line, not an error', () => {
  it('twice, on a holiday, in a weekend, before and after the round', () => {
    const days = ['2031-01-27', '2031-01-27', '2031-11-11', '2031-02-01', '2030-12-16', '2033-01-24'];
    expect(warningsOf(`\n${days.map((day) => `      - ${day}`).join('\n')}`)).toEqual([
      '16 session-before-round: Wemmel, council: 2030-12-16 is before the round opens on 2031-01-06',
      '13 session-twice: Wemmel, council: 2031-01-27 is there twice',
      '15 session-weekend: Wemmel, council: 2031-02-01 is in a weekend: is that right?',
      '14 session-holiday: Wemmel, council: 2031-11-11 is on a holiday: is that right?',
      '17 session-after-round: Wemmel, council: 2033-01-24 is after all must be decided: the period starts on 2033-01-01',
    ]);
  });

  it('days of one text share a warning', () => {
    expect(warningsOf('16 december 2030, 20 december 2030, 27 januari 2031, 27/1/2031')).toEqual([
      '11 session-before-round: Wemmel, council: 2030-12-16, 2030-12-20 are before the round opens on 2031-01-06',
      '11 session-twice: Wemmel, council: 2031-01-27 is there twice',
    ]);
  });

  it('ordinary days have none, and neither has a rule', () => {
    expect(warningsOf('[2031-01-27, 2031-08-25]')).toEqual([]);
    expect(warningsOf('elke maandag')).toEqual([]);
  });
});

describe('meeting days in a command', () => {
  const parse = (council: unknown) =>
    commandSchema('change-party').safeParse({ party: 'Wemmel', sessions: { council } });

  it('may be text, when it names its years', () => {
    expect(parse('27 januari 2031, 24 februari 2031')).toMatchObject({
      data: { party: 'nis:23102', sessions: { council: { dates: ['2031-01-27', '2031-02-24'] } } },
    });
  });

  it.each([
    ['27 januari', 'sessions.council: "27 januari" has no year'],
    ['derde vollemaan', 'sessions.council: "vollemaan" is not understood'],
    [{ ics: 'raad.ics' }, 'council.ics is "raad.ics"'],
  ])('%j is refused: %s', (council, said) => {
    const { error } = parse(council);
    const problems = error?.issues.flatMap((issue) => describeIssue(issue, { sessions: { council } }));
    expect(problems?.map(({ message }) => message)).toEqual([said]);
  });
});
