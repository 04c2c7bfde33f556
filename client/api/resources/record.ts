/** The record of one path: its events, its people and its mails. */
import { z } from 'zod';
import type { PathState } from '../../../domain/state.ts';
import type { PersonId } from '../../../domain/ids.ts';
import type { LedgerEntry, MailFact } from '../../../store/ledger.ts';
import type { Person } from '../../../store/people.ts';
import { cut, limitOf, numberAfter, pageIn, pageOf, pageQuery } from '../cursor.ts';
import { type Operation, pathOperation } from '../operation.ts';
import { event, mail, someone } from '../schemas/record.ts';

const query = z.strictObject(pageQuery);

/** Who speaks for a party, or coordinates, today. */
function presentIn(state: PathState): ReadonlySet<PersonId> {
  const parties = Object.values(state.parties).flatMap((party) =>
    party?.leftOn === undefined ? [party?.contact, party?.deputy] : [],
  );
  const all = [state.coordinator, state.deputyCoordinator, ...parties];
  return new Set(all.flatMap((id) => id ?? []));
}

const personView = ({ id, role, name, party, email, phone, ...person }: Person, present: ReadonlySet<PersonId>) => ({
  ...{ id, role, name },
  ...(party !== undefined && { party }),
  ...(email !== undefined && { email }),
  ...(person.function !== undefined && { function: person.function }),
  ...(phone !== undefined && { phone }),
  isPresent: present.has(id),
});

const mailView = (entry: LedgerEntry, facts: readonly MailFact[]) => ({
  ...{ id: entry.messageId, kind: entry.kind, day: entry.day, to: entry.person, address: entry.address },
  ...{ subject: entry.subject, outcome: entry.outcome, attempts: entry.attempts, firstAt: entry.firstAt },
  ...(entry.acceptedAt !== undefined && { acceptedAt: entry.acceptedAt }),
  // The server's own words stay in the store.
  facts: facts.map(({ at, fact, code }) => ({ at, fact, code })),
});

const mailKey = ({ firstAt, messageId }: LedgerEntry): string => `${firstAt} ${messageId}`;

export const recordOperations: Operation[] = [
  pathOperation(
    {
      ...{ id: 'listEvents', method: 'GET', path: '/paths/{path}/events', tag: 'paths', status: 200, needs: 'see' },
      summary: 'What happened to a path, in order',
      description: `The permanent record. Keep \`next\`, or the number of the last event, to ask later for what is new.`,
    },
    { query, answer: pageOf(event) },
    async ({ web, open: { state }, query: page }) => {
      const most = limitOf(page);
      const events = await web.store.events.eventsOf(state.id, { after: numberAfter(page), limit: most + 1 });
      const { items, next } = cut(events, most, ({ seq }) => String(seq));
      return { items: items.map((each) => ({ ...each, data: { ...each.data } })), ...(next !== undefined && { next }) };
    },
  ),

  pathOperation(
    {
      ...{ id: 'listPeople', method: 'GET', path: '/paths/{path}/people', tag: 'paths', status: 200, needs: 'see' },
      summary: 'Who the people of a path are',
      description: `Everywhere else they go by their id. Earlier contacts stay on the list.`,
    },
    { query: z.strictObject({}), answer: z.object({ items: z.array(someone) }) },
    async ({ web, open: { state } }) => {
      const present = presentIn(state);
      return { items: (await web.store.people.peopleOf(state.id)).map((each) => personView(each, present)) };
    },
  ),

  pathOperation(
    {
      ...{ id: 'listMails', method: 'GET', path: '/paths/{path}/mails', tag: 'paths', status: 200, needs: 'see' },
      summary: 'The mails of a path, and what became of each',
      description: `By the moment at which each was first sent.`,
    },
    { query, answer: pageOf(mail) },
    async ({ web, open: { state }, query: page }) => {
      const entries = (await web.store.ledger.entriesOf(state.id)).toSorted((a, b) =>
        mailKey(a) < mailKey(b) ? -1 : 1,
      );
      const { items, next } = pageIn(entries, page, mailKey);
      const facts = await web.store.ledger.factsOf(items.map(({ messageId }) => messageId));
      return {
        items: items.map((entry) => mailView(entry, facts.get(entry.messageId) ?? [])),
        ...(next !== undefined && { next }),
      };
    },
  ),
];
