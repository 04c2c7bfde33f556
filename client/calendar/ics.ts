/** A calendar as a file (RFC 5545): all-day events, which end on the next day, that a calendar knows again by their UIDs. */
import { addDays } from '../../domain/dates.ts';
import type { Instant, LocalDate } from '../../domain/ids.ts';

export interface AllDayEvent {
  /** Stable over all editions of the calendar, and not the same for two events. */
  uid: string;
  on: LocalDate;
  summary: string;
  description?: string;
  /** An absolute address. */
  url?: string;
  /** Higher in each edition in which the event may have another day. */
  sequence: number;
  /** When it was last changed: in a calendar that is not sent to anybody, DTSTAMP says so too (3.8.7.2). */
  changedAt: Instant;
}

export interface Calendar {
  /** Of the maker: `-//Regiopad//Agenda//NL`. */
  product: string;
  /** As a calendar program shows it. */
  name?: string;
  /** How often a program that follows its address should look again. */
  refreshHours?: number;
  events: readonly AllDayEvent[];
}

/** Every kind of line end becomes the one that a text may hold; other control characters go (3.3.11). */
const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\\;,]/g, (character) => `\\${character}`)
    .replace(/\r\n?|[\n\u0085\u2028\u2029]/g, '\\n')
    .replace(/\p{Cc}/gu, ' ');

/** Lines longer than 75 octets go on in the next line, after a space (3.1); never in the middle of a character. */
function folded(line: string): string {
  if (Buffer.byteLength(line) <= 75) return line;
  const lines: string[] = [];
  let current = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > (lines.length === 0 ? 75 : 74)) {
      lines.push(current);
      current = '';
      octets = 0;
    }
    current += character;
    octets += size;
  }
  return [...lines, current].join('\r\n ');
}

const compactDay = (day: LocalDate): string => day.replaceAll('-', '');
/** `20310212T090000Z` */
const compactInstant = (at: Instant): string => `${at.slice(0, 19).replace(/[-:]/g, '')}Z`;

function eventLines({ uid, on, summary, description, url, sequence, changedAt }: AllDayEvent): string[] {
  const changed = compactInstant(changedAt);
  return [
    'BEGIN:VEVENT',
    `UID:${escaped(uid)}`,
    `DTSTAMP:${changed}`,
    `LAST-MODIFIED:${changed}`,
    `SEQUENCE:${String(sequence)}`,
    `DTSTART;VALUE=DATE:${compactDay(on)}`,
    `DTEND;VALUE=DATE:${compactDay(addDays(on, 1))}`,
    // Nobody is busy all day because something ends on it.
    'TRANSP:TRANSPARENT',
    `SUMMARY:${escaped(summary)}`,
    ...(description === undefined || description === '' ? [] : [`DESCRIPTION:${escaped(description)}`]),
    ...(url === undefined ? [] : [`URL:${new URL(url).href}`]),
    'END:VEVENT',
  ];
}

export function icsOf({ product, name, refreshHours, events }: Calendar): string {
  const every = `PT${String(refreshHours)}H`;
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:${escaped(product)}`,
    'CALSCALE:GREGORIAN',
    // The first is RFC 7986, the second what older programs read.
    ...(name === undefined ? [] : [`NAME:${escaped(name)}`, `X-WR-CALNAME:${escaped(name)}`]),
    ...(refreshHours === undefined ? [] : [`REFRESH-INTERVAL;VALUE=DURATION:${every}`, `X-PUBLISHED-TTL:${every}`]),
    ...events.flatMap(eventLines),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}
