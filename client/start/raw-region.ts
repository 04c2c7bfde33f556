/** The region file that a draft stands for: what is written as its kind asks, what cannot be read as it was typed. */
import type { Definition } from '../../domain/definition.ts';
import { bodiesOf, sessionsKey } from '../../definitions/region-schema.ts';
import { parseAmount } from '../dutch/amount.ts';
import { parseDay } from '../dutch/format.ts';
import type { RowValues, StartDraft, WhatValues } from './draft.ts';

type Raw = Record<string, unknown>;

/** Nothing where nothing was filled in. */
const filled = (entries: Record<string, string | undefined>): Raw =>
  Object.fromEntries(Object.entries(entries).filter(([, text]) => text !== undefined && text.trim() !== ''));

const personOf = (name?: string, email?: string, role?: string, phone?: string): Raw | undefined => {
  const person = filled({ name, email, role, phone });
  return Object.keys(person).length === 0 ? undefined : person;
};

const someone = (what: WhatValues, who: 'coordinator' | 'deputy'): Raw | undefined =>
  personOf(what[`${who}Name`], what[`${who}Email`], what[`${who}Function`], what[`${who}Phone`]);

/** Fields under a prefix, without it: `date.expiresOn` → `expiresOn`. */
const under = (what: WhatValues, prefix: string): [string, string][] =>
  Object.entries(what).flatMap(([name, text]) =>
    name.startsWith(prefix) && text.trim() !== '' ? [[name.slice(prefix.length), text.trim()]] : [],
  );

/** The body of a municipality whose days are hard to guess: who meets every week needs no calendar. */
export const calendarBody = ({ bodies }: Definition): string | undefined =>
  Object.keys(bodies).find((key) => bodies[key]?.per === 'municipality' && bodies[key].assumed.every === 'month');

function municipalityIn(values: RowValues, body: string | undefined): Raw {
  const contact = personOf(values.name, values.email, values.function, values.phone);
  const deputy = personOf(values.deputyName, values.deputyEmail, values.deputyFunction, values.deputyPhone);
  const { contribution, sessions } = values;
  return {
    municipality: values.municipality,
    ...(contact && { contact }),
    ...(deputy && { deputy }),
    ...(contribution !== '' && { contribution: parseAmount(contribution) ?? contribution }),
    ...(sessions !== '' && body !== undefined && { [sessionsKey(body)]: sessions }),
  };
}

export function rawRegion({ path, what, rows }: StartDraft, definition: Definition): Raw {
  const dates = Object.fromEntries(under(what, 'date.').map(([name, text]) => [name, parseDay(text) ?? text]));
  const bodies = bodiesOf(definition, 'path');
  const sessions = under(what, 'sessions.').filter(([body]) => bodies.includes(body));
  const deputy = someone(what, 'deputy');
  return {
    ...filled({ id: what['id'], partnership: what['partnership'] }),
    path,
    ...filled({ round: what['round'], route: what['route'], topic: what['topic'] }),
    coordinator: someone(what, 'coordinator') ?? {},
    ...(deputy && { deputy }),
    ...(Object.keys(dates).length > 0 && { dates }),
    ...Object.fromEntries(sessions.map(([body, text]) => [sessionsKey(body), text])),
    municipalities: rows.map(({ values }) => municipalityIn(values, calendarBody(definition))),
  };
}
