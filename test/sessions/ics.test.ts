import { describe, expect, it, test, vi } from 'vitest';
import { asLocalDate } from '../../domain/ids.ts';
import { describeIcs } from '../../definitions/sessions/ics/problem.ts';
import { readIcs } from '../../definitions/sessions/ics/ics.ts';
import { calendar, event, largeCalendar, meeting } from './calendars.ts';

const around = asLocalDate('2031-01-06');
const read = (text: string, only?: string) => readIcs(text, { around, ...(only !== undefined && { only }) });
const datesOf = (...lines: string[]): unknown => {
  const found = read(calendar(...lines));
  return found.ok ? found.dates : describeIcs(found.problem);
};
const raad = 'SUMMARY:Gemeenteraad';
const evening = (name: string, ...days: string[]): string =>
  `${name};TZID=Europe/Brussels:${days.map((day) => `${day}T200000`).join(',')}`;

describe('the day of an event', () => {
  it.each<[string, string, string]>([
    ['a whole day is that day, though its end is the next', 'DTSTART;VALUE=DATE:20310127', '2031-01-27'],
    ['an evening in Brussels', 'DTSTART;TZID=Europe/Brussels:20310127T233000', '2031-01-27'],
    ['a time without a zone is a time here', 'DTSTART:20310127T233000', '2031-01-27'],
    ['late in UTC is the next day here', 'DTSTART:20310127T233000Z', '2031-01-28'],
    ['in summer by two hours', 'DTSTART:20310623T223000Z', '2031-06-24'],
    ['in winter not yet', 'DTSTART:20310127T223000Z', '2031-01-27'],
    ['the night in which summer begins, before', 'DTSTART:20310329T225959Z', '2031-03-29'],
    ['the night in which summer begins, after', 'DTSTART:20310329T230000Z', '2031-03-30'],
    ['the night in which summer ends, before', 'DTSTART:20311025T215959Z', '2031-10-25'],
    ['the night in which summer ends, after', 'DTSTART:20311025T220000Z', '2031-10-26'],
    ['a zone as Windows names it', 'DTSTART;TZID="Romance Standard Time":20310127T233000', '2031-01-27'],
    ['a zone with a prefix', 'DTSTART;TZID=/example.org/Europe/Brussels:20310127T233000', '2031-01-27'],
    ['a zone that nobody knows is here', 'DTSTART;TZID=Thuis:20310127T233000', '2031-01-27'],
  ])('%s', (_, start, day) => {
    expect(datesOf(...event('UID:1', start, 'DTEND;VALUE=DATE:20310128', raad))).toEqual([day]);
  });
});

describe('what recurs', () => {
  it.each(['Pacific/Auckland', 'America/Sao_Paulo', 'UTC'])('is the same on a machine in %s', (zone) => {
    vi.stubEnv('TZ', zone);
    expect(new Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone);
    const all = event('UID:1', 'DTSTART;VALUE=DATE:20310127', 'RRULE:FREQ=MONTHLY;BYDAY=4MO;COUNT=2', raad);
    expect(datesOf(...all, ...meeting('20310331'))).toEqual(['2031-01-27', '2031-02-24', '2031-03-31']);
    vi.unstubAllEnvs();
  });

  const monthly = (...more: string[]): string[] =>
    event('UID:1', evening('DTSTART', '20310127'), 'RRULE:FREQ=MONTHLY;BYDAY=4MO;COUNT=6', raad, ...more);

  it('is worked out, across the change to summer time', () => {
    expect(datesOf(...monthly())).toEqual([
      ...['2031-01-27', '2031-02-24', '2031-03-24', '2031-04-28', '2031-05-26', '2031-06-23'],
    ]);
  });

  it('leaves out what was taken out, and has what was added', () => {
    const changes = [
      evening('EXDATE', '20310224', '20310324'),
      evening('RDATE', '20310701'),
      'RDATE;VALUE=DATE:20310902',
    ];
    expect(datesOf(...monthly(...changes))).toEqual([
      ...['2031-01-27', '2031-04-28', '2031-05-26', '2031-06-23', '2031-07-01', '2031-09-02'],
    ]);
  });

  it('has a moved instance on its new day, and no cancelled one', () => {
    const moved = event('UID:1', evening('RECURRENCE-ID', '20310224'), evening('DTSTART', '20310225'), raad);
    const cancelled = event(
      ...['UID:1', evening('RECURRENCE-ID', '20310324'), evening('DTSTART', '20310324'), 'STATUS:CANCELLED', raad],
    );
    expect(datesOf(...monthly(), ...moved, ...cancelled)).toEqual([
      ...['2031-01-27', '2031-02-25', '2031-04-28', '2031-05-26', '2031-06-23'],
    ]);
  });

  it('for ever stops after three years, and begins no earlier than asked', () => {
    const found = read(
      calendar(...event('UID:1', 'DTSTART;VALUE=DATE:20200127', 'RRULE:FREQ=MONTHLY;BYDAY=4MO', raad)),
    );
    const dates = found.ok ? found.dates : [];
    expect(dates[0]).toBe('2031-01-27');
    expect(dates.at(-1)).toBe('2033-12-26');
    expect(dates).toHaveLength(36);
  });
});

