/** From the form of the five answers to what a path is told. */
import type { AnswerData } from '../../../domain/commands.ts';
import { addDays } from '../../../domain/dates.ts';
import type { ItemKey } from '../../../domain/definition.ts';
import type { LocalDate, PartyId } from '../../../domain/ids.ts';
import { type AnswerKind, answerKinds } from '../../../domain/state.ts';
import { FARTHEST_DAYS, type FormReader } from '../forms/reader.ts';
import { dateField, type Refused } from '../forms/refused.ts';
import { first } from '../forms/values.ts';
import { OTHER, UNKNOWN } from './form.ts';

/** The names of each answer's fields begin with this. */
const prefixes: Record<AnswerKind, string> = {
  scheduled: 'scheduled',
  approved: 'approved',
  'approved-with-changes': 'changed',
  adjourned: 'adjourned',
  rejected: 'rejected',
};

/** The day from the list or from the field beside it. A person has to fill in one of them. */
function pickedDay(reader: FormReader, name: string): LocalDate | undefined {
  const session = first(reader.body, `${name}.session`);
  const isElsewhere = session === OTHER || (session === '' && first(reader.body, `${name}.date`).trim() !== '');
  if (isElsewhere) return reader.day(`${name}.date`, { required: true });
  if (session === '') {
    reader.wrong(`${name}.session`, 'choose-session');
    return undefined;
  }
  return reader.day(`${name}.session`);
}

function newSession(reader: FormReader): LocalDate | undefined {
  const session = first(reader.body, 'adjourned.to.session');
  const isEmpty = first(reader.body, 'adjourned.to.date').trim() === '';
  if ((session === UNKNOWN || session === '') && isEmpty) return undefined;
  if (session === UNKNOWN) return reader.day('adjourned.to.date');
  return pickedDay(reader, 'adjourned.to');
}

/** The answer, or undefined when the reader holds what is wrong with the form. */
export function readAnswer(
  reader: FormReader,
  decision: ItemKey,
  party: PartyId,
  today: LocalDate,
): AnswerData | undefined {
  const answer = reader.choice('answer', answerKinds);
  if (answer === undefined) return undefined;
  const prefix = prefixes[answer];
  const on = pickedDay(reader, prefix);
  if (on !== undefined && on > addDays(today, FARTHEST_DAYS)) reader.wrong(`${prefix}.date`, 'too-far');
  const to = answer === 'adjourned' ? newSession(reader) : undefined;
  const changes = answer === 'approved-with-changes' ? reader.text('changed.changes', { required: true }) : undefined;
  const hasReason = answer === 'adjourned' || answer === 'rejected';
  const reason = hasReason ? reader.text(`${prefix}.reason`) : undefined;
  const hasReference = answer === 'approved' || answer === 'approved-with-changes' || answer === 'rejected';
  const reference = hasReference ? reader.webAddress(`${prefix}.reference`) : undefined;
  if (on === undefined || !reader.isComplete) return undefined;
  return {
    ...{ party, decision, answer, on },
    ...(to !== undefined && { to }),
    ...(changes !== undefined && { changes }),
    ...(reason !== undefined && { reason }),
    ...(reference !== undefined && { reference }),
  };
}

/** The field that a refusal is about, or undefined when it is about the answer as a whole. */
export function fieldOfRefusal(reader: FormReader, { code, detail }: Refused): string | undefined {
  const answer = answerKinds.find((kind) => kind === first(reader.body, 'answer'));
  if (answer === undefined) return undefined;
  const picked = (name: string): string => {
    const isListed = ![OTHER, '', UNKNOWN].includes(first(reader.body, `${name}.session`));
    return isListed ? `${name}.session` : `${name}.date`;
  };
  switch (code) {
    case 'session-in-past':
    case 'session-in-future':
    case 'invalid-date':
    case 'date-too-far':
      return dateField(
        reader.body,
        [picked(prefixes[answer]), ...(answer === 'adjourned' ? [picked('adjourned.to')] : [])],
        {
          code,
          ...(detail && { detail }),
        },
      );
    case 'new-session-not-later':
      return picked('adjourned.to');
    case 'changes-missing':
      return 'changed.changes';
    default:
      return undefined;
  }
}
