/** An iCalendar file (RFC 5545) cut into events, each property with its line, so that whatever is wrong can be pointed at. */
import { icsProblem, type IcsProblem } from './problem.ts';

export interface Property {
  name: string;
  params: Record<string, string>;
  value: string;
  line: number;
}

export interface CalendarEvent {
  /** Where it begins. */
  line: number;
  properties: Property[];
  isCancelled: boolean;
}

export interface Calendar {
  events: CalendarEvent[];
  /** Time zones that the file describes itself, by name: their own lines. */
  zones: Map<string, string[]>;
}

export type ReadCalendar = ({ ok: true } & Calendar) | { ok: false; problem: IcsProblem };

export const property = (event: CalendarEvent, name: string): Property | undefined =>
  event.properties.find((each) => each.name === name);

interface Line {
  text: string;
  line: number;
}

/** Lines that were folded are one again (section 3.1). */
function unfolded(text: string): Line[] {
  const lines: Line[] = [];
  for (const [index, raw] of text.split(/\r\n|\n|\r/).entries()) {
    const last = lines.at(-1);
    if (/^[ \t]/.test(raw) && last !== undefined) last.text += raw.slice(1);
    else if (raw !== '') lines.push({ text: raw, line: index + 1 });
  }
  return lines;
}

const shape = /^([\w-]+)((?:;[\w-]+=(?:"[^"]*"|[^":;])*)*):(.*)$/s;
const parameter = /;([\w-]+)=((?:"[^"]*"|[^":;])*)/g;

function propertyOf({ text, line }: Line): Property | undefined {
  const found = shape.exec(text);
  if (found === null) return undefined;
  const [, name = '', rest = '', value = ''] = found;
  const params = [...rest.matchAll(parameter)].map(([, key = '', given = '']) => [
    key.toUpperCase(),
    given.replaceAll('"', ''),
  ]);
  return { name: name.toUpperCase(), params: Object.fromEntries(params) as Record<string, string>, value, line };
}

/** Cuts a file into its events. A line that is no property is skipped; blocks that do not close are an error. */
export function readEvents(text: string): ReadCalendar {
  const lines = unfolded(text.replace(/^\uFEFF/, ''));
  if (lines[0]?.text.trim().toUpperCase() !== 'BEGIN:VCALENDAR') return { ok: false, problem: icsProblem('not-ics') };
  const open: { name: string; line: number }[] = [];
  const events: CalendarEvent[] = [];
  const zones: Calendar['zones'] = new Map();
  let zone: string[] = [];
  let isCancellation = false;
  for (const each of lines) {
    const found = propertyOf(each);
    if (found === undefined) continue;
    const { name, value, line } = found;
    const isInZone = open.some((block) => block.name === 'VTIMEZONE');
    if (name === 'BEGIN') {
      const block = value.trim().toUpperCase();
      open.push({ name: block, line });
      if (block === 'VCALENDAR') isCancellation = false;
      if (block === 'VEVENT') events.push({ line, properties: [], isCancelled: isCancellation });
      if (block === 'VTIMEZONE') zone = [];
      if (open.some((outer) => outer.name === 'VTIMEZONE')) zone.push(each.text);
    } else if (name === 'END') {
      const block = open.pop();
      if (isInZone) zone.push(each.text);
      if (block?.name !== value.trim().toUpperCase()) {
        return { ok: false, problem: icsProblem('unclosed', block?.line ?? line, block?.name ?? value) };
      }
    } else if (isInZone) {
      zone.push(each.text);
      if (name === 'TZID') zones.set(value, zone);
    } else if (open.at(-1)?.name === 'VEVENT') {
      const event = events.at(-1);
      event?.properties.push(found);
      if (name === 'STATUS' && value.trim().toUpperCase() === 'CANCELLED' && event !== undefined)
        event.isCancelled = true;
    } else if (name === 'METHOD' && value.trim().toUpperCase() === 'CANCEL') isCancellation = true;
  }
  const unclosed = open.pop();
  if (unclosed !== undefined) return { ok: false, problem: icsProblem('unclosed', unclosed.line, unclosed.name) };
  return { ok: true, events, zones };
}
