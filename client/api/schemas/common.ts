/** The small parts of answers and addresses. */
import { z } from 'zod';
import { municipalityOf, party as saidParty } from '../../../definitions/fields.ts';
import { expecting } from '../../../definitions/issues.ts';
import { slug } from '../../../definitions/schema.ts';
import { asPathId } from '../../../domain/ids.ts';

/** In an answer: a day in Flanders. */
export const day = z.iso
  .date()
  .meta({ id: 'Day', description: 'A calendar day in Flanders.', examples: ['2031-02-24'] });
export const instant = z.iso.datetime().meta({ id: 'Instant', description: 'A moment, in UTC.' });

export const key = z.string().meta({ description: 'A key of the definition, like `declaration-of-intent`.' });
export const party = z.string().meta({
  id: 'Party',
  description: '`nis:` with the NIS code of a municipality, or the key of a body that exists once, like `board`.',
  examples: ['nis:23102'],
});
export const person = z.string().meta({
  id: 'PersonId',
  description: 'Somebody, as the list of people of the path names them. Only for who may see its people.',
  examples: ['noordrand-2033.4'],
});

export const versioned = z.object({ key, version: z.int() });

/** In an address: the id of a path. */
export const pathParams = z.object({
  path: slug('the id of a path, like noordrand-2033', 3)
    .transform(asPathId)
    .meta({ description: 'The id of the path, like `noordrand-2033`.' }),
});

const choiceOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values, expecting(`one of ${values.join(', ')}`));
export { choiceOf };

/** In an address: a municipality that exists today. */
export const municipality = z
  .string()
  .refine((text) => municipalityOf(text).ok, expecting('a municipality by name or NIS code'))
  .transform((text) => saidParty.parse(text))
  .meta({ description: 'By name or NIS code.' });

/** Words to look for, or the name of something. */
export const searchText = z.string(expecting('text of 1 to 100 characters')).trim().min(1).max(100);
