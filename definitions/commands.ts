/** What people can say to a path, checked: one schema for `regiopad tell`, answers files, the pages and the API. */
import { z } from 'zod';
import { type Command, type CommandData, type CommandType, type NewParty, returnReasons } from '../domain/commands.ts';
import { asPersonId, type PartyId, type PersonId } from '../domain/ids.ts';
import { LINE_LENGTH } from '../domain/mail-order.ts';
import { answerKinds } from '../domain/state.ts';
import {
  amount,
  facts,
  itemKey,
  leadDays,
  line,
  paragraph,
  party,
  personId,
  personInput,
  reference,
  type PersonInput,
} from './fields.ts';
import { describeIssue, eachOnce } from './issues.ts';
import { withReferenceRegion } from './municipalities.ts';
import { day, definitionSchema, roundSchema, slug, strict } from './schema.ts';
import { plainSessions } from './sessions/input.ts';

const reason = paragraph('a reason');
const approvals = z.enum(['keep', 'ask-again']);
const sessions = z.record(slug('the key of a body'), plainSessions()).exactOptional();
const version = z.int().min(1);
const approvalChoices = z.record(itemKey, approvals).exactOptional();

/** Who may be described instead: `parseCommandInput` takes a `{name, email, role}` in this place. Documents say so. */
export const somebody = personId.meta({});

const newParty = {
  party,
  contact: somebody.exactOptional(),
  deputy: somebody.exactOptional(),
  contribution: amount.exactOptional(),
  facts: facts.exactOptional(),
  leadDays: leadDays.exactOptional(),
  sessions,
};

/** Who joins lies where the register says, unless it is said otherwise. */
const located = <Joining extends NewParty>(joining: Joining): Joining => ({
  ...joining,
  facts: withReferenceRegion(joining.party, joining.facts),
});

const answer = {
  party,
  decision: itemKey,
  answer: z.enum(answerKinds),
  on: day,
  to: day.exactOptional(),
  changes: paragraph('what was changed').exactOptional(),
  reason: reason.exactOptional(),
  reference: reference.exactOptional(),
  answeredBy: personId.exactOptional(),
};

/** A mail to come: to whom, and what of it, as `regiopad status ID --mails --format json` lists it. */
const mail = {
  to: personId,
  what: z
    .array(strict({ subject: line('what it is about', 300), rule: itemKey, deadline: day }, 'what a mail says'))
    .min(1),
};

const schemas: { [Type in CommandType]: z.ZodType<CommandData[Type]> } = {
  answer: strict(answer),
  correct: strict({ ...answer, because: reason }),
  'add-evidence': strict({ party, decision: itemKey, reference }),
  'record-complaint': strict({ party, decision: itemKey, on: day }),
  request: strict({
    decision: itemKey,
    textVersion: version.exactOptional(),
    parties: z.array(party).exactOptional(),
    approvals: approvals.exactOptional(),
  }),
  'accept-changes': strict({ party, decision: itemKey }),
  waive: strict({ party, decision: itemKey, reason }),
  'complete-task': strict({ task: itemKey }),
  'reopen-task': strict({ task: itemKey, reason }),
  'choose-route': strict({ route: itemKey }),
  'add-party': strict({ ...newParty, approvals: approvalChoices }).transform(located),
  'remove-party': strict({ party, reason, approvals: approvalChoices }),
  'merge-parties': strict({
    parties: z.array(party).min(1),
    into: strict(newParty).transform(located),
    reason,
    approvals: approvalChoices,
  }),
  'change-party': strict({
    party,
    contribution: amount.exactOptional(),
    facts: facts.exactOptional(),
    leadDays: leadDays.exactOptional(),
    sessions,
  }),
  'replace-contact': strict({ party, person: somebody, passedOnBy: personId.exactOptional() }),
  'replace-deputy': strict({ party, person: somebody.exactOptional() }),
  'change-details': strict({ party, from: personId, to: personId, address: z.enum(['same', 'other']) }),
  'replace-coordinator': strict({ person: somebody, role: z.enum(['coordinator', 'deputy']).exactOptional() }),
  'return-mail': strict({ key: line('the key of a mail', 300), to: personId, why: z.enum(returnReasons) }),
  'confirm-address': strict({ person: personId }),
  'change-body': strict({ party, decision: itemKey, body: itemKey, reason }),
  'move-deadline': strict({
    item: z.string().regex(/^[A-Za-z][A-Za-z0-9-]*$/),
    party: party.exactOptional(),
    to: day,
    reason,
  }),
  'apply-round': strict({ round: roundSchema, reason: reason.exactOptional() }),
  'apply-definition': strict({ definition: definitionSchema, reason: reason.exactOptional() }),
  pause: strict({ reason }),
  resume: strict({}),
  'record-submission': strict({ number: line('the number that KIOSK gave', 100), on: day }),
  'record-decision': strict({
    outcome: z.enum(['granted', 'refused']),
    on: day,
    amount: amount.exactOptional(),
    reason: reason.exactOptional(),
  }),
  'hold-mail': strict({ ...mail, until: day.exactOptional() }),
  'release-mail': strict(mail),
  'skip-mail': strict({ ...mail, reason: reason.exactOptional() }),
  'send-mail-now': strict(mail),
  'add-line': strict({ ...mail, text: paragraph('a line', LINE_LENGTH) }),
  'remove-line': strict(mail),
  stop: strict({ reason }),
  reopen: strict({ reason }),
};

export const commandTypes = Object.keys(schemas) as CommandType[];
export const isCommandType = (type: string): type is CommandType => Object.hasOwn(schemas, type);

