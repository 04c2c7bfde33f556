/** The form in which a municipality's sessions are entered: dates for who meets by the month, a weekday for who meets weekly. */
import type { CommandData } from '../../domain/commands.ts';
import { addDays } from '../../domain/dates.ts';
import { readSessionRule } from '../../definitions/sessions/rule.ts';
import type { BodyKey, SessionRule } from '../../domain/definition.ts';
import type { LocalDate } from '../../domain/ids.ts';
import { sessions } from '../../domain/sessions.ts';
import type { Party } from '../../domain/state.ts';
import type { Dossier } from './dossier.ts';
import type { FieldSpec, FormSpec } from './forms/fields.ts';
import { FARTHEST_DAYS, type FormReader } from './forms/reader.ts';
import { dateField, type Refused } from './forms/refused.ts';
import { first, type FormBody } from './forms/values.ts';
import { capital, monthNames, parseDay, weekdayDate } from './format.ts';

const EMPTY_FIELDS = 4;
const WEEKDAYS = [1, 2, 3, 4, 5];
const SHOWN = 6;
/** Sessions may be entered that far back. */
const OLDEST_DAYS = 366;

/** The bodies of a municipality that decide something on this path; those whose dates are hard to guess come first. */
export function bodiesOf(dossier: Dossier): BodyKey[] {
  const { state } = dossier;
  const bodies = Object.keys(state.definition.bodies).filter(
    (key) =>
      state.definition.bodies[key]?.per === 'municipality' &&
      state.definition.steps.some((step) => step.decisions.some((decision) => decision.body === key)),
  );
  return bodies.sort((a, b) => Number(isWeekly(dossier, a)) - Number(isWeekly(dossier, b)));
}

const isWeekly = ({ state }: Dossier, body: BodyKey): boolean =>
  state.definition.bodies[body]?.assumed.every === 'week';

/** What was entered, from today on. */
const upcoming = (dossier: Dossier, party: Party, body: BodyKey): LocalDate[] =>
  (party.sessions[body]?.dates ?? []).filter((day) => day >= dossier.today).sort();

const dateName = (body: BodyKey, index: number): string => `${body}.${String(index)}`;

function dateFields(dossier: Dossier, party: Party, body: BodyKey): FieldSpec[] {
  const { texts } = dossier;
  const known = upcoming(dossier, party, body);
  const fields = Array.from({ length: known.length + EMPTY_FIELDS }, (_, index): FieldSpec => ({
    name: dateName(body, index),
    label: texts.text('sessions.date', { number: index + 1 }),
    kind: 'date',
    value: known[index] ?? '',
    className: 'session-date',
    ...(index === 0 && { hint: texts.text('form.date-hint') }),
  }));
  const pasted: FieldSpec = {
    name: `${body}.pasted`,
    label: texts.text('sessions.paste'),
    kind: 'textarea',
    hint: texts.text('sessions.paste-hint'),
    optional: true,
  };
  return [pasted, ...fields];
}

function weekdayField(dossier: Dossier, party: Party, body: BodyKey): FieldSpec {
  const { texts, state } = dossier;
  const rule = party.sessions[body]?.rule;
  const assumed = state.definition.bodies[body]?.assumed.weekday ?? 1;
  const name = (weekday: number): string => texts.text(`weekday.${String(weekday)}`);
  const unknown = { value: '', label: texts.text('sessions.weekday-unknown', { day: name(assumed) }) };
  return {
    name: `${body}.weekday`,
    label: texts.text('sessions.weekday', { body: dossier.words.body(body).title }),
    kind: 'select',
    choices: [unknown, ...WEEKDAYS.map((weekday) => ({ value: String(weekday), label: capital(name(weekday)) }))],
    value: rule?.every === 'week' ? String(rule.weekday) : '',
  };
}

/** `derde dinsdag van elke maand, niet in juli en augustus` */
function ruleText({ texts }: Dossier, { every, weekday, nth = 1, exceptMonths }: SessionRule): string {
  const day = texts.text(`weekday.${String(weekday)}`);
  const ordinal = nth < 0 ? 'last' : String(nth);
  const rule =
    every === 'week' ? texts.text('sessions.weekly', { day }) : texts.text(`sessions.nth.${ordinal}`, { day });
  const names = exceptMonths.map((month) => monthNames[month - 1] ?? '');
  const months = new Intl.ListFormat('nl-BE').format(names);
  return names.length === 0 ? rule : texts.text('sessions.except', { rule, months });
}

export type SessionForm = FormSpec & { title: string; known: string[]; rule: string | undefined };

