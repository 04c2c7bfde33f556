/** What is known of the sessions of a body: which days, how sure each is, and what is odd about it. */
import { addDays, latest } from '../../../domain/dates.ts';
import type { BodyKey, SessionRule } from '../../../domain/definition.ts';
import type { LocalDate } from '../../../domain/ids.ts';
import { namedDates } from '../../../domain/lookup.ts';
import { sessionRemarks } from '../../../domain/session-remarks.ts';
import { sessions } from '../../../domain/sessions.ts';
import type { Party } from '../../../domain/state.ts';
import { monthName } from '../../../definitions/sessions/words.ts';
import type { Dossier } from '../dossier.ts';
import { weekdayDate } from '../../dutch/format.ts';

/** Days that are shown: of a pattern a few, of what somebody entered all but for who meets every week. */
const SHOWN = 6;
const MOST_SHOWN = 40;
const AHEAD_DAYS = 400;

export interface KnownSession {
  day: string;
  mark: { text: string; tone: 'good' | 'info' | 'soon' };
  remarks: string[];
}

const tones = { entered: 'good', rule: 'info', assumed: 'soon' } as const;

/** The coming sessions, each with its mark, and how many more there are. */
export function knownSessions(dossier: Dossier, party: Party, body: BodyKey): { days: KnownSession[]; more: number } {
  const { texts, state, today } = dossier;
  const definition = state.definition.bodies[body];
  if (definition === undefined) return { days: [], more: 0 };
  const entered = upcoming(dossier, party, body);
  const last = latest(entered);
  const all = sessions(party.sessions[body], definition, today, last ?? addDays(today, AHEAD_DAYS));
  const shown = all.slice(0, last === undefined ? SHOWN : MOST_SHOWN);
  const days = shown.map(({ on, source }): KnownSession => ({
    day: weekdayDate(on),
    mark: { text: texts.text(`sessions.mark.${source}`), tone: tones[source] },
    remarks: source === 'entered' ? remarksOn(dossier, on) : [],
  }));
  return { days, more: last === undefined ? 0 : all.length - shown.length };
}

/** What was entered, from today on. */
export const upcoming = ({ today }: Dossier, party: Party, body: BodyKey): LocalDate[] =>
  (party.sessions[body]?.dates ?? []).filter((day) => day >= today).sort();

/** `Dit is een feestdag. Klopt die dag?` */
export const remarksOn = ({ texts, state, today }: Dossier, day: LocalDate): string[] =>
  sessionRemarks([day], { today, dates: namedDates(state) }).map(({ code }) => texts.text(`sessions.remark.${code}`));

/** `derde dinsdag van elke maand, niet in juli en augustus` */
export function ruleText({ texts }: Pick<Dossier, 'texts'>, rule: SessionRule): string {
  const { every, weekday, nth = 1, exceptMonths, exceptPeriods = [] } = rule;
  const day = texts.text(`weekday.${String(weekday)}`);
  const ordinal = nth < 0 ? 'last' : String(nth);
  const pattern =
    every === 'week' ? texts.text('sessions.weekly', { day }) : texts.text(`sessions.nth.${ordinal}`, { day });
  const names = [...exceptMonths.map(monthName), ...exceptPeriods.map((key) => texts.text(`sessions.period.${key}`))];
  const months = new Intl.ListFormat('nl-BE').format(names);
  return names.length === 0 ? pattern : texts.text('sessions.except', { rule: pattern, months });
}
