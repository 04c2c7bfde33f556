/** What happened to a path, who its people are, and what became of its mails: for who may see people. */
import { z } from 'zod';
import { returnFacts } from '../../../store/ledger.ts';
import { mailKinds } from '../../../domain/message.ts';
import { day, instant, party, person } from './common.ts';
import { actor } from './path.ts';

export const event = z
  .object({
    seq: z.int().meta({ description: 'From 1, without gaps.' }),
    at: instant,
    type: z.string().meta({ examples: ['answered'] }),
    actor,
    data: z.record(z.string(), z.unknown()).meta({ description: 'By type; keys, days and ids of people.' }),
  })
  .meta({ id: 'Event' });

export const someone = z
  .object({
    id: person,
    role: z.enum(['contact', 'deputy', 'colleague', 'coordinator', 'deputy-coordinator']),
    party: party.exactOptional(),
    name: z.string(),
    email: z.string().exactOptional(),
    function: z.string().exactOptional(),
    phone: z.string().exactOptional(),
    isPresent: z.boolean().meta({ description: 'Speaks for their party, or coordinates, today.' }),
  })
  .meta({ id: 'Person' });

const outcomes = ['accepted', 'deferred', 'refused', 'unknown'] as const;

export const mail = z
  .object({
    id: z.string().meta({ description: 'Its Message-ID.' }),
    kind: z.enum(mailKinds),
    day,
    to: person,
    address: z.string().meta({ description: 'As it was when it was sent.' }),
    subject: z.string(),
    outcome: z.enum(outcomes).meta({ description: 'What the mail server made of it.' }),
    attempts: z.int(),
    firstAt: instant,
    acceptedAt: instant.exactOptional(),
    facts: z
      .array(z.object({ at: instant, fact: z.enum([...outcomes, ...returnFacts]), code: z.string() }))
      .meta({ description: 'Each attempt, and what came back later; oldest first.' }),
  })
  .meta({ id: 'Mail' });
