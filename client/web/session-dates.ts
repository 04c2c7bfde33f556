/** The form in which a municipality's sessions are entered: dates for who meets by the month, a weekday for who meets weekly. */
import type { CommandData } from '../../domain/commands.ts';
import { addDays } from '../../domain/dates.ts';
import type { BodyKey } from '../../domain/definition.ts';
import type { LocalDate } from '../../domain/ids.ts';
import { sessions } from '../../domain/sessions.ts';
import type { Party } from '../../domain/state.ts';
import type { Dossier } from './dossier.ts';
import type { FieldSpec, FormSpec } from './forms/fields.ts';
import type { FormReader } from './forms/reader.ts';
import { first } from './forms/values.ts';
import { capital, parseDay, weekdayDate } from './format.ts';

const EMPTY_FIELDS = 4;
const WEEKDAYS = [1, 2, 3, 4, 5];
const SHOWN = 6;

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
  return [...fields, pasted];
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

/** One form for each body. */
export function sessionForms(
  dossier: Dossier,
  party: Party,
  action: string,
): (FormSpec & { title: string; known: string[] })[] {
  const { texts, words, state, today } = dossier;
  return bodiesOf(dossier).map((body) => {
    const definition = state.definition.bodies[body];
    const next = definition === undefined ? [] : sessions(party.sessions[body], definition, today, addDays(today, 400));
    const known = next.slice(0, SHOWN).map(({ on, source }) => {
      const mark = source === 'assumed' ? ` (${texts.text('answer.estimate')})` : '';
      return `${weekdayDate(on)}${mark}`;
    });
    return {
      ...{ id: `zittingen-${body}`, action, known },
      submit: texts.text('sessions.submit'),
      title: capital(words.body(body).title),
      hidden: { body },
      fields: isWeekly(dossier, body) ? [weekdayField(dossier, party, body)] : dateFields(dossier, party, body),
    };
  });
}

/** The sessions that a form holds; undefined when something in it is wrong. What was entered before today stays. */
export function readSessions(
  reader: FormReader,
  dossier: Dossier,
  party: Party,
): CommandData['change-party'] | undefined {
  const body = reader.choice('body', bodiesOf(dossier));
  if (body === undefined) return undefined;
  const source = party.sessions[body];
  if (isWeekly(dossier, body)) {
    const weekday = Number(first(reader.body, `${body}.weekday`));
    if (!WEEKDAYS.includes(weekday)) {
      reader.wrong(`${body}.weekday`, 'choose');
      return undefined;
    }
    const rule = { every: 'week' as const, weekday, exceptMonths: [] };
    return { party: party.id, sessions: { [body]: { dates: source?.dates ?? [], rule } } };
  }
  const past = (source?.dates ?? []).filter((day) => day < dossier.today);
  const count = Object.keys(reader.body).filter((name) => /^\d+$/.test(name.slice(body.length + 1))).length;
  const given = Array.from({ length: count }, (_, index) => reader.day(dateName(body, index)));
  const dates = [...past, ...given.filter((day) => day !== undefined), ...pastedDays(reader, `${body}.pasted`)];
  if (!reader.isComplete) return undefined;
  const { rule } = source ?? {};
  return { party: party.id, sessions: { [body]: { dates: [...new Set(dates)].sort(), ...(rule && { rule }) } } };
}

/** One day on each line, as it comes out of a calendar or a letter. */
function pastedDays(reader: FormReader, name: string): LocalDate[] {
  const lines = (reader.text(name) ?? '').split(/[\n;]+/).map((line) => line.trim().replace(/^[-*•]\s*/, ''));
  return lines
    .filter((line) => line !== '')
    .flatMap((line) => {
      const day = parseDay(line);
      if (day === undefined) reader.wrong(name, 'paste');
      return day ?? [];
    });
}
