/** What can be said to a path by the API, what comes of it, and what it would change. */
import { z } from 'zod';
import { commandSchema, commandTypes } from '../../../definitions/commands.ts';
import { expecting } from '../../../definitions/issues.ts';
import type { CommandType } from '../../../domain/commands.ts';
import { mailKinds } from '../../../domain/message.ts';
import { day, instant, key, party, person } from './common.ts';

/**
 * Rounds and definitions are files of the installation, which are checked as a whole before they are applied; of bounces the
 * system hears by itself.
 */
const notSaid: readonly CommandType[] = ['apply-round', 'apply-definition', 'return-mail'];
export const sayable = commandTypes.filter((type) => !notSaid.includes(type));

const typeExpected = expecting(`one of ${sayable.join(', ')}`);

/** What is read first; what its data should be is said better by the reader of commands. */
export const saidCommand = z.strictObject(
  { type: z.enum(sayable, typeExpected), data: z.record(z.string(), z.unknown()) },
  expecting('type and data'),
);

const variantOf = (type: CommandType) =>
  z.strictObject({ type: z.literal(type), data: commandSchema(type) }).meta({ title: type });
const [first, ...others] = sayable.map(variantOf);
if (first === undefined) throw new Error('there is no command');

/** The same as a document tells it: for each command what its data are. */
export const documentedCommand = z
  .discriminatedUnion('type', [first, ...others])
  .meta({ id: 'Command', description: 'Parties may be given by name, NIS code or party id.' });

export const receipt = z
  .object({
    commandId: z.string().meta({ description: 'Follows from the account and the idempotency key.' }),
    seq: z.int().meta({ description: 'The number of the last event that came of it.' }),
    at: instant,
  })
  .meta({ id: 'Receipt' });

const fromTo = { from: day.exactOptional(), to: day.exactOptional() };

const mailLine = z.object({
  ...{ on: day, to: person, role: z.enum(['contact', 'deputy', 'coordinator']), kind: z.enum(mailKinds) },
  about: z.string(),
  item: key.exactOptional(),
  party: party.exactOptional(),
});

export const preview = z
  .object({
    deadlines: z
      .array(
        z.object({
          key: z.string(),
          item: key.exactOptional(),
          party: party.exactOptional(),
          ...fromTo,
          lastSession: z.object({ ...fromTo, assumed: z.boolean() }).exactOptional(),
        }),
      )
      .meta({ description: 'Dates that change.' }),
    mails: z.object({
      until: instant.meta({ description: 'Mails were compared up to this moment.' }),
      atOnce: z.array(mailLine).meta({ description: 'Go out at once because of it.' }),
      gone: z.array(mailLine).meta({ description: 'Go out no more.' }),
      added: z.array(mailLine).meta({ description: 'Come with it, if nobody says anything else.' }),
    }),
    notes: z.array(
      z.object({
        code: z.enum(['date-kept', 'task-gone', 'ask-gone', 'approval-carried']),
        key: z.string().exactOptional(),
        on: day.exactOptional(),
        instead: day.exactOptional(),
        task: key.exactOptional(),
        decision: key.exactOptional(),
        party: party.exactOptional(),
      }),
    ),
    conditions: z
      .array(z.object({ key, from: z.string(), to: z.string() }))
      .meta({ description: 'Conditions of the round whose status changes.' }),
  })
  .meta({ id: 'Preview' });
