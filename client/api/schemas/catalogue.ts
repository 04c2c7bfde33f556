/** What there is to choose from: rounds, definitions, and what can go wrong. */
import { z } from 'zod';
import { day, key, versioned } from './common.ts';

export const round = versioned
  .extend({
    title: z.string(),
    status: z.enum(['open', 'closed', 'provisional']),
    dates: z.record(z.string(), day),
    conditions: z.array(z.object({ key, kind: z.string(), isDraft: z.boolean() })),
  })
  .meta({ id: 'Round' });

const titled = z.object({ key, title: z.string() });

export const definition = versioned
  .extend({
    title: z.string(),
    needsRound: z.boolean(),
    routes: z.array(titled),
    bodies: z.array(titled.extend({ per: z.enum(['municipality', 'path']) })),
    steps: z.array(
      titled.extend({
        tasks: z.array(titled.extend({ routes: z.array(key).exactOptional() })),
        decisions: z.array(titled.extend({ body: key, routes: z.array(key).exactOptional() })),
      }),
    ),
  })
  .meta({ id: 'Definition' });

export const problemKind = z
  .object({ code: z.string(), status: z.int(), title: z.string() })
  .meta({ id: 'ProblemKind' });
