/** Paths that belong to no round: the region file gives their dates and, where asked, says what they are about. */
import { describe, expect, it } from 'vitest';
import { readDefinition } from '../../definitions/load.ts';
import { readRegion, toPathStart } from '../../definitions/region.ts';
import { changed, fileWith, linesOf } from './files.ts';

const good = `id: one-text
partnership: Twee Gemeenten
path: one-decision
topic: het huishoudelijk reglement
dates:
  opensOn: 2027-02-01
  decideBy: 2027-06-30
coordinator: { name: Ann Aerts, email: ann@example.org }
municipalities:
  - municipality: Wemmel
    contact: { name: Bob Baert, email: bob@example.org }
    decided:
      - { decision: council-decision, answer: approved, on: 2027-01-28 }
`;

const read = (text: string) => readRegion(fileWith('region.yaml', text));

describe('a region file for a path without a round', () => {
  it('starts with its own dates and those that follow from them, its topic, and no round and no route', () => {
    const region = read(good);
    if (!region.ok) throw new Error(JSON.stringify(region.problems));
    const { file, definition, round, warnings } = region.value;
    expect(warnings).toEqual([]);
    const { start } = toPathStart(file, definition, round);
    expect(start).not.toHaveProperty('round');
    expect(start).not.toHaveProperty('route');
    expect(start.topic).toBe('het huishoudelijk reglement');
    expect(start.dates).toEqual({ opensOn: '2027-02-01', decideBy: '2027-06-30', informedBy: '2027-08-14' });
    expect(start.decided).toMatchObject([{ decision: 'council-decision', party: 'nis:23102' }]);
  });

  it('may give a date that would follow from a rule', () => {
    const region = read(changed(good, '2027-06-30\n', '2027-06-30\n  informedBy: 2027-07-07\n'));
    if (!region.ok) throw new Error(JSON.stringify(region.problems));
    const { file, definition, round } = region.value;
    expect(toPathStart(file, definition, round).start.dates['informedBy']).toBe('2027-07-07');
  });

  it.each<[what: string, from: string, to: string, problems: string[]]>([
    [
      'a date that only the file can give',
      '  decideBy: 2027-06-30\n',
      '',
      ['5 dates.decideBy is missing — expected decideBy: a day, written YYYY-MM-DD'],
    ],
    [
      'a date that the path does not know',
      '  opensOn: 2027-02-01\n',
      '  opensOn: 2027-02-01\n  closesOn: 2027-03-01\n',
      ['7 unknown date closesOn — expected one of opensOn, decideBy, informedBy'],
    ],
    [
      'a round',
      'path: one-decision\n',
      'path: one-decision\nround: igs-cultuur-2033\n',
      ['4 the path one-decision belongs to no round — expected no round, but dates: opensOn, decideBy, informedBy'],
    ],
    [
      'a route',
      'path: one-decision\n',
      'path: one-decision\nroute: continue-existing\n',
      ['4 unknown route continue-existing — expected no route: one-decision has none'],
    ],
    [
      'no topic',
      'topic: het huishoudelijk reglement\n',
      '',
      [
        '1 topic is missing — expected de or het and what is decided, in the singular, like de statutenwijziging van 2028',
      ],
    ],
    [
      'a topic without de or het',
      'topic: het huishoudelijk',
      'topic: huishoudelijk',
      [
        '4 topic is "huishoudelijk reglement" — expected de or het and what is decided, in the singular, like de statutenwijziging van 2028',
      ],
    ],
    [
      'a topic that says too much for the subject of a mail',
      'topic: het',
      `topic: het ${'zeer '.repeat(12)}`,
      [expect.stringMatching(/^4 topic is ".*at most 60 characters/)],
    ],
  ])('%s', (_, from, to, problems) => {
    expect(linesOf(read(changed(good, from, to)))).toEqual(problems);
  });

  it('without dates at all is told of each that is needed', () => {
    const text = changed(
      changed(changed(good, 'dates:\n', ''), '  opensOn: 2027-02-01\n', ''),
      '  decideBy: 2027-06-30\n',
      '',
    );
    expect(linesOf(read(text))).toEqual([
      '1 dates.opensOn is missing — expected opensOn: a day, written YYYY-MM-DD',
      '1 dates.decideBy is missing — expected decideBy: a day, written YYYY-MM-DD',
    ]);
  });
});

describe('a path that belongs to a round', () => {
  const culture = changed(
    changed(good, 'path: one-decision\ntopic: het huishoudelijk reglement\n', 'path: igs-cultuur\n'),
    `dates:\n  opensOn: 2027-02-01\n  decideBy: 2027-06-30\n`,
    '',
  ).replace(/ {4}decided:\n.*\n/, '');

  it('is refused without one', () => {
    expect(linesOf(read(culture))).toEqual(['1 round is missing — expected one of igs-cultuur-2027, igs-cultuur-2033']);
  });

  it('says itself what is decided', () => {
    const text = changed(
      culture,
      'path: igs-cultuur\n',
      'path: igs-cultuur\nround: igs-cultuur-2033\ntopic: de nota\n',
    );
    expect(linesOf(read(text))).toEqual(['5 the path igs-cultuur says itself what is decided — expected no topic']);
  });
});

const small = `key: small
version: 1
dates:
  opensOn: given
  decideBy: { anchor: opensOn, days: 90 }
bodies: { council: shared }
reminders: { council: shared, ready: shared, call: shared }
roles: { ready: ready, call: call }
steps:
  - key: only
    decisions:
      - { key: text, body: council, document: text, due: { anchor: decideBy }, reminders: council }
`;

describe('who writes a path with dates of its own is told on which line it does not fit', () => {
  const check = (text: string): string[] => linesOf(readDefinition(fileWith('small.yaml', text)));

  it('accepts the path that the others are made of, without routes', () => {
    expect(check(small)).toEqual([]);
  });

  it.each([
    [
      'a deadline that counts from a date of rounds',
      'due: { anchor: decideBy }',
      'due: { anchor: closesOn, days: -8 }',
      '12 no round or route gives the date closesOn — expected one of opensOn, decideBy',
    ],
    [
      'a date that counts from one that may be missing',
      'anchor: opensOn, days: 90 }',
      'anchor: decideBy, days: 90 }',
      '5 decideBy is not a date that every path gives — expected one of opensOn',
    ],
    [
      'a date in another word',
      'opensOn: given',
      'opensOn: required',
      '4 dates.opensOn is "required" — expected given, or the date that it counts from: { anchor: …, days: … }',
    ],
    [
      'a body that is not shared',
      'council: shared }\nreminders',
      'council: shared, senate: shared }\nreminders',
      '6 definitions/shared.yaml has no senate in bodies — expected one of college, council, board, assembly, government',
    ],
    [
      'a shared set that nothing uses',
      'ready: shared,',
      'ready: shared, once: shared,',
      '7 nothing uses the reminder set once — expected a set that is used',
    ],
  ])('%s', (_, from, to, problem) => {
    expect(check(changed(small, from, to))).toContain(problem);
  });
});
