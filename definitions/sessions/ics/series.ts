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
  /^[\w-]+=[\w,+:-]*(?:;[\w-]+=[\w,+:-]*)*;?$/.test(rule) &&
  /FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)\b/.test(rule) &&
  !/BY(?:HOUR|MINUTE|SECOND)/.test(rule);

export type Calendars = { ok: true; texts: string[] } | { ok: false; problem: IcsProblem };

/** A series as calendars of one event: itself with what was changed, and one for each day that was added to it (RDATE). */
export function calendarsOf({ event, changed }: Series, zones: Calendar['zones']): Calendars {
  const blocks: string[][] = [];
  for (const each of [event, ...changed]) {
    const lines = linesOf(each, zones, each === event);
    if (!Array.isArray(lines)) return { ok: false, problem: lines };
    blocks.push(lines);
  }
  const added = addedDays({ event, changed }, zones);
  if (!Array.isArray(added)) return { ok: false, problem: added };
  const text = blocks.flat().join('\n');
  const used = [...zones].flatMap(([name, lines]) => (text.includes(`TZID=${name}:`) ? lines : []));
  return { ok: true, texts: [calendarText(blocks, used), ...added.map((start) => calendarText([[start]], used))] };
}

const valuesOf = ({ value }: Property): string[] => value.split(',').filter((each) => each.trim() !== '');

/** What a parser needs of an event; of a changed instance also which one it was. */
function linesOf(event: CalendarEvent, zones: Calendar['zones'], isMaster: boolean): string[] | IcsProblem {
  const start = property(event, 'DTSTART');
  const begin = start && dated('DTSTART', start, start.value, zones);
  if (begin === undefined) return icsProblem('bad-start', start?.line ?? event.line, start?.value);
  const lines = [begin];
  if (event.isCancelled) lines.push('STATUS:CANCELLED');
  const rule = isMaster ? property(event, 'RRULE') : undefined;
  if (rule !== undefined) {
    const text = rule.value.trim().toUpperCase();
    if (!isSaneRule(text)) return icsProblem('bad-rule', rule.line, rule.value);
    lines.push(`RRULE:${text}`);
  }
  const marker = isMaster ? 'EXDATE' : 'RECURRENCE-ID';
  const marked = event.properties.filter(({ name }) => name === marker);
  for (const given of marked) {
    lines.push(...valuesOf(given).flatMap((value) => dated(marker, given, value, zones) ?? []));
  }
  return lines;
}

/** The starts that were added to a series, but for those that were taken back or moved. */
function addedDays({ event, changed }: Series, zones: Calendar['zones']): string[] | IcsProblem {
  const gone = new Set([
    ...event.properties.filter(({ name }) => name === 'EXDATE').flatMap(valuesOf),
    ...changed.map((each) => property(each, 'RECURRENCE-ID')?.value),
  ]);
  const starts: string[] = [];
  for (const given of event.properties.filter(({ name }) => name === 'RDATE')) {
    for (const value of valuesOf(given).filter((each) => !gone.has(each))) {
      const start = dated('DTSTART', given, value.split('/')[0] ?? '', zones);
      if (start === undefined) return icsProblem('bad-start', given.line, value);
      starts.push(start);
    }
  }
  return starts;
}

const calendarText = (blocks: string[][], zones: string[]): string =>
  [
    ...['BEGIN:VCALENDAR', ...zones],
    ...blocks.flatMap((lines) => ['BEGIN:VEVENT', 'UID:1', ...lines, 'END:VEVENT']),
    'END:VCALENDAR',
  ].join('\n');
