/**
 * Everything that the store holds about one person, by an address: to hand it over, or to take it out. A record stays whole when
 * somebody is taken out of it: who did something becomes the function in which they did it.
 */
import type { Account } from './accounts.ts';
import { createAccounts, removeAccountIn } from './accounts.ts';
import { holdSubject, undone } from './database.ts';
import { recordOf } from './events.ts';
import type { PathId } from '../domain/ids.ts';
import { changeTexts, replacing, rowsWith } from './personal-texts.ts';
import type { Db, PeopleTable } from './schema.ts';

/** Who is meant: all who go by an address or, where several people read one mailbox, one of them by name. */
export interface PersonAsked {
  address: string;
  name?: string;
}

export interface KnownPerson {
  people: PeopleTable[];
  account?: Account;
}

/** How many rows of each kind were changed or removed. */
export interface Erased {
  people: number;
  accounts: number;
  mails: number;
  incoming: number;
  codes: number;
  /** Notes, calls, reasons and other texts in which they were named. */
  texts: number;
  /** Files that they brought in: part of the record, and not looked into. */
  filesKept: number;
}

export interface Erasure {
  /** What stands where the name of one of these people stood: `secretaris van Wemmel`. */
  functionOf: (person: PeopleTable) => string;
  /** What stands where the name of the account stood. */
  roleOf: (account: Account) => string;
  /** What stands in texts where they were named. */
  inTexts: string;
}

export type PersonsStore = ReturnType<typeof createPersons>;

const same = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase();

