/** A path as the API shows it: where it stands, without its people's names. */
import { z } from 'zod';
import { day, instant, key, party, person, versioned } from './common.ts';

export const statuses = ['running', 'paused', 'granted', 'refused', 'stopped', 'completed'] as const;
const onlyWithPeople = 'Only for who may see the people of the path.';
const reason = z
  .string()
  .exactOptional()
  .meta({ description: `In the words of who did it. ${onlyWithPeople}` });

const round = versioned.extend({ status: z.string() });

/** What a path is, in a list and by itself. */
const head = {
  id: z.string().meta({ examples: ['noordrand-2033'] }),
  partnership: z.string(),
  referenceRegion: z.string().exactOptional(),
  definition: versioned,
  round: round.exactOptional().meta({ description: 'Absent for a path that belongs to no round.' }),
  route: key.exactOptional(),
  status: z.enum(statuses),
  seq: z.int().meta({ description: 'The number of its last event: it goes up whenever anything changes.' }),
  startedAt: instant,
};

export const concern = z
  .object({
    key: z.string().meta({ description: 'The same as long as it is the same concern.' }),
    code: z.string().meta({ examples: ['no-session'] }),
    weight: z
      .int()
      .meta({ description: '0 nothing is wrong, 1 somebody should look, 2 something is lost unless somebody acts.' }),
    decision: key.exactOptional(),
    party: party.exactOptional(),
    task: key.exactOptional(),
    due: day.exactOptional(),
    session: day.exactOptional(),
    count: z.int().exactOptional(),
  })
  .meta({ id: 'Concern' });

const standing = z.object({
  weight: z.int().meta({ description: 'Of the weightiest concern.' }),
  approved: z.int(),
  asked: z.int(),
  concerns: z.array(concern).meta({ description: 'The weightiest first.' }),
});

export const pathSummary = z
  .object({
    ...head,
    parties: z.array(party).meta({ description: 'The municipalities that take part today.' }),
    standing,
  })
  .meta({ id: 'PathSummary' });

const step = z.object({
  key,
  status: z.enum(['waiting', 'open', 'done']),
  done: z.int(),
  total: z.int().meta({ description: 'Tasks and decisions that hold the step up.' }),
});

const task = z.object({
  key,
  status: z.enum(['not-open', 'open', 'done']),
  dueOn: day,
  doneOn: day.exactOptional(),
  isOptional: z.boolean(),
});

export const member = z.object({
  id: party,
  name: z.string(),
  joinedOn: day,
  leftOn: day.exactOptional(),
  mergedInto: party.exactOptional(),
  contribution: z.number().exactOptional().meta({ description: 'EUR a year.' }),
  inhabitants: z.int().exactOptional(),
  contact: person.exactOptional(),
  deputy: person.exactOptional(),
});

export const condition = z
  .object({
    key,
    kind: z.string(),
    status: z.enum(['met', 'not-met', 'unknown']),
    isDraft: z.boolean().meta({ description: 'Seen in a draft of the rules only.' }),
    message: z.string().meta({ description: 'What is known, in English.' }),
  })
  .meta({ id: 'Condition' });

export const pathDetail = z
  .object({
    ...head,
    topic: z.string().exactOptional(),
    coordinator: person.exactOptional(),
    deputyCoordinator: person.exactOptional(),
    dates: z.record(z.string(), day).meta({ description: 'By name, like `closesOn`.' }),
    steps: z.array(step),
    tasks: z.array(task),
    parties: z.array(member),
    conditions: z.array(condition),
    standing,
    submission: z.object({ number: z.string(), on: day }).exactOptional(),
    outcome: z
      .object({ outcome: z.enum(['granted', 'refused']), on: day, amount: z.number().exactOptional(), reason })
      .exactOptional(),
    paused: z.object({ since: instant, reason }).exactOptional(),
    ending: z
      .object({
        outcome: z.enum(['granted', 'refused', 'stopped', 'completed']),
        at: instant,
        open: z.array(key).meta({ description: 'What was still open then.' }),
        reason,
      })
      .exactOptional(),
    mayChange: z.boolean().meta({ description: 'Whether this token may say commands to the path.' }),
  })
  .meta({ id: 'Path' });

export const actor = z
  .object({
    kind: z.enum(['contact', 'coordinator', 'consultant', 'administrator', 'system']),
    via: z.enum(['link', 'web', 'cli', 'api', 'file', 'simulation', 'clock', 'mail']),
    personId: person.exactOptional(),
    onBehalfOf: party.exactOptional(),
  })
  .meta({ id: 'Actor' });

export const ask = z
  .object({
    key: z.string().meta({ examples: ['declaration-of-intent/nis:23102'] }),
    decision: key,
    party,
    body: key,
    status: z.enum([
      ...(['not-open', 'ready', 'requested', 'scheduled', 'adjourned', 'changed', 'rejected'] as const),
      ...(['approved', 'waived'] as const),
    ]),
    risk: z.enum(['none', 'tight', 'no-session-left', 'overdue', 'call']),
    dueOn: day,
    textsBy: day.exactOptional(),
    lastSession: day.exactOptional().meta({ description: 'The last session that makes the day.' }),
    lastCutoff: day.exactOptional().meta({ description: 'The last day to reach its agenda.' }),
    nextSession: day.exactOptional(),
    nextCutoff: day.exactOptional(),
    sessionsLeft: z.int(),
    isEstimate: z.boolean().meta({ description: 'The sessions follow from a pattern that nobody confirmed.' }),
    attempt: z.int().exactOptional(),
    textVersion: z.int().exactOptional(),
    requestedAt: instant.exactOptional(),
    answer: z
      .object({
        kind: z.enum(['scheduled', 'approved', 'approved-with-changes', 'adjourned', 'rejected']),
        sessionOn: day.exactOptional(),
        heldOn: day.exactOptional(),
        at: instant,
        by: actor.exactOptional().meta({ description: onlyWithPeople }),
        answeredBy: person.exactOptional(),
        changes: reason,
        reason,
        reference: reason,
      })
      .exactOptional(),
  })
  .meta({ id: 'Ask' });