describe('what counts', () => {
  const found = (only?: string, ...summaries: string[]) =>
    read(calendar(...summaries.flatMap((summary, index) => meeting(`203102${String(10 + index)}`, summary))), only);

  it('is what looks like a council session; the rest is counted', () => {
    expect(found(undefined, 'Gemeenteraad', 'Cultuurraad', 'Raad van bestuur', 'RAAD', 'Kerstmarkt')).toEqual({
      ...{ ok: true, dates: ['2031-02-10', '2031-02-13'], leftOut: { cancelled: 0, other: 3, outside: 0 } },
    });
  });

  it('is what holds a word that was asked for', () => {
    expect(found('commissie', 'Gemeenteraad', 'Commissie Cultuur')).toMatchObject({ dates: ['2031-02-11'] });
  });

  it('is everything in a calendar of one thing, and nothing in a mixed one', () => {
    expect(found(undefined, 'Vergadering', 'Vergadering')).toMatchObject({ dates: ['2031-02-10', '2031-02-11'] });
    expect(found(undefined, 'Vergadering', 'Kerstmarkt')).toEqual({ ok: false, problem: { kind: 'none-fits' } });
  });

  it('is no cancelled event, no past one and none far ahead; each is counted', () => {
    const all = [
      ...[meeting('20310210'), meeting('20310310', 'Gemeenteraad', 'STATUS:CANCELLED')],
      ...[meeting('20301210'), meeting('20350210')],
    ];
    expect(read(calendar(...all.flat()))).toEqual({
      ...{ ok: true, dates: ['2031-02-10'], leftOut: { cancelled: 1, other: 0, outside: 2 } },
    });
    expect(datesOf('METHOD:CANCEL', ...meeting('20310210'))).toBe(
      'no coming event of the calendar looks like a session',
    );
  });

  it('is the newest version of an event; events that share an id by mistake are all there', () => {
    const version = (day: string, ...more: string[]): string[] =>
      event('UID:1', evening('DTSTART', day), raad, ...more);
    expect(datesOf(...version('20310210', 'SEQUENCE:1'), ...version('20310211', 'SEQUENCE:2'))).toEqual(['2031-02-11']);
    expect(datesOf(...version('20310210'), ...version('20310211'))).toEqual(['2031-02-10', '2031-02-11']);
  });
});

describe('a broken file is refused in words, with the line', () => {
  const whole = calendar(...meeting('20310127'));
  it.each<[string, string, string]>([
    ['nothing', '', 'this is no iCalendar file'],
    ['a picture', '\u0089PNG\r\n\u001a\n\0\0', 'this is no iCalendar file'],
    ['a page', '<!doctype html><title>raad</title>', 'this is no iCalendar file'],
    ['no events', calendar(), 'the calendar holds no event'],
    [
      'cut off in an event',
      whole.slice(0, 120),
      'line 4: what begins here does not end: the file is cut off: "VEVENT"',
    ],
    [
      'cut off before its end',
      whole.replace('END:VCALENDAR', ''),
      'line 1: what begins here does not end: the file is cut off: "VCALENDAR"',
    ],
    ['no start', calendar(...event('UID:1', raad)), 'line 4: the start of an event cannot be read'],
    [
      'a start that is no day',
      calendar(...event('UID:1', 'DTSTART;VALUE=DATE:20310230', raad)),
      'line 6: the start of an event cannot be read: "20310230"',
    ],
    [
      'a start that is no time',
      calendar(...event('UID:1', 'DTSTART:20310227T250000', raad)),
      'line 6: the start of an event cannot be read: "20310227T250000"',
    ],
    [
      'a rule that is none',
      calendar(...event('UID:1', 'DTSTART;VALUE=DATE:20310227', 'RRULE:FREQ=SOMS', raad)),
      'line 7: the recurrence of an event cannot be read: "FREQ=SOMS"',
    ],
    [
      'a rule by the second',
      calendar(...event('UID:1', 'DTSTART;VALUE=DATE:20310227', 'RRULE:FREQ=SECONDLY', raad)),
      'line 7: the recurrence of an event cannot be read: "FREQ=SECONDLY"',
    ],
    [
      'every day of the year',
      calendar(...event('UID:1', 'DTSTART;VALUE=DATE:20310227', 'RRULE:FREQ=DAILY', raad)),
      'line 4: the calendar gives more than 500 days',
    ],
    ['more than two megabytes', calendar(`X-FILL:${'x'.repeat(2_100_000)}`), 'the calendar is larger than 2 MB'],
  ])('%s', (_, text, said) => {
    const found = read(text);
    expect(found.ok ? found.dates : describeIcs(found.problem)).toBe(said);
  });

  it('an event about something else does not have to be whole', () => {
    expect(datesOf(...meeting('20310127'), ...event('UID:x', 'DTSTART:ooit', 'SUMMARY:Kerstmarkt'))).toEqual([
      '2031-01-27',
    ]);
  });

  it('so many recurring events are no calendar of a council', () => {
    const series = Array.from({ length: 50 }, (_, index) =>
      event(`UID:${String(index)}`, 'DTSTART;VALUE=DATE:20310227', 'RRULE:FREQ=YEARLY', raad),
    );
    expect(datesOf(...series.flat())).toBe('more than 40 events recur');
  });
});

test('a calendar with 10,000 events is read within two seconds, whether all of them count or few', () => {
  const texts = [
    largeCalendar(10_000, () => 'Gemeenteraad'),
    largeCalendar(10_000, (index) => (index % 40 === 0 ? 'Raad' : 'Yoga')),
  ];
  for (const text of texts) {
    // Time of this process: a machine that is busy with something else is no slower reader.
    const before = process.cpuUsage();
    expect(read(text)).toMatchObject({ ok: true });
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(2000);
  }
});
