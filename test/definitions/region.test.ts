import { describe, expect, it } from 'vitest';
import { readRegion, toPathStart, type Region } from '../../definitions/region.ts';
import { validateFile } from '../../definitions/validate.ts';
import { changed, fileWith, linesOf } from './files.ts';

const good = `id: two-towns
partnership: Twee Gemeenten
path: igs-cultuur
round: igs-cultuur-2033
route: continue-existing
coordinator: { name: Ann Aerts, email: ann@example.org, role: coördinator }
deputy: { name: Bob Baert, email: bob@example.org }
dates:
  expiresOn: 2032-06-30
boardSessions: [2031-05-15, 2031-03-13]
municipalities:
  - municipality: Asse
    contact: { name: Cas Claes, email: cas@asse.example.org, role: secretaris }
    deputy:
      name: Dirk De Decker
      email: dirk@asse.example.org
    contribution: 12000
    councilSessions: vierde woensdag, niet in juli en augustus
    collegeSessions: elke dinsdag
    decided:
      - { decision: statement-of-commitment, answer: approved, on: 2031-01-02 }
      - decision: representatives
        answer: adjourned
        on: 2031-01-28
        to: 2031-02-25
  - municipality: 23102
    councilSessions: [2031-01-27, 2031-02-24]
`;

const problemsOf = (text: string): string[] => linesOf(readRegion(fileWith('region.yaml', text)));

function regionOf(text: string, name = 'region.yaml'): Region {
  const read = readRegion(fileWith(name, text));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.value;
}

describe('a region file becomes the start of a path', () => {
  const region = regionOf(good);
  const { start, people } = toPathStart(region.file, region.definition, region.round);

  it('numbers people in the order of the file, the coordinator first', () => {
    expect(people.map(({ id, role, party, name }) => [id, role, party ?? '', name])).toEqual([
      ['two-towns.1', 'coordinator', '', 'Ann Aerts'],
      ['two-towns.2', 'deputy-coordinator', '', 'Bob Baert'],
      ['two-towns.3', 'contact', 'nis:23002', 'Cas Claes'],
      ['two-towns.4', 'deputy', 'nis:23002', 'Dirk De Decker'],
    ]);
    expect(people[2]).toMatchObject({ email: 'cas@asse.example.org', function: 'secretaris' });
  });

  it('holds nobody by name or address', () => {
    const text = JSON.stringify({ ...start, definition: undefined });
    for (const { name, email } of people) {
      expect(text).not.toContain(name);
      expect(text).not.toContain(email);
    }
  });

  it('carries parties, sessions, dates and what was decided before', () => {
    expect({ ...start, definition: start.definition.key, round: start.round?.key }).toEqual({
      id: 'two-towns',
      definition: 'igs-cultuur',
      round: 'igs-cultuur-2033',
      route: 'continue-existing',
      dates: { expiresOn: '2032-06-30', representativesBy: '2031-06-30' },
      given: ['expiresOn'],
      coordinator: 'two-towns.1',
      deputyCoordinator: 'two-towns.2',
      parties: [
        {
          party: 'nis:23002',
          contact: 'two-towns.3',
          deputy: 'two-towns.4',
          contribution: 12000,
          facts: { referenceRegion: 'Halle-Vilvoorde' },
          sessions: {
            college: { dates: [], rule: { every: 'week', weekday: 2, exceptMonths: [] } },
            council: { dates: [], rule: { every: 'month', nth: 4, weekday: 3, exceptMonths: [7, 8] } },
          },
        },
        {
          party: 'nis:23102',
          facts: { referenceRegion: 'Halle-Vilvoorde' },
          sessions: { council: { dates: ['2031-01-27', '2031-02-24'] } },
        },
        { party: 'board', sessions: { board: { dates: ['2031-03-13', '2031-05-15'] } } },
      ],
      decided: [
        { party: 'nis:23002', decision: 'statement-of-commitment', answer: 'approved', on: '2031-01-02' },
        { party: 'nis:23002', decision: 'representatives', answer: 'adjourned', on: '2031-01-28', to: '2031-02-25' },
      ],
    });
  });

  it('takes the date of the route from the definition when the file gives none', () => {
    const without = regionOf(changed(good, 'dates:\n  expiresOn: 2032-06-30\n', ''));
    expect(toPathStart(without.file, without.definition, without.round).start.dates).toEqual({
      expiresOn: '2032-12-31',
      representativesBy: '2031-06-30',
    });
  });

  it('lets the caller give the ids', () => {
    const assigned = toPathStart(
      region.file,
      region.definition,
      region.round,
      (person, number) => `${person.role}.${String(number)}` as never,
    );
    expect(assigned.start.coordinator).toBe('coordinator.1');
    expect(assigned.start.parties[0]?.deputy).toBe('deputy.4');
  });

  it('reads the same from JSON', () => {
    const json = JSON.stringify({
      id: 'two-towns',
      partnership: 'Twee',
      path: 'igs-cultuur',
      round: 'igs-cultuur-2033',
      coordinator: { name: 'Ann', email: 'ann@example.org' },
      municipalities: [{ municipality: 'Asse' }],
    });
    expect(regionOf(json, 'region.json').file.municipalities[0]).toMatchObject({ party: 'nis:23002', name: 'Asse' });
  });
});

