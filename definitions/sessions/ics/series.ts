/** Events that belong together: one with the instances that were changed, as a small calendar that a parser can work out. */
import { isLocalDate } from '../../../domain/dates.ts';
import { type Calendar, type CalendarEvent, property, type Property } from './events.ts';
import { icsProblem, type IcsProblem } from './problem.ts';

export interface Series {
  event: CalendarEvent;
  /** Instances that differ from what the rule says. */
  changed: CalendarEvent[];
}

/** A time without a zone is a time in Brussels, and so is one in a zone that nobody knows. */
const HERE = 'Europe/Brussels';
/** Zones as Windows and Outlook name them: the parser knows them. */
const windowsZone = /Standard Time$|^\(?(?:UTC|GMT)/;

const sequence = (event: CalendarEvent): number => Number(property(event, 'SEQUENCE')?.value ?? 0) || 0;

/** Of several versions of one event the newest counts; events that share an id without versions are all kept. */
export function seriesOf(events: readonly CalendarEvent[]): Series[] {
  const byId = Map.groupBy(events, (event) => property(event, 'UID')?.value ?? `line ${String(event.line)}`);
  return [...byId.values()].flatMap((same): Series[] => {
    const masters = same.filter((event) => property(event, 'RECURRENCE-ID') === undefined);
    const changed = same.filter((event) => property(event, 'RECURRENCE-ID') !== undefined);
    // A changed instance whose series is not in the file is an event of its own.
    if (masters.length === 0) return changed.map((event) => ({ event, changed: [] }));
    const newest = Math.max(...masters.map(sequence));
    const kept = masters.filter((event) => sequence(event) === newest);
    return kept.map((event, index) => ({ event, changed: index === 0 ? changed : [] }));
  });
}

const isDay = (property: Property): boolean =>
  property.params['VALUE'] === 'DATE' || /^\d{8}$/.test(property.value.trim());

/** A day or a time with a zone that can be worked out; undefined when it is neither. */
function dated(name: string, given: Property, value: string, zones: Calendar['zones']): string | undefined {
  const text = value.trim();
  const [, year = '', month = '', date = ''] = /^(\d{4})(\d{2})(\d{2})/.exec(text) ?? [];
  if (!isLocalDate(`${year}-${month}-${date}`)) return undefined;
  if (isDay(given)) return `${name};VALUE=DATE:${text.slice(0, 8)}`;
  if (!/^\d{8}T(?:[01]\d|2[0-3])[0-5]\d[0-5]\d(Z?)$/.test(text)) return undefined;
  return text.endsWith('Z') ? `${name}:${text}` : `${name};TZID=${zoneOf(given.params['TZID'], zones)}:${text}`;
}

function zoneOf(named: string | undefined, zones: Calendar['zones']): string {
  if (named === undefined) return HERE;
  // `/freeassociation.sourceforge.net/Europe/Brussels`
  const known = [named, /\w+\/\w+$/.exec(named)?.[0]].find((name) => name !== undefined && isKnownZone(name));
  return known ?? (zones.has(named) || windowsZone.test(named) ? named : HERE);
}

const zoneNames = new Map<string, boolean>();

function isKnownZone(name: string): boolean {
  let isKnown = zoneNames.get(name);
  if (isKnown === undefined) {
    try {
      isKnown = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
    } catch {
      isKnown = false;
    }
    if (zoneNames.size < 1000) zoneNames.set(name, isKnown);
  }
  return isKnown;
}

/** What recurs by the hour is no body's calendar, and would take for ever to work out. */
const isSaneRule = (rule: string): boolean =>
  /^(?:[\w-]+=[\w,+:-]*;?)+$/.test(rule) &&
  /FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)\b/.test(rule) &&
  !/BY(?:HOUR|MINUTE|SECOND)/.test(rule);

export type Calendars = { ok: true; texts: string[] } | { ok: false; problem: IcsProblem };

/** A series as calendars of one event: itself, and one for each day that was added to it (RDATE). */
export function calendarsOf({ event, changed }: Series, zones: Calendar['zones']): Calendars {
  const added: string[] = [];
  /** An added day that was taken back or moved. */
  const isElsewhere = (value: string): boolean =>
    event.properties.some(({ name, value: list }) => name === 'EXDATE' && list.split(',').includes(value)) ||
    changed.some((each) => property(each, 'RECURRENCE-ID')?.value === value);
  const wrong = (given: CalendarEvent): IcsProblem => {
    const start = property(given, 'DTSTART');
    return icsProblem('bad-start', start?.line ?? given.line, start?.value);
  };
  const blocks: string[][] = [];
  for (const each of [event, ...changed]) {
    const lines: string[] = ['UID:1'];
    const start = property(each, 'DTSTART');
    const begin = start && dated('DTSTART', start, start.value, zones);
    if (begin === undefined) return { ok: false, problem: wrong(each) };
    lines.push(begin);
    if (each.isCancelled) lines.push('STATUS:CANCELLED');
    for (const given of each.properties) {
      const values = given.value.split(',').filter((value) => value.trim() !== '');
      if (given.name === 'RRULE' && each === event) {
        const rule = given.value.trim().toUpperCase();
        if (!isSaneRule(rule)) return { ok: false, problem: icsProblem('bad-rule', given.line, given.value) };
        lines.push(`RRULE:${rule}`);
      } else if ((given.name === 'EXDATE' && each === event) || (given.name === 'RECURRENCE-ID' && each !== event)) {
        for (const value of values) lines.push(dated(given.name, given, value, zones) ?? '');
      } else if (given.name === 'RDATE' && each === event) {
        for (const value of values.filter((one) => !isElsewhere(one))) {
          const on = dated('DTSTART', given, value.split('/')[0] ?? '', zones);
          if (on === undefined) return { ok: false, problem: icsProblem('bad-start', given.line, value) };
          added.push(calendarText([['UID:1', on]], []));
        }
      }
    }
    blocks.push(lines);
  }
  const used = [...zones].filter(([name]) =>
    blocks.some((lines) => lines.some((line) => line.includes(`TZID=${name}:`))),
  );
  return {
    ok: true,
    texts: [
      calendarText(
        blocks,
        used.flatMap(([, lines]) => lines),
      ),
      ...added,
    ],
  };
}

const calendarText = (blocks: string[][], zones: string[]): string =>
  [
    ...['BEGIN:VCALENDAR', ...zones],
    ...blocks.flatMap((lines) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']),
    'END:VCALENDAR',
  ].join('\n');
