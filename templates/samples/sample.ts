/** What a sample of a mail is, and the people and dates that all of them share. Places are real, people are made up. */
import { asLocalDate, asPartyId, asPathId, asPersonId, type LocalDate } from '../../domain/ids.ts';
import type { AskItem, MailKind, Message, MessageItem } from '../../domain/message.ts';
import type { MailContext, PathTexts } from '../mail-context.ts';

export interface MailSample {
  /** Stable: the gallery's file is named after it. */
  name: string;
  message: Message;
  /** What differs from the usual context. */
  context?: (usual: MailContext) => Partial<MailContext>;
  /** Sent to who coordinates, to be looked at. */
  isTest?: boolean;
}

export const day = (text: string): LocalDate => asLocalDate(text);
export const wemmel = asPartyId('nis:23102');
export const board = asPartyId('board');
/** Somebody whose address is not known. */
export const jan = asPersonId('noordrand-2033.3');
const an = asPersonId('noordrand-2033.2');

export const ask: AskItem = {
  type: 'ask',
  kind: 'request',
  decision: 'declaration-of-intent',
  party: wemmel,
  body: 'council',
  attempt: 1,
  textVersion: 1,
  status: 'requested',
  dueOn: day('2031-06-30'),
  nextSession: day('2031-05-20'),
  nextCutoff: day('2031-05-12'),
  lastSession: day('2031-06-24'),
  lastCutoff: day('2031-06-16'),
  assumed: false,
};
/** Only the last session is left. */
export const onlyLast = { nextSession: day('2031-06-24'), nextCutoff: day('2031-06-16') };
/** The next session comes after the deadline. */
export const tooLate = { nextSession: day('2031-09-23'), nextCutoff: day('2031-09-15') };
export const boardAsk: AskItem = { ...ask, decision: 'internal-rules', party: board, body: 'board', assumed: true };

/** @param texts the words of the path `igs-cultuur` */
export const usualContext = (texts: PathTexts): MailContext => ({
  partnership: 'Cultuur Noordrand',
  person: { name: 'An Peeters', email: 'an@example.org' },
  coordinator: { name: 'Els Janssens', email: 'els@example.org' },
  texts,
  link: 'https://regiopad.example.org/m/eyJhbGciOiJIUzI1NiIsImtpZCI6ImsxIn0.eyJwYXRoIjoibm9vcmRyYW5kLTIwMzMifQ.c2lnbmF0dXJl',
  code: { code: 'K7QW-0R2M-9XTA', page: 'https://regiopad.example.org/m/code' },
  contactOf: (party) =>
    party === wemmel ? { name: 'An Peeters', function: 'algemeen directeur', email: 'an@example.org' } : undefined,
  someone: (id) => (id === jan ? { name: 'Jan Smets' } : { name: 'An Peeters', email: 'an@example.org' }),
  movedReason: () => undefined,
  sessionsFor: () => ask,
  usualBody: (decision) => (decision === 'internal-rules' ? 'board' : 'council'),
});

export function sample(
  name: string,
  role: Message['role'],
  items: MessageItem[],
  on = '2031-04-01',
  context?: MailSample['context'],
): MailSample {
  const kind: MailKind = items[0]?.kind ?? 'reminder';
  const message: Message = {
    key: `noordrand-2033/${an}/${kind}/${on}`,
    path: asPathId('noordrand-2033'),
    to: an,
    role,
    ...(role !== 'coordinator' && { party: wemmel, linkGeneration: 1 }),
    kind,
    day: day(on),
    items,
  };
  return { name, message, ...(context && { context }) };
}