describe('what may be missing is warned of, not refused', () => {
  const codes = (text: string): string[] => regionOf(text).warnings.map(({ code, line }) => `${String(line)} ${code}`);

  it('a contact, a provisional or closed round, a route, more than one reference region', () => {
    expect(codes(good)).toEqual(['4 round-provisional', '26 contact-missing']);
    expect(codes(changed(good, 'igs-cultuur-2033', 'igs-cultuur-2027'))).toContain('4 round-closed');
    const open = changed(
      changed(good, 'route: continue-existing\n', ''),
      '      - decision: representatives\n        answer: adjourned\n        on: 2031-01-28\n        to: 2031-02-25\n',
      '',
    );
    expect(codes(open)).toContain('1 route-open');
    expect(codes(changed(good, '- municipality: 23102', '- municipality: Gent'))).toContain('11 several-regions');
  });

  it('is shown by validate', () => {
    expect(validateFile(fileWith('region.yaml', good))).toMatchObject({ kind: 'region', problems: [] });
  });
});

const asse = '- municipality: Asse\n';
describe('a coordinator sees on which line a region file is wrong, and what belongs there', () => {
  it.each<[what: string, from: string, to: string, problems: string[]]>([
    ['an unknown municipality', asse, '- municipality: Assche\n', ['12 unknown municipality "Assche" — expected Asse']],
    [
      'an unknown code',
      '23102',
      '99999',
      ['26 unknown municipality "99999" — expected the name or the NIS code of a Flemish municipality'],
    ],
    [
      'an ended municipality',
      asse,
      '- municipality: Borsbeek\n',
      ['12 Borsbeek (11007) ended on 2025-01-01 — expected its successor, Antwerpen (11002)'],
    ],
    [
      'the code of an ended one',
      '23102',
      '37015',
      ['26 Tielt (37015) ended on 2025-01-01 — expected its successor, Tielt (37022)'],
    ],
    [
      'a municipality that is there twice',
      '23102',
      '23002',
      ['26 Asse is there twice, first on line 12 — expected each municipality once'],
    ],
    [
      'a malformed address',
      'cas@asse.example.org',
      'cas@asse',
      [
        '13 contact.email is "cas@asse" — expected one e-mail address, like naam@gemeente.be, without control characters',
      ],
    ],
    [
      'two addresses',
      'cas@asse.example.org',
      '"cas@a.be,b@b.be"',
      [
        '13 contact.email is "cas@a.be,b@b.be" — expected one e-mail address, like naam@gemeente.be, without control characters',
      ],
    ],
    [
      'an address with a name',
      'cas@asse.example.org',
      '"Cas <cas@a.be>"',
      [
        '13 contact.email is "Cas <cas@a.be>" — expected one e-mail address, like naam@gemeente.be, without control characters',
      ],
    ],
    [
      'a header injected into an address',
      'dirk@asse.example.org',
      '"a@b.be\\r\\nBcc: x@y.be"',
      [
        '16 deputy.email is "a@b.be\\r\\nBcc: x@y.be" — expected one e-mail address, like naam@gemeente.be, without control characters',
      ],
    ],
    [
      'a header injected into a name',
      'Dirk De Decker',
      '"Dirk\\nBcc: x@y.be"',
      [
        '15 deputy.name is "Dirk\\nBcc: x@y.be" — expected a name, on one line of at most 120 characters without control characters',
      ],
    ],
    [
      'a header injected into the partnership',
      'Twee Gemeenten',
      '"Twee\\r\\nBcc: x"',
      [
        '2 partnership is "Twee\\r\\nBcc: x" — expected the name of the partnership, on one line of at most 200 characters without control characters',
      ],
    ],
    [
      'a name that turns the text around',
      'Dirk De Decker',
      '"Dirk\\u202Eexe"',
      [
        '15 deputy.name is "Dirk\u202Eexe" — expected a name, on one line of at most 120 characters without control characters',
      ],
    ],
    [
      'an empty name',
      'Dirk De Decker',
      '""',
      ['15 deputy.name is empty — expected a name, on one line of at most 120 characters without control characters'],
    ],
    [
      'a day that does not exist',
      '2031-01-27',
      '2031-02-30',
      ['27 item 1 is "2031-02-30" — expected a day that exists, written YYYY-MM-DD'],
    ],
    [
      'a rule that cannot be read',
      'vierde woensdag, niet in juli en augustus',
      'als het past',
      [
        '18 councilSessions: "als het past" is not understood — expected days like "27 januari, 24 februari en 31 maart 2031", or a rule like "vierde woensdag, niet in juli en augustus" or "elke maandag"',
      ],
    ],
    [
      'meeting days as a number',
      'elke dinsdag',
      '7',
      [
        '19 collegeSessions is 7 — expected a list of days (YYYY-MM-DD), days like "27 januari, 24 februari en 31 maart 2031", or a rule like "vierde woensdag, niet in juli en augustus" or "elke maandag"',
      ],
    ],
    [
      'an unknown key',
      'partnership:',
      'name: x\npartnership:',
      [
        '2 unknown key name — expected one of id, partnership, path, round, topic, route, coordinator, deputy, dates, leadDays, facts, municipalities, boardSessions, assemblySessions, governmentSessions',
      ],
    ],
    [
      'an unknown key of a municipality',
      '    contribution: 12000',
      '    contributions: 12000',
      [
        '17 unknown key contributions — expected one of municipality, contact, deputy, contribution, inhabitants, adjoining, leadDays, decided, collegeSessions, councilSessions',
      ],
    ],
    [
      'an unknown key of a person',
      'role: secretaris',
      'rol: secretaris',
      ['13 unknown key rol — expected one of name, email, role, phone'],
    ],
    [
      'a person without an address',
      ', email: cas@asse.example.org',
      '',
      ['13 contact.email is missing — expected one e-mail address, like naam@gemeente.be, without control characters'],
    ],
    [
      'an unknown path',
      'path: igs-cultuur',
      'path: igs-kultuur',
      ['3 unknown path igs-kultuur — expected one of igs-cultuur, join-partnership, one-decision'],
    ],
    [
      'an unknown round',
      'igs-cultuur-2033',
      'igs-cultuur-2035',
      ['4 there is no round "igs-cultuur-2035" — expected one of igs-cultuur-2027, igs-cultuur-2033'],
    ],
    [
      'an unknown route',
      'continue-existing',
      'continue',
      [
        '5 unknown route continue — expected one of continue-existing, new-project-association, new-service-association, join-existing',
      ],
    ],
    [
      'an unknown date',
      '  expiresOn:',
      '  expireOn:',
      ['9 unknown date expireOn — expected one of expiresOn, representativesBy, enteredOn'],
    ],
    [
      'an id that is no short name',
      'id: two-towns',
      'id: Two Towns',
      [
        '1 id is "Two Towns" — expected a short name of 3 to 60 lower-case letters, digits and hyphens, like noordrand-2033',
      ],
    ],
    [
      'an id that is too short',
      'id: two-towns',
      'id: ab',
      ['1 id is "ab" — expected a short name of 3 to 60 lower-case letters, digits and hyphens, like noordrand-2033'],
    ],
    ['a negative contribution', '12000', '-1', ['17 contribution is -1 — expected an amount in EUR, 0 or more']],
    ['a contribution in words', '12000', 'veel', ['17 contribution is "veel" — expected an amount in EUR, 0 or more']],
    [
      'a deputy who is the contact',
      'name: Dirk De Decker\n      email: dirk@asse.example.org',
      'name: Cas Claes\n      email: CAS@asse.example.org',
      ['14 the deputy is the contact — expected somebody else, or no deputy'],
    ],
    [
      'a deputy who is the coordinator',
      'name: Bob Baert, email: bob@example.org',
      'name: Ann Aerts, email: ann@example.org',
      ['7 the deputy is the coordinator — expected somebody else, or no deputy'],
    ],
    [
      'an unknown answer',
      'answer: adjourned',
      'answer: postponed',
      ['23 answer is "postponed" — expected one of approved, approved-with-changes, adjourned, rejected'],
    ],
    [
      'a plan instead of an outcome',
      'answer: adjourned',
      'answer: scheduled',
      ['23 answer is "scheduled" — expected one of approved, approved-with-changes, adjourned, rejected'],
    ],
    [
      'a new session that is not later',
      'to: 2031-02-25',
      'to: 2031-01-28',
      ['25 to is 2031-01-28, not after 2031-01-28 — expected a session after 2031-01-28'],
    ],
    [
      'a new session without an adjournment',
      'answer: adjourned',
      'answer: rejected',
      ['25 a new session with the answer rejected — expected answer: adjourned'],
    ],
    [
      'changes that are not told',
      'answer: approved,',
      'answer: approved-with-changes,',
      ['21 approved with changes, but without the changes — expected changes: what the body changed'],
    ],
    [
      'no municipality',
      good.slice(good.indexOf('  - municipality: Asse')),
      '  []\n',
      ['11 municipalities is a list — expected at least 1 item'],
    ],
  ])('%s', (_, from, to, problems) => {
    expect(problemsOf(changed(good, from, to))).toEqual(problems);
  });

  it('decisions that do not belong to a municipality, to the route, or to the path', () => {
    const decided = (key: string): string | undefined =>
      problemsOf(changed(good, 'decision: representatives', `decision: ${key}`))[0];
    expect(decided('culture-plan-board')).toMatch(
      /^22 unknown decision culture-plan-board — expected one of statement-of-commitment, /,
    );
    expect(decided('statutes')).toMatch(
      /^22 statutes is not on this route — expected one of statement-of-commitment, /,
    );
    expect(decided('declaration')).toMatch(/^22 unknown decision declaration — expected one of /);
    expect(decided('statement-of-commitment')).toBe(
      '22 statement-of-commitment is there twice — expected the last answer only',
    );
  });

  it('all of it at once, in the order of the lines', () => {
    const route = changed(good, 'route: continue-existing', 'route: x');
    const bad = changed(changed(route, 'expiresOn', 'expireOn'), 'municipality: 23102', 'municipality: Gooik');
    expect(problemsOf(bad).map((line) => line.split(' — ')[0])).toEqual([
      '5 unknown route x',
      '9 unknown date expireOn',
      '26 Gooik (23024) ended on 2025-01-01',
    ]);
  });

  it('a file that is not there, or is something else', () => {
    expect(linesOf(readRegion('/nowhere.yaml'))).toEqual([
      '1 there is no such file — expected a file that can be read',
    ]);
    expect(problemsOf('- a\n')).toEqual([expect.stringMatching(/^1 the file is a list — expected /)]);
  });
});
