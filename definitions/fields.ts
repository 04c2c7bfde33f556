/** The small parts that region files, answers files and commands share. */
import { z } from 'zod';
import { MAX_TEXT } from '../domain/decide/context.ts';
import { asPartyId, asPersonId, municipalityParty, type PartyId } from '../domain/ids.ts';
import type { PartyFacts } from '../domain/state.ts';
import { expecting } from './issues.ts';
import { findMunicipality } from './municipalities.ts';
import { slug, strict } from './schema.ts';

// Control characters, line and paragraph separators, and the marks that turn text around: in a header they can add a
// recipient, in a name they can make it look like another.
const unsafe = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const unsafeButNewlines = /[^\P{Cc}\n\r\t]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** One line, trimmed, without control characters. */
export function line(what: string, max = 200): z.ZodType<string> {
  const expected = expecting(`${what}, on one line of at most ${String(max)} characters without control characters`);
  return z
    .string(expected)
    .refine((text) => !unsafe.test(text), expected)
    .trim()
    .min(1, expected)
    .max(max, expected);
}

/** Text that may have several lines, as long as a path takes it. */
export function paragraph(what: string, max = MAX_TEXT): z.ZodType<string> {
  const expected = expecting(`${what}, at most ${String(max)} characters`);
  return z
    .string(expected)
    .refine((text) => !unsafeButNewlines.test(text), expected)
    .trim()
    .min(1, expected)
    .max(max, expected);
}

const emailExpected = expecting('one e-mail address, like naam@gemeente.be, without control characters');
const emailShape =
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+$/;
const isEmail = (text: string): boolean =>
  text.length <= 254 && emailShape.test(text) && !text.includes('..') && !/^\.|\.@/.test(text);

/** A plain address in ASCII: no display name, no comment, no list. */
export const email: z.ZodType<string> = z.string(emailExpected).refine(isEmail, emailExpected);

/** Eight to fifteen digits (E.164), with the marks that people put between them. */
export const isPhone = (text: string): boolean =>
  /^\+?[\d(][\d\s()./-]{5,26}\d$/.test(text) && /^\d{8,15}$/.test(text.replace(/\D/g, ''));

const phoneExpected = expecting('a telephone number, like 02 123 45 67 or +32 471 12 34 56');
const phone = z.string(phoneExpected).trim().refine(isPhone, phoneExpected);

/** Somebody who is not known yet: the caller makes a person of it. */
export interface PersonInput {
  name: string;
  email: string;
  /** Their function, in words. */
  role?: string;
  /** A telephone number, as people write it. */
  phone?: string;
}

export const personInput: z.ZodType<PersonInput> = strict(
  { name: line('a name', 120), email, role: line('a function', 120).exactOptional(), phone: phone.exactOptional() },
  'a person',
);

export const personId = z
  .string(expecting('the id of a person, like noordrand-2033.4'))
  .regex(/^[a-z0-9-]+\.\d+$/, expecting('the id of a person, like noordrand-2033.4'))
  .transform(asPersonId);

const amountExpected = expecting('an amount in EUR, 0 or more');
export const amount = z.number(amountExpected).min(0, amountExpected).max(1_000_000_000, amountExpected);

const inhabitantsExpected = expecting('a number of inhabitants, 1 or more');
export const inhabitants = z.int(inhabitantsExpected).min(1, inhabitantsExpected).max(10_000_000, inhabitantsExpected);

const leadExpected = expecting('a number of days from 0 to 365');
/** How long before a session its texts should be there. */
export const leadDays = z.int(leadExpected).min(0, leadExpected).max(365, leadExpected);

/** A municipality by name or NIS code, also as a number. Which one it is, is looked up later, where the line is known. */
export const municipalityName = z
  .union([z.string(), z.int()], expecting('the name or the NIS code of a municipality'))
  .transform(String);

export type PartyLookup =
  { ok: true; party: PartyId; name: string } | { ok: false; isEnded: boolean; message: string; expected: string };

/** A municipality by party id, name or NIS code, as a party. */
export function municipalityOf(text: string): PartyLookup {
  const found = findMunicipality(text.replace(/^nis:/, ''));
  switch (found.status) {
    case 'found':
      return { ok: true, party: municipalityParty(found.municipality.nis), name: found.municipality.name };
    case 'ended': {
      const { name, nis, endedOn, successor } = found.ended;
      const expected = `its successor, ${successor.name} (${successor.nis})`;
      return { ok: false, isEnded: true, message: `${name} (${nis}) ended on ${endedOn}`, expected };
    }
    case 'unknown': {
      const near = found.suggestions.join(' or ');
      const expected = near === '' ? 'the name or the NIS code of a Flemish municipality' : near;
      return { ok: false, isEnded: false, message: `unknown municipality ${JSON.stringify(text)}`, expected };
    }
  }
}

/** A party as people write it: a municipality by name or NIS code, a party id, or the key of a body that exists once. */
export const party: z.ZodType<PartyId> = z
  .union([z.string(), z.int()], expecting('a municipality by name or NIS code, or the key of a body'))
  .transform((value, context) => {
    const text = String(value);
    const found = municipalityOf(text);
    if (found.ok) return found.party;
    if (!found.isEnded && /^[a-z]+(-[a-z]+)*$/.test(text)) return asPartyId(text);
    context.addIssue({ code: 'custom', message: expecting(found.expected).error });
    return z.NEVER;
  });

/** What is known of a municipality, in a command. */
export const facts: z.ZodType<PartyFacts> = strict(
  {
    inhabitants: inhabitants.exactOptional(),
    referenceRegion: line('a reference region', 120).exactOptional(),
    adjoining: z.array(party).exactOptional(),
  },
  'what is known of a municipality',
);

/** The published decision: its address on the web, its number, or a file that was sent to a path. */
export const reference = line('the web address (http or https) or the number of a published decision', 500).refine(
  (text) => !/^[a-z][a-z0-9+.-]*:/i.test(text) || /^(?:https?:\/\/[^\s/]+|document:[\da-f-]{36}$)/i.test(text),
  expecting('the web address (http or https) or the number of a published decision'),
);

export const itemKey = slug('a key, like declaration-of-intent');
