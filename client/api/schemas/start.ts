/** A region as a program sends it to start its path, what the path would be in for, and what came of it. */
import { z } from 'zod';
import { expecting } from '../../../definitions/issues.ts';
import { municipalityFields, regionFields } from '../../../definitions/region-schema.ts';
import { day as saidDay, sessionRule } from '../../../definitions/schema.ts';
import { mailKinds } from '../../../domain/message.ts';
import { day, instant, key, party } from './common.ts';
import { ask, condition } from './path.ts';

/** What is read first; the checks of region files say better what is wrong in it. */
export const saidRegion = z.record(z.string(), z.unknown(), expecting('a region'));

const sessions = z
  .union([
    z.string(),
    z.array(saidDay),
    z.strictObject({
      dates: z.array(saidDay).exactOptional(),
      rule: z.union([z.string(), sessionRule]).exactOptional(),
    }),
  ])
  .meta({
    id: 'Sessions',
    description: 'Days, days as text, a rule like `vierde woensdag, niet in juli en augustus`, or days and a rule.',
  });

/** The same as a document tells it. Keys of meeting days follow from the bodies of the definition. */
export const documentedRegion = z
  .object({
    ...regionFields,
    municipalities: z.array(z.object(municipalityFields).catchall(sessions)).min(1),
  })
  .catchall(sessions)
  .meta({
    id: 'Region',
    description:
      'As a region file has it. Every other key names the meeting days of a body of the definition, like `councilSessions` with a ' +
      'municipality and `boardSessions` with the region. Files (`facts`, `ics`) are not read here.',
  });

export const started = z
  .object({
    path: z.string().meta({ description: 'The id of the path.' }),
    isNew: z.boolean().meta({ description: 'Whether it started now; false when this region was started before.' }),
    isRecorded: z.boolean().meta({ description: 'Whether it can be asked about already; else in a moment.' }),
  })
  .meta({ id: 'Started' });

const foreseenMail = z.object({
  ...{ on: day, kind: z.enum(mailKinds), role: z.enum(['contact', 'deputy', 'coordinator']) },
  to: z.object({ name: z.string(), email: z.string() }),
  item: key.exactOptional(),
  party: party.exactOptional(),
  atOnce: z.boolean().meta({ description: 'Answers something that happened, and waits for no morning.' }),
  certainty: z.enum(['sure', 'if-silent', 'if-asked']).meta({
    description:
      'Leaves whatever happens; only when nobody does anything; or because the coordinator does what is expected.',
  }),
});

export const plan = z
  .object({
    ...{ id: z.string(), partnership: z.string() },
    warnings: z
      .array(z.object({ code: z.string(), pointer: z.string(), detail: z.string() }))
      .meta({ description: 'What does not stop a start.' }),
    dates: z.record(z.string(), day).meta({ description: 'By name, like `closesOn`.' }),
    asks: z.array(ask),
    conditions: z.array(condition),
    until: instant.meta({ description: 'Mails were looked for up to this moment.' }),
    mails: z.array(foreseenMail),
  })
  .meta({ id: 'Plan' });