/** The schema of what one command says. Parties may be written as names or NIS codes; what comes out are party ids. */
export const commandSchema = <Type extends CommandType>(type: Type): z.ZodType<CommandData[Type]> => schemas[type];

/** What is wrong in the data of a command, by its path in it. */
export interface DataProblem {
  path: PropertyKey[];
  message: string;
  expected?: string;
  at?: 'value' | 'key';
}

export type ParsedCommand = { ok: true; command: Command } | { ok: false; problems: DataProblem[] };

/** Checks a command that names people by id. */
export function parseCommand(type: string, data: unknown): ParsedCommand {
  if (!isCommandType(type)) return unknownCommand(type);
  const result = commandSchema(type).safeParse(data ?? {});
  if (result.success) return { ok: true, command: { type, data: result.data } as Command };
  return { ok: false, problems: eachOnce(result.error.issues.flatMap((issue) => describeIssue(issue, data ?? {}))) };
}

const unknownCommand = (type: string): { ok: false; problems: DataProblem[] } => ({
  ok: false,
  problems: [
    { path: [], message: `unknown command ${JSON.stringify(type)}`, expected: `one of ${commandTypes.join(', ')}` },
  ],
});

/** Somebody that a command names who may not have an id yet. */
export interface NewcomerInput {
  field: 'person' | 'contact' | 'deputy';
  /** Absent for who coordinates. */
  party?: PartyId;
  role: 'contact' | 'deputy' | 'coordinator' | 'deputy-coordinator';
  person: PersonInput;
}

/** A command in which newcomers are still to be given an id; without newcomers it is ready. */
export interface CommandInput {
  command: Command;
  newcomers: NewcomerInput[];
}

/** Commands that name people, and in which field. */
const peopleFields: Partial<Record<CommandType, NewcomerInput['field'][]>> = {
  'replace-contact': ['person'],
  'replace-deputy': ['person'],
  'replace-coordinator': ['person'],
  'add-party': ['contact', 'deputy'],
  'merge-parties': ['contact', 'deputy'],
};

/** Where a command names people: in what it says itself, or in the successor of a merger. */
const holderOf = (
  type: CommandType,
  data: Record<string, unknown>,
): { at: PropertyKey[]; holder: Record<string, unknown> } => {
  const { into } = data;
  if (type !== 'merge-parties' || typeof into !== 'object' || into === null) return { at: [], holder: data };
  const holder = { ...into };
  data['into'] = holder;
  return { at: ['into'], holder };
};

const PLACEHOLDER = 'new.0';

/**
 * Checks a command in which people may be described instead of named by id: `person: {name, email, role}`, and for a
 * contact or deputy also `{party, name, email, role}` without a `person`.
 */
export function parseCommandInput(
  type: string,
  given: unknown,
): { ok: true; input: CommandInput } | { ok: false; problems: DataProblem[] } {
  if (!isCommandType(type)) return unknownCommand(type);
  const data: Record<string, unknown> = { ...(typeof given === 'object' && given !== null ? given : {}) };
  const described: { field: NewcomerInput['field']; raw: unknown; path: PropertyKey[] }[] = [];
  const { at, holder } = holderOf(type, data);
  for (const field of peopleFields[type] ?? []) {
    if (typeof holder[field] === 'object' && holder[field] !== null) {
      described.push({ field, raw: holder[field], path: [...at, field] });
      holder[field] = PLACEHOLDER;
    }
  }
  if ((type === 'replace-contact' || type === 'replace-deputy') && data['person'] === undefined && 'name' in data) {
    const { name, email, role, phone, ...rest } = data;
    described.push({
      field: 'person',
      raw: { name, email, ...(role !== undefined && { role }), ...(phone !== undefined && { phone }) },
      path: [],
    });
    for (const key of Object.keys(data)) Reflect.deleteProperty(data, key);
    Object.assign(data, rest, { person: PLACEHOLDER });
  }
  const parsed = parseCommand(type, typeof given === 'object' ? data : given);
  const problems = parsed.ok ? [] : [...parsed.problems];
  const newcomers: NewcomerInput[] = [];
  for (const { field, raw, path } of described) {
    const person = personInput.safeParse(raw);
    if (!person.success) {
      const found = person.error.issues.flatMap((issue) => describeIssue(issue, raw));
      problems.push(...found.map((problem) => ({ ...problem, path: [...path, ...problem.path] })));
    } else if (parsed.ok) {
      newcomers.push(newcomer(parsed.command, field, person.data));
    }
  }
  return parsed.ok && problems.length === 0
    ? { ok: true, input: { command: parsed.command, newcomers } }
    : { ok: false, problems };
}

function newcomer(command: Command, field: NewcomerInput['field'], person: PersonInput): NewcomerInput {
  if (command.type === 'replace-coordinator') {
    return { field, role: command.data.role === 'deputy' ? 'deputy-coordinator' : 'coordinator', person };
  }
  const isDeputy = command.type === 'replace-deputy' || field === 'deputy';
  const data = command.type === 'merge-parties' ? command.data.into : command.data;
  const of = 'party' in data ? data.party : undefined;
  return { field, role: isDeputy ? 'deputy' : 'contact', ...(of !== undefined && { party: of }), person };
}

/** The command, once its newcomers have ids. */
export function commandOf({ command, newcomers }: CommandInput, idOf: (newcomer: NewcomerInput) => PersonId): Command {
  const ids = Object.fromEntries(newcomers.map((each) => [each.field, asPersonId(idOf(each))]));
  if (newcomers.length === 0) return command;
  const { data } = command;
  return {
    ...command,
    data: 'into' in data ? { ...data, into: { ...data.into, ...ids } } : { ...data, ...ids },
  } as Command;
}
