/** What people write down about a path, whom they call, and the municipalities over all paths. */
import { z } from 'zod';
import { party as saidParty, line, paragraph, personId } from '../../../definitions/fields.ts';
import { expecting } from '../../../definitions/issues.ts';
import { day as saidDay } from '../../../definitions/schema.ts';
import { callOutcomes } from '../../../store/calls.ts';
import { CALL_NOTE_LENGTH } from '../../services/calls.ts';
import { NOTE_LENGTH } from '../../services/notes.ts';
import { choiceOf, day, instant, key, party, person } from './common.ts';
import { ask, concern, member, statuses } from './path.ts';

const via = z.enum(['web', 'api']).meta({ description: 'On a page, or by this API.' });
const author = z.string().meta({ description: 'By the name that they had then.' });

export const note = z
  .object({
    id: z.string(),
    party: party.exactOptional().meta({ description: 'Absent when it is about the whole region.' }),
    ...{ author, via, createdAt: instant },
    text: z.string().exactOptional().meta({ description: 'Absent once it was removed.' }),
    removedAt: instant.exactOptional(),
  })
  .meta({ id: 'Note' });

export const saidNote = z
  .strictObject(
    { text: paragraph('what is noted', NOTE_LENGTH), party: saidParty.exactOptional() },
    expecting('text, and party when it is about one municipality'),
  )
  .meta({ id: 'NewNote' });

const outcome = choiceOf(callOutcomes).meta({
  description: '`spoken`, `not-reached`, `called-back` (who was called rang back) or `later` (it is for another day).',
});

export const call = z
  .object({
    id: z.string(),
    party: party.exactOptional().meta({ description: 'Absent when the coordinator was called about the region.' }),
    person: person.exactOptional(),
    concerns: z.array(z.string()).meta({ description: 'The keys of what it was about.' }),
    ...{ author, via, outcome, at: instant },
    note: z.string(),
    nextAction: z.string().meta({ description: 'Empty when nothing was agreed.' }),
    nextOn: day.exactOptional(),
  })
  .meta({ id: 'Call' });

const MOST_CONCERNS = 100;

export const saidCall = z
  .strictObject(
    {
      party: saidParty.exactOptional(),
      person: personId.exactOptional().meta({ description: 'Who was called: somebody of this path.' }),
      concerns: z
        .array(line('the key of a concern', 200))
        .max(MOST_CONCERNS)
        .exactOptional()
        .meta({ description: 'Keys as the call list names them. One that has passed meanwhile is left out.' }),
      outcome,
      note: paragraph('what was said', CALL_NOTE_LENGTH).exactOptional(),
      nextAction: paragraph('what comes next', CALL_NOTE_LENGTH).exactOptional(),
      nextOn: saidDay.exactOptional().meta({ description: 'From today until a year from now.' }),
    },
    expecting('outcome, and what else is known of the call'),
  )
  .meta({ id: 'NewCall' });

export const callToMake = z
  .object({
    path: z.string(),
    partnership: z.string(),
    party: party.exactOptional().meta({ description: 'Absent when the coordinator is called.' }),
    person: z
      .object({
        id: person,
        name: z.string(),
        function: z.string().exactOptional(),
        phone: z.string().exactOptional(),
        email: z.string().exactOptional(),
      })
      .exactOptional(),
    say: z.string().exactOptional().meta({ description: 'A sentence to begin with, in Dutch.' }),
    concerns: z.array(concern).meta({ description: 'The weightiest first; empty when only a planned step is due.' }),
    isMine: z.boolean().meta({ description: 'About one of the own regions of who asks.' }),
    isDue: z.boolean().meta({ description: 'The last call planned something for today or earlier.' }),
    last: call.exactOptional().meta({ description: 'The last call to them about this region.' }),
  })
  .meta({ id: 'CallToMake' });

const municipalityHead = {
  id: party,
  nis: z.string().meta({ examples: ['23102'] }),
  name: z.string(),
  referenceRegion: z.string().exactOptional(),
};

export const municipality = z
  .object({ ...municipalityHead, paths: z.array(z.string()).meta({ description: 'The ids of its paths.' }) })
  .meta({ id: 'Municipality' });

export const municipalityDetail = z
  .object({
    ...municipalityHead,
    formerly: z.array(z.string()).meta({ description: 'The municipalities that became this one.' }),
    ended: z
      .object({ on: day, successor: z.object({ nis: z.string(), name: z.string() }) })
      .exactOptional()
      .meta({ description: 'Of one that is part of another now.' }),
    paths: z.array(
      z.object({
        path: z.string(),
        partnership: z.string(),
        definition: key,
        status: z.enum(statuses),
        member: member.meta({ description: 'How it takes part; with its contact for who may see people.' }),
        asks: z.array(ask),
      }),
    ),
  })
  .meta({ id: 'MunicipalityOverPaths' });
