/** Who people are: the only place with names and addresses. Everything else says `<path>.<n>`. */
import { asPersonId, type Instant, type PartyId, type PathId, type PersonId } from '../domain/ids.ts';
import { exclusively } from './database.ts';
import type { Db, PeopleTable } from './schema.ts';

/** `colleague`: somebody who answered for a party without being its contact. */
export type PersonRole = 'contact' | 'deputy' | 'colleague' | 'coordinator' | 'deputy-coordinator';

export interface Person {
  id: PersonId;
  path: PathId;
  party?: PartyId;
  role: PersonRole;
  name: string;
  email?: string;
  function?: string;
  phone?: string;
  createdAt: Instant;
}

export interface NewPerson {
  path: PathId;
  /** Absent for who coordinates the path. */
  party?: PartyId;
  role: PersonRole;
  name: string;
  email?: string;
  function?: string;
  phone?: string;
}

export type PeopleStore = ReturnType<typeof createPeople>;

export function createPeople(db: Db, now: () => Instant) {
  return {
    /**
     * The id of a person, the same each time: one party's people with one name and address are one person, also when a
     * deputy becomes the contact. A shared mailbox can be several people, so the name counts too.
     */
    ensurePerson(person: NewPerson): Promise<PersonId> {
      return exclusively(db, peopleOf(person.path), (trx) => ensured(trx, person, now()));
    },

    /** The same of several at once, all of one path: their ids in the same order. */
    ensurePeople(path: PathId, people: readonly Omit<NewPerson, 'path'>[]): Promise<PersonId[]> {
      return exclusively(db, peopleOf(path), async (trx) => {
        const ids: PersonId[] = [];
        for (const person of people) ids.push(await ensured(trx, { path, ...person }, now()));
        return ids;
      });
    },

    /**
     * The id of somebody with other details. Nobody's details are ever overwritten, so that what was said under the earlier
     * ones still reads as it was said: other details are another person, who answers to the name and address from now on.
     * The same details twice are one person.
     */
    async changedPerson(person: NewPerson): Promise<PersonId> {
      return exclusively(db, peopleOf(person.path), async (trx) => {
        const known = await byIdentity(trx, person);
        if (known !== undefined) {
          if (known.function === tidy(person.function ?? '') && known.phone === tidy(person.phone ?? ''))
            return asPersonId(known.id);
          const identity = `${known.identity} ${known.id}`;
          await trx.updateTable('people').set({ identity }).where('id', '=', known.id).execute();
        }
        return insert(trx, person, now());
      });
    },

    async person(id: PersonId): Promise<Person | undefined> {
      const row = await db.selectFrom('people').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? undefined : fromRow(row);
    },

    /** Several, by their ids; who is not there is left out. */
    async people(ids: readonly PersonId[]): Promise<Map<PersonId, Person>> {
      if (ids.length === 0) return new Map();
      const rows = await db.selectFrom('people').selectAll().where('id', 'in', ids).execute();
      return new Map(rows.map((row) => [asPersonId(row.id), fromRow(row)]));
    },

    /** In the order of their numbers. */
    async peopleOf(path: PathId): Promise<Person[]> {
      const rows = await db.selectFrom('people').selectAll().where('path_id', '=', path).execute();
      return rows.map(fromRow).sort((a, b) => numberOf(a.id) - numberOf(b.id));
    },

    /** The same of several paths, in one question. */
    async peopleOfAll(paths: readonly PathId[]): Promise<Map<PathId, Person[]>> {
      if (paths.length === 0) return new Map();
      const rows = await db.selectFrom('people').selectAll().where('path_id', 'in', paths).execute();
      const byPath = Map.groupBy(rows.map(fromRow), ({ path }) => path);
      for (const people of byPath.values()) people.sort((a, b) => numberOf(a.id) - numberOf(b.id));
      return byPath;
    },

    /** The coordinators and deputies with an address, over all paths; whether they still are is in each path's state. */
    async coordinatorsWith(email: string): Promise<Person[]> {
      const all = db.selectFrom('people').selectAll().where('party', '=', '');
      const rows = await all.orderBy('created_at').orderBy('id').execute();
      return rows.filter((row) => row.email.toLowerCase() === email.trim().toLowerCase()).map(fromRow);
    },
  };
}

const peopleOf = (path: PathId): string => `people/${path}`;

const byIdentity = (db: Db, person: NewPerson): Promise<PeopleTable | undefined> =>
  db
    .selectFrom('people')
    .selectAll()
    .where('path_id', '=', person.path)
    .where('party', '=', person.party ?? '')
    .where('identity', '=', identityOf(person))
    .executeTakeFirst();

async function ensured(db: Db, person: NewPerson, at: Instant): Promise<PersonId> {
  const known = await byIdentity(db, person);
  return known === undefined ? insert(db, person, at) : asPersonId(known.id);
}

async function insert(db: Db, person: NewPerson, at: Instant): Promise<PersonId> {
  const id = asPersonId(`${person.path}.${await nextNumber(db, person.path)}`);
  await db
    .insertInto('people')
    .values({
      id,
      path_id: person.path,
      party: person.party ?? '',
      role: person.role,
      name: tidy(person.name),
      email: (person.email ?? '').trim(),
      function: tidy(person.function ?? ''),
      phone: tidy(person.phone ?? ''),
      identity: identityOf(person),
      created_at: at,
    })
    .execute();
  return id;
}

async function nextNumber(db: Db, path: PathId): Promise<number> {
  const row = await db
    .insertInto('person_numbers')
    .values({ path_id: path, last: 1 })
    .onConflict((conflict) =>
      conflict.column('path_id').doUpdateSet((eb) => ({ last: eb('person_numbers.last', '+', 1) })),
    )
    .returning('last')
    .executeTakeFirstOrThrow();
  return row.last;
}

/** One line, single spaces: names go into headers and greetings. */
const tidy = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();

const identityOf = (person: NewPerson): string =>
  [(person.email ?? '').trim().toLowerCase(), tidy(person.name).toLowerCase()].join(' ');

/** Whether mail to both goes to one mailbox; two people without an address share none. */
export const isSameAddress = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && one.trim().toLowerCase() === other?.trim().toLowerCase();

const numberOf = (id: PersonId): number => Number(id.slice(id.lastIndexOf('.') + 1));

const fromRow = (row: PeopleTable): Person => ({
  id: asPersonId(row.id),
  path: row.path_id as PathId,
  ...(row.party === '' ? {} : { party: row.party as PartyId }),
  role: row.role as PersonRole,
  name: row.name,
  ...(row.email === '' ? {} : { email: row.email }),
  ...(row.function === '' ? {} : { function: row.function }),
  ...(row.phone === '' ? {} : { phone: row.phone }),
  createdAt: row.created_at as Instant,
});
