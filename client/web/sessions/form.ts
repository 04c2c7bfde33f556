/** The form in which a municipality's sessions are entered: dates for who meets by the month, a weekday for who meets weekly. */
import { isDeepStrictEqual } from 'node:util';
import type { CommandData } from '../../../domain/commands.ts';
import type { BodyKey } from '../../../domain/definition.ts';
import type { LocalDate } from '../../../domain/ids.ts';
import type { Party, SessionSource } from '../../../domain/state.ts';
import { withArticle } from '../../../templates/dutch.ts';
import type { Dossier } from '../dossier.ts';
import type { FieldSpec, FormSpec } from '../forms/fields.ts';
import type { FormReader } from '../forms/reader.ts';
import { dateField, type Refused } from '../forms/refused.ts';
import type { Upload } from '../forms/sent.ts';
import { CONFIRMED, first, type FormBody } from '../forms/values.ts';
import { capital } from '../../dutch/format.ts';
import { knownSessions, type KnownSession, remarksOn, ruleText, upcoming } from './known.ts';
import { dayFault, readPasted, readUpload } from './pasted.ts';

const EMPTY_FIELDS = 4;
const WEEKDAYS = [1, 2, 3, 4, 5];

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

const dateName = (body: BodyKey, index: number): string => `${body}.${String(index)}`;

const pastedName = (body: BodyKey): string => `${body}.pasted`;
const fileName = (body: BodyKey): string => `${body}.file`;
const forgetName = (body: BodyKey): string => `${body}.forget`;

/** What is odd about a day is said where it can be changed. */
function hintOf(dossier: Dossier, day: LocalDate | undefined, index: number): { hint?: string } {
  const lines = day === undefined ? [] : remarksOn(dossier, day);
  if (index === 0) lines.unshift(dossier.texts.text('form.date-hint'));
  return lines.length === 0 ? {} : { hint: lines.join(' ') };
}

function forgetRule({ texts }: Dossier, party: Party, body: BodyKey): FieldSpec[] {
  if (party.sessions[body]?.rule === undefined) return [];
  return [{ name: forgetName(body), label: texts.text('sessions.forget-rule'), kind: 'checkbox' }];
}

/** Days are pasted or uploaded, with the button right below; one by one they are changed in what folds open after it. */
function dateFields(dossier: Dossier, party: Party, body: BodyKey): Pick<FormSpec, 'fields' | 'folded'> {
  const { texts } = dossier;
  const known = upcoming(dossier, party, body);
  const fields = Array.from({ length: known.length + EMPTY_FIELDS }, (_, index): FieldSpec => ({
    name: dateName(body, index),
    label: texts.text('sessions.date', { number: index + 1 }),
    kind: 'date',
    value: known[index] ?? '',
    className: 'session-date',
    ...hintOf(dossier, known[index], index),
  }));
  const pasted: FieldSpec = {
    ...{ name: pastedName(body), label: texts.text('sessions.paste'), kind: 'textarea', rows: 5, optional: true },
    hint: texts.text('sessions.paste-hint'),
  };
  const file: FieldSpec = {
    ...{ name: fileName(body), label: texts.text('sessions.file'), kind: 'file', optional: true },
    ...{ hint: texts.text('sessions.file-hint'), accept: '.ics,text/calendar' },
  };
  return {
    fields: [pasted, file, ...forgetRule(dossier, party, body)],
    folded: {
      summary: texts.text('sessions.one-by-one'),
      fields,
      isOpen: false,
    },
  };
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

export interface SessionForm extends FormSpec {
  title: string;
  /** `de gemeenteraad` */
  bodyName: string;
  known: KnownSession[];
  knownTitle: string;
  /** How many more days are known than are shown. */
  more: string | undefined;
  rule: string | undefined;
}

/** One form for each body. */
export function sessionForms(dossier: Dossier, party: Party, action: string): SessionForm[] {
  const { texts, words } = dossier;
  return bodiesOf(dossier).map((body) => {
    const { days: known, more } = knownSessions(dossier, party, body);
    const rule = party.sessions[body]?.rule;
    return {
      ...{ id: `zittingen-${body}`, action, known },
      knownTitle: texts.text(upcoming(dossier, party, body).length > 0 ? 'sessions.known-entered' : 'sessions.known'),
      more: more === 0 ? undefined : texts.text('sessions.more', { count: more }),
      rule: rule && texts.text('sessions.rule', { rule: ruleText(dossier, rule) }),
      submit: texts.text('sessions.submit'),
      title: capital(words.body(body).title),
      bodyName: withArticle(words.body(body).title, words.body(body).article),
      hidden: { body },
      ...(isWeekly(dossier, body)
        ? { fields: [weekdayField(dossier, party, body)] }
        : dateFields(dossier, party, body)),
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
  upload?: Upload,
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
    return changed(party, body, { dates: source?.dates ?? [], rule });
  }
  const { today } = dossier;
  const past = (source?.dates ?? []).filter((day) => day < today);
  const names = { pasted: pastedName(body), file: fileName(body) };
  const pasted = readPasted(reader, dossier, names.pasted);
  const uploaded = readUpload(reader, dossier, upload, names);
  const given = dateNames(reader.body, body).flatMap((name) => {
    const day = reader.day(name);
    const fault = day && dayFault(day, today);
    if (fault !== undefined) reader.wrong(name, fault);
    return day ?? [];
  });
  const entered = new Set([...given, ...pasted.days, ...uploaded]);
  if (!reader.isComplete) return undefined;
  reader.note('past', [...entered].filter((day) => day < today).length);
  const isForgotten = first(reader.body, forgetName(body)) === CONFIRMED;
  const rule = pasted.rule ?? (isForgotten ? undefined : source?.rule);
  const dates = [...new Set([...past, ...entered])].sort();
  return changed(party, body, { dates, ...(rule && { rule }) });
}

/** Nothing but the party when all stays as it was: who only presses the button, be it a scanner, changes nothing. */
function changed(party: Party, body: BodyKey, now: Pick<SessionSource, 'dates' | 'rule'>): CommandData['change-party'] {
  const { dates = [], rule } = party.sessions[body] ?? {};
  const isSame = isDeepStrictEqual([[...dates].sort(), rule], [now.dates, now.rule]);
  return isSame ? { party: party.id } : { party: party.id, sessions: { [body]: now } };
}

const dateNames = (form: FormBody, body: BodyKey): string[] =>
  Object.keys(form).filter((name) => name.startsWith(`${body}.`) && /^\d+$/.test(name.slice(body.length + 1)));

/** The field of a form for sessions that a refusal is about. */
export function sessionField(form: FormBody, refused: Refused): string | undefined {
  const body = first(form, 'body');
  return dateField(form, [...dateNames(form, body), pastedName(body)], refused);
}