export function createPersons(db: Db) {
  const find = async (trx: Db, { address, name }: PersonAsked): Promise<KnownPerson> => {
    const isNamed = (found: string): boolean => name === undefined || same(found, name);
    const all = await trx.selectFrom('people').selectAll().orderBy('id').execute();
    const byAddress = all.filter(({ email }) => same(email, address));
    // Who answers for others may be known by name alone, beside the mailbox that the link came to.
    const isBeside = (row: PeopleTable): boolean =>
      row.email === '' &&
      byAddress.some(
        (other) => other.path_id === row.path_id && other.party === row.party && same(row.name, name ?? other.name),
      );
    const people = all.filter((row) => (byAddress.includes(row) && isNamed(row.name)) || isBeside(row));
    const account = await createAccounts(trx, neverAsked).accountWith(address);
    return { people, ...(account && isNamed(account.name) && { account }) };
  };

  const erase = async (trx: Db, asked: PersonAsked, erasure: Erasure): Promise<Erased> => {
    const { people, account } = await find(trx, asked);
    const ids = [...people.map(({ id }) => id), ...(account ? [account.id] : []), NOBODY];
    const paths = pathsOf(people);
    // Nobody adds to a record while words are taken out of it.
    for (const path of [...paths].sort()) await holdSubject(trx, recordOf(path));
    const incoming = await trx
      .updateTable('inbound_mails')
      .set({ sender: '', subject: '', excerpt: '' })
      .where('person_id', 'in', ids)
      .where((eb) => eb.or([eb('sender', '!=', ''), eb('excerpt', '!=', '')]))
      .executeTakeFirst();
    const mails = await trx
      .updateTable('ledger')
      .set({ address: '', response: '' })
      .where('person_id', 'in', ids)
      .where('address', '!=', '')
      .executeTakeFirst();
    const theirs = trx.selectFrom('ledger').select('message_id').where('person_id', 'in', ids);
    await trx.updateTable('mail_facts').set({ detail: '' }).where('message_id', 'in', theirs).execute();
    const codes = await trx.deleteFrom('link_codes').where('person_id', 'in', ids).executeTakeFirst();
    if (account !== undefined) {
      for (const table of ['notes', 'calls'] as const)
        await trx
          .updateTable(table)
          .set({ author: erasure.roleOf(account) })
          .where('account_id', '=', account.id)
          .execute();
      await removeAccountIn(trx, account.id);
    }
    for (const person of people) {
      const now = {
        name: erasure.functionOf(person),
        email: '',
        function: '',
        phone: '',
        identity: `erased ${person.id}`,
      };
      await trx.updateTable('people').set(now).where('id', '=', person.id).execute();
    }
    const texts = await changeTexts(trx, paths, replacing(saidOf(asked, people, account), erasure.inTexts));
    const files = await trx.selectFrom('documents').select('id').where('created_by', 'in', ids).execute();
    return {
      ...{ people: people.length, accounts: account === undefined ? 0 : 1, texts, filesKept: files.length },
      mails: Number(mails.numUpdatedRows),
      incoming: Number(incoming.numUpdatedRows),
      codes: Number(codes.numDeletedRows),
    };
  };

  return {
    find: (asked: PersonAsked): Promise<KnownPerson> => find(db, asked),

    /** Every row about them, by table. Secrets (hashes of tokens and sessions) are left out. */
    async everythingOf(asked: PersonAsked): Promise<Record<string, unknown>> {
      const { people, account } = await find(db, asked);
      const ids = [...people.map(({ id }) => id), ...(account ? [account.id] : []), NOBODY];
      const paths = pathsOf(people);
      const of = account?.id ?? NOBODY;
      const mails = await db.selectFrom('ledger').selectAll().where('person_id', 'in', ids).execute();
      const numbers = [...mails.map(({ message_id }) => message_id), NOBODY];
      const events = await db
        .selectFrom('events')
        .selectAll()
        .where('path_id', 'in', [...paths, NOBODY])
        .execute();
      const named = await rowsWith(db, paths, replacing(saidOf(asked, people, account), '…'));
      const session = ['created_at', 'expires_at', 'agent'] as const;
      const token = ['name', 'role', 'created_at', 'expires_at', 'last_used_at'] as const;
      return {
        ...{ people, account, mails },
        mailFacts: await db.selectFrom('mail_facts').selectAll().where('message_id', 'in', numbers).execute(),
        incomingMails: await db.selectFrom('inbound_mails').selectAll().where('person_id', 'in', ids).execute(),
        events: events.filter(({ actor, data }) => ids.some((id) => (actor + data).includes(`"${id}"`))),
        notes: await db.selectFrom('notes').selectAll().where('account_id', '=', of).execute(),
        calls: await db
          .selectFrom('calls')
          .selectAll()
          .where((eb) => eb.or([eb('account_id', '=', of), eb('person_id', 'in', ids)]))
          .execute(),
        documents: await db.selectFrom('documents').selectAll().where('created_by', 'in', ids).execute(),
        namedIn: named
          .filter(({ place }) => place.table !== 'snapshots')
          .map(({ place, row, changed }) => ({
            table: place.table,
            key: place.key.map((key) => row[key]),
            texts: Object.keys(changed).map((column) => row[column]),
          })),
        sessions: await db.selectFrom('web_sessions').select(session).where('account_id', '=', of).execute(),
        apiTokens: await db.selectFrom('api_tokens').select(token).where('account_id', '=', of).execute(),
        identities: await db.selectFrom('account_identities').selectAll().where('account_id', '=', of).execute(),
        settings: await db.selectFrom('account_settings').selectAll().where('account_id', '=', of).execute(),
        regions: await db.selectFrom('account_regions').select('path_id').where('account_id', '=', of).execute(),
        drafts: await db.selectFrom('start_drafts').selectAll().where('account_id', '=', of).execute(),
      };
    },

    /** Takes them out, all or nothing. Throws `last-administrator`. */
    erase: (asked: PersonAsked, erasure: Erasure): Promise<Erased> =>
      db.transaction().execute((trx) => erase(trx, asked, erasure)),

    /** What `erase` would do. */
    foreseeErasure: (asked: PersonAsked, erasure: Erasure): Promise<Erased> =>
      undone(db, (trx) => erase(trx, asked, erasure)),
  };
}

/** An id that nobody has: a list of none is no list for a database. */
const NOBODY = '-';
/** Nothing here is about a moment. */
const neverAsked = (): never => {
  throw new Error('no clock is needed here');
};

const pathsOf = (people: readonly PeopleTable[]): PathId[] => [
  ...new Set(people.map(({ path_id }) => path_id as PathId)),
];

const saidOf = ({ address }: PersonAsked, people: readonly PeopleTable[], account: Account | undefined) => ({
  names: [...people.map(({ name }) => name), ...(account ? [account.name] : [])],
  exact: [address.trim(), ...people.map(({ phone }) => phone)],
});
