/** A plan as a calendar (RFC 5545): all-day events, which end on the next day, with stable UIDs. */
import { addDays } from '../../domain/dates.ts';
import { asLocalDate } from '../../domain/ids.ts';
import type { PlanReport } from './plan.ts';

/** Every kind of line end becomes the one that a text may hold; other control characters go (3.3.11). */
const escaped = (text: string): string =>
  text
    .replace(/[\\;,]/g, (character) => `\\${character}`)
    .replace(/\r\n?|[\n\u0085\u2028\u2029]/g, '\\n')
    .replace(/\p{Cc}/gu, ' ');

/** Lines longer than 75 octets go on in the next line, after a space (3.1); never in the middle of a character. */
function folded(line: string): string {
  const lines: string[] = [];
  let current = '';
  for (const character of line) {
    if (Buffer.byteLength(current + character) > (lines.length === 0 ? 75 : 74)) {
      lines.push(current);
      current = '';
    }
    current += character;
  }
  return [...lines, current].join('\r\n ');
}

const compact = (day: string): string => day.replaceAll('-', '');

interface AllDay {
  uid: string;
  on: string;
  summary: string;
  description: string;
}

function event({ uid, on, summary, description }: AllDay, stamp: string): string[] {
  return [
    'BEGIN:VEVENT',
    `UID:${uid}@regiopad`,
    `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${compact(on)}`,
    `DTEND;VALUE=DATE:${compact(addDays(asLocalDate(on), 1))}`,
    'SEQUENCE:0',
    'TRANSP:TRANSPARENT',
    `SUMMARY:${escaped(summary)}`,
    ...(description === '' ? [] : [`DESCRIPTION:${escaped(description)}`]),
    'END:VEVENT',
  ];
}

export function planIcs(plan: PlanReport, at: Date): string {
  const deadlines = plan.deadlines.map(({ key, on, why }) => ({
    uid: `${plan.id}/deadline/${key}`,
    on,
    summary: `${plan.partnership}: ${key}`,
    description: why,
  }));
  const cutoffs = plan.parties.flatMap(({ party, name, decisions }) =>
    decisions.flatMap(({ decision, agendaCutoff, lastSession, assumed }) =>
      agendaCutoff === null
        ? []
        : [
            {
              uid: `${plan.id}/cutoff/${decision}/${party}`,
              on: agendaCutoff,
              summary: `${name}: agenda cut-off for ${decision}${assumed ? ' (estimate)' : ''}`,
              description: `last session ${lastSession ?? '-'}`,
            },
          ],
    ),
  );
  const stamp = `${at.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Regiopad//Plan//EN',
    'CALSCALE:GREGORIAN',
    ...[...deadlines, ...cutoffs].flatMap((each) => event(each, stamp)),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}
