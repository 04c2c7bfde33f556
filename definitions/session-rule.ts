/** Meeting days as town halls write them: "vierde woensdag, niet in juli en augustus". */
import type { SessionRule } from '../domain/definition.ts';

export type ReadRule = { ok: true; rule: SessionRule } | { ok: false; message: string; expected: string };

const weekdays = ['maandag', 'dinsdag', 'woensdag', 'donderdag', 'vrijdag', 'zaterdag', 'zondag'];
const months = [
  'januari',
  'februari',
  'maart',
  'april',
  'mei',
  'juni',
  'juli',
  'augustus',
  'september',
  'oktober',
  'november',
  'december',
];
const ordinals: Record<string, number> = {
  eerste: 1,
  tweede: 2,
  derde: 3,
  vierde: 4,
  vijfde: 5,
  laatste: -1,
  '1e': 1,
  '1ste': 1,
  '2e': 2,
  '2de': 2,
  '3e': 3,
  '3de': 3,
  '4e': 4,
  '4de': 4,
  '5e': 5,
  '5de': 5,
};

/** What belongs there, for whoever wrote something else. */
export const ruleExpected = 'a rule like "vierde woensdag, niet in juli en augustus" or "elke maandag"';

const shape =
  /^(?:de |elke |iedere |op )*(?<nth>\S+ )?(?<weekday>\p{L}+)(?: (?:van (?:de|elke|iedere) maand|per maand|van de week))?(?:(?:,| maar|;)* (?:niet in|behalve in|behalve|uitgezonderd|uitgezonderd in|geen in) (?<except>.+))?$/u;

/** Reads a rule. In the months that it leaves out there is no session. */
export function readSessionRule(text: string): ReadRule {
  const clean = text.toLowerCase().replace(/\s+/g, ' ').replace(/\.$/, '').trim();
  const no = (message: string): ReadRule => ({ ok: false, message, expected: ruleExpected });
  const found = shape.exec(clean)?.groups;
  if (found === undefined) return no('is not a rule for meeting days');
  const weekday = weekdays.indexOf(found['weekday'] ?? '') + 1;
  if (weekday === 0) return no(`has no weekday: ${found['weekday'] ?? ''}`);
  const exceptMonths = readMonths(found['except']);
  if (!Array.isArray(exceptMonths)) return no(`has no month called ${exceptMonths.unknown}`);
  if (exceptMonths.length === 12) return no('leaves no month');
  const word = found['nth']?.trim();
  if (word === undefined) {
    if (!/^(op )?(elke|iedere) /.test(clean)) return no('does not say which one of the month');
    return { ok: true, rule: { every: 'week', weekday, exceptMonths } };
  }
  const nth = ordinals[word];
  if (nth === undefined) return no(`has no number: ${word}`);
  return { ok: true, rule: { every: 'month', weekday, nth, exceptMonths } };
}

function readMonths(text: string | undefined): number[] | { unknown: string } {
  if (text === undefined) return [];
  const found = new Set<number>();
  for (const word of text
    .split(/\s*(?:,|\/|;| en | of |\s)\s*/)
    .filter((each) => each !== '' && each !== 'en' && each !== 'in')) {
    const month = months.indexOf(word) + 1;
    if (month === 0) return { unknown: word };
    found.add(month);
  }
  return [...found].sort((a, b) => a - b);
}
