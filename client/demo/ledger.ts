/** The mail ledger of the two years that a demo region has behind it: every mail was taken by a mail server that never was. */
import { messageIdOf, senderFrom } from '../../activities/outgoing.ts';
import { mailContext } from '../../activities/mail-context.ts';
import type { PathEvent } from '../../domain/events.ts';
import type { Instant } from '../../domain/ids.ts';
import type { Message } from '../../domain/message.ts';
import type { PathState } from '../../domain/state.ts';
import type { MailFactKind } from '../../store/ledger.ts';
import type { LedgerTable } from '../../store/schema.ts';
import type { Store } from '../../store/store.ts';
import { renderSubject } from '../../templates/render-mail.ts';
import { createTexts } from '../../worker/texts.ts';

export interface SentMail {
  message: Message;
  at: Instant;
  /** Of the path right after it. */
  state: PathState;
}

const ADDRESS = 'https://regiopad.example.org/';
/** Of the mail only the subject is kept. */
const links = { contactLink: () => Promise.resolve(ADDRESS), pathUrl: () => ADDRESS };
const TAKEN = '250 2.0.0 demo';
const BOUNCED = '550 5.1.1 demo: user unknown';
const ROWS_AT_ONCE = 60;

interface LedgerOf {
  store: Store;
  /** Of who sends. */
  mailFrom: string;
  partnership: string;
}

/** A mail that is in the ledger already is left alone. */
export async function keepLedger(
  { store, mailFrom, partnership }: LedgerOf,
  events: readonly PathEvent[],
  mails: readonly SentMail[],
): Promise<void> {
  const [first] = mails;
  if (first === undefined) return;
  const { id, definition, topic } = first.state;
  const sender = senderFrom(mailFrom);
  const texts = createTexts()(definition.key, topic);
  const people = new Map((await store.people.peopleOf(id)).map((person) => [person.id, person]));
  const rows: LedgerTable[] = [];
  for (const { message, at, state } of mails) {
    const person = people.get(message.to);
    if (person === undefined) throw new Error(`${id} mailed ${message.to}, whom nobody knows`);
    const context = await mailContext({ state, partnership, people, texts }, links, message, person);
    rows.push({
      ...{ message_id: messageIdOf(message.key, sender), message_key: message.key, path_id: id },
      ...{ person_id: message.to, kind: message.kind, day: message.day, subject: renderSubject(message, context) },
      ...{ address: person.email ?? '', outcome: 'accepted', attempts: 1, first_at: at, accepted_at: at },
      response: TAKEN,
    });
  }
  const taken = rows.map(({ message_id, first_at: at }) => ({ message_id, seq: 1, at, ...factOf('accepted', TAKEN) }));
  const back = events.flatMap((event) =>
    event.type === 'mail-returned'
      ? [{ message_id: messageIdOf(event.data.key, sender), seq: 2, at: event.at, ...factOf('bounced', BOUNCED) }]
      : [],
  );
  const facts = [...taken, ...back];
  await store.db.transaction().execute(async (trx) => {
    for (const some of inParts(rows))
      await trx
        .insertInto('ledger')
        .values(some)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    for (const some of inParts(facts))
      await trx
        .insertInto('mail_facts')
        .values(some)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
  });
}

const factOf = (fact: MailFactKind, detail: string) => ({ fact, code: detail.slice(0, 9), detail });

/** Databases limit how many values a query may have. */
const inParts = <Row>(rows: readonly Row[]): Row[][] =>
  Array.from({ length: Math.ceil(rows.length / ROWS_AT_ONCE) }, (_part, index) =>
    rows.slice(index * ROWS_AT_ONCE, (index + 1) * ROWS_AT_ONCE),
  );
