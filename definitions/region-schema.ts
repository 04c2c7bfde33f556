/** What a region file looks like, for the bodies of a definition. */
import { z } from 'zod';
import type { BodyKey, Definition } from '../domain/definition.ts';
import { answerKinds } from '../domain/state.ts';
import {
  amount,
  inhabitants,
  itemKey,
  leadDays,
  line,
  municipalityName,
  paragraph,
  personInput,
  reference,
} from './fields.ts';
import { expecting } from './issues.ts';
import { day, slug, strict } from './schema.ts';
import { type ReadSessions, sessionsInput, type SessionsContext } from './sessions/input.ts';
import { readTopic, topicExpected } from './topic.ts';

const outcomes = answerKinds.filter((kind) => kind !== 'scheduled');

export const decidedSchema = strict(
  {
    decision: itemKey,
    answer: z.enum(outcomes),
    on: day,
    to: day.exactOptional(),
    changes: paragraph('what was changed').exactOptional(),
    reason: paragraph('a reason').exactOptional(),
    reference: reference.exactOptional(),
  },
  'a decision that was taken',
);

/** `council` → `councilSessions`: the key under which the meeting days of a body stand. */
export const sessionsKey = (body: BodyKey): string =>
  `${body.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())}Sessions`;

export const bodiesOf = (definition: Definition, per: 'municipality' | 'path'): BodyKey[] =>
  Object.entries(definition.bodies).flatMap(([key, body]) => (body.per === per ? [key] : []));

const sessionFields = (
  bodies: BodyKey[],
  context: SessionsContext,
): Record<string, z.ZodExactOptional<z.ZodType<ReadSessions>>> =>
  Object.fromEntries(bodies.map((body) => [sessionsKey(body), z.exactOptional(sessionsInput(context))]));

const topic = line('what is decided', 60).refine((text) => readTopic(text) !== undefined, expecting(topicExpected));

/** A municipality, but for its meeting days. */
export const municipalityFields = {
  municipality: municipalityName,
  contact: personInput.exactOptional(),
  deputy: personInput.exactOptional(),
  contribution: amount.exactOptional(),
  inhabitants: inhabitants.exactOptional(),
  adjoining: z.array(municipalityName).exactOptional(),
  leadDays: leadDays.exactOptional(),
  decided: z.array(decidedSchema).exactOptional(),
};

/** A region, but for its municipalities and the meeting days of its bodies. */
export const regionFields = {
  id: slug('a short name of 3 to 60 lower-case letters, digits and hyphens, like noordrand-2033', 3),
  partnership: line('the name of the partnership'),
  path: itemKey,
  round: itemKey.exactOptional(),
  topic: topic.exactOptional(),
  route: itemKey.exactOptional(),
  coordinator: personInput,
  deputy: personInput.exactOptional(),
  dates: z.record(z.string(), day).exactOptional(),
  leadDays: leadDays.exactOptional(),
};

/** The keys of the meeting days follow from the bodies of the definition. */
export function regionSchema(definition: Definition, context: SessionsContext) {
  return strict({
    ...regionFields,
    facts: line('the name of a file with facts of municipalities, beside this one').exactOptional(),
    municipalities: z
      .array(
        strict(
          { ...municipalityFields, ...sessionFields(bodiesOf(definition, 'municipality'), context) },
          'a municipality',
        ),
      )
      .min(1),
    ...sessionFields(bodiesOf(definition, 'path'), context),
  });
}

export type RawRegion = z.output<ReturnType<typeof regionSchema>>;