/** One form for each body. */
export function sessionForms(dossier: Dossier, party: Party, action: string): SessionForm[] {
  const { texts, words, state, today } = dossier;
  return bodiesOf(dossier).map((body) => {
    const definition = state.definition.bodies[body];
    const rule = party.sessions[body]?.rule;
    const next = definition === undefined ? [] : sessions(party.sessions[body], definition, today, addDays(today, 400));
    const known = next.slice(0, SHOWN).map(({ on, source }) => {
      const mark = source === 'assumed' ? ` (${texts.text('answer.estimate')})` : '';
      return `${weekdayDate(on)}${mark}`;
    });
    return {
      ...{ id: `zittingen-${body}`, action, known },
      rule: rule && texts.text('sessions.rule', { rule: ruleText(dossier, rule) }),
      submit: texts.text('sessions.submit'),
      title: capital(words.body(body).title),
      hidden: { body },
      fields: isWeekly(dossier, body) ? [weekdayField(dossier, party, body)] : dateFields(dossier, party, body),
    };
  });
}

/**
 * The sessions that a form holds; undefined when something in it is wrong. What was entered before today stays. Who does
 * not know the weekday leaves everything as it is: nothing but the party is given then.
 */
export function readSessions(
  reader: FormReader,
  dossier: Dossier,
  party: Party,
): CommandData['change-party'] | undefined {
  const body = reader.choice('body', bodiesOf(dossier));
  if (body === undefined) return undefined;
  const source = party.sessions[body];
  if (isWeekly(dossier, body)) {
    const given = first(reader.body, `${body}.weekday`);
    if (given === '') return { party: party.id };
    const weekday = Number(given);
    if (!WEEKDAYS.includes(weekday)) {
      reader.wrong(`${body}.weekday`, 'choose');
      return undefined;
    }
    const rule = { every: 'week' as const, weekday, exceptMonths: [] };
    return { party: party.id, sessions: { [body]: { dates: source?.dates ?? [], rule } } };
  }
  const { today } = dossier;
  const past = (source?.dates ?? []).filter((day) => day < today);
  const pasted = readPasted(reader, `${body}.pasted`, today);
  const given = dateNames(reader.body, body).map((name) => {
    const day = reader.day(name);
    const fault = day && dayFault(day, today);
    if (fault !== undefined) reader.wrong(name, fault);
    return day;
  });
  const dates = [...past, ...given.filter((day) => day !== undefined), ...pasted.days];
  if (!reader.isComplete) return undefined;
  const rule = pasted.rule ?? source?.rule;
  return { party: party.id, sessions: { [body]: { dates: [...new Set(dates)].sort(), ...(rule && { rule }) } } };
}

const dateNames = (form: FormBody, body: BodyKey): string[] =>
  Object.keys(form).filter((name) => name.startsWith(`${body}.`) && /^\d+$/.test(name.slice(body.length + 1)));

/** Why a day cannot be a session: a key below `form.`. */
function dayFault(day: LocalDate, today: LocalDate): string | undefined {
  if (day > addDays(today, FARTHEST_DAYS)) return 'too-far';
  return day < addDays(today, -OLDEST_DAYS) ? 'too-old' : undefined;
}

/** One day on each line, as it comes out of a calendar or a letter, or a rule as town halls write it. */
function readPasted(reader: FormReader, name: string, today: LocalDate): { days: LocalDate[]; rule?: SessionRule } {
  const lines = (reader.text(name) ?? '').split(/[\n;]+/).map((line) => line.trim().replace(/^[-*•]\s*/, ''));
  const days: LocalDate[] = [];
  const rules: SessionRule[] = [];
  for (const line of lines.filter((each) => each !== '')) {
    const day = parseDay(line);
    const read = day === undefined ? readSessionRule(line) : undefined;
    const fault = day && dayFault(day, today);
    if (fault !== undefined) reader.wrong(name, `pasted-${fault}`, { line });
    else if (day !== undefined) days.push(day);
    else if (read?.ok === true) rules.push(read.rule);
    else reader.wrong(name, 'paste', { line: line.slice(0, 60) });
  }
  if (rules.length > 1) reader.wrong(name, 'one-rule');
  return { days, ...(rules[0] && { rule: rules[0] }) };
}

/** The field of a form for sessions that a refusal is about. */
export function sessionField(form: FormBody, refused: Refused): string | undefined {
  const body = first(form, 'body');
  return dateField(form, [...dateNames(form, body), `${body}.pasted`], refused);
}
