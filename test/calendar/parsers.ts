/** What other programs make of a calendar: a strict parser of another make, and what RFC 5545 says of lines. */
import { execFileSync } from 'node:child_process';
import { expect } from 'vitest';

export interface ReadEvent {
  uid: string;
  start: string;
  end: string;
  sequence: number;
  stamp: string;
  summary: string;
}

const reader = `
import json, sys, icalendar
calendar = icalendar.Calendar.from_ical(sys.stdin.buffer.read(), multiple=False)
assert not calendar.errors, calendar.errors
events = []
for event in calendar.walk('VEVENT'):
    assert not event.errors, event.errors
    events.append({
        'uid': str(event['UID']), 'start': event.decoded('DTSTART').isoformat(), 'end': event.decoded('DTEND').isoformat(),
        'sequence': int(event['SEQUENCE']), 'stamp': event.decoded('DTSTAMP').isoformat(), 'summary': str(event['SUMMARY']),
    })
assert len(events) == len(calendar.subcomponents), 'something else than events'
json.dump(events, sys.stdout)
`;

/** The events as the parser icalendar (PyPI) reads them. Throws on what it finds broken. */
export function strictlyRead(ics: string): ReadEvent[] {
  const packages = process.env['REGIOPAD_ICALENDAR'];
  const output = execFileSync('python3', ['-c', reader], {
    ...{ input: ics, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'], timeout: 60_000, maxBuffer: 64_000_000 },
    env: { ...process.env, ...(packages !== undefined && { PYTHONPATH: packages }) },
  });
  return JSON.parse(output) as ReadEvent[];
}

/** Every line ends with CRLF and has at most 75 octets; nothing else ends a line (RFC 5545, 3.1). */
export function expectProperLines(ics: string): void {
  expect(ics.endsWith('\r\n')).toBe(true);
  const lines = ics.slice(0, -2).split('\r\n');
  for (const line of lines) {
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(line).not.toMatch(/[\r\n]/);
  }
}
