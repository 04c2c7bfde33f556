/** Which link a typed code stands for. The codes themselves are not kept. */
import type { LocalDate, PartyId, PathId, PersonId } from '../domain/ids.ts';
import type { Db } from './schema.ts';

export interface KeptCode {
  /** Lower-case hexadecimal SHA-256 of the code. */
  hash: string;
  /** The id of the key from which the code was made: it stops when that key is retired. */
  key: string;
  path: PathId;
  party: PartyId;
  person: PersonId;
  generation: number;
  /** The link opens until this day begins. */
  expires: LocalDate;
}

export type LinkCodesStore = ReturnType<typeof createLinkCodes>;

export function createLinkCodes(db: Db) {
  return {
    /** The same code again is the same link; it may last longer by now. */
    async keep({ hash, key, path, party, person, generation, expires }: KeptCode): Promise<void> {
      await db
        .insertInto('link_codes')
        .values({ hash, key_id: key, path_id: path, party, person_id: person, generation, expires })
        .onConflict((conflict) => conflict.column('hash').doUpdateSet({ expires }))
        .execute();
    },

    async find(hash: string): Promise<KeptCode | undefined> {
      const row = await db.selectFrom('link_codes').selectAll().where('hash', '=', hash).executeTakeFirst();
      return (
        row && {
          hash,
          key: row.key_id,
          path: row.path_id as PathId,
          party: row.party as PartyId,
          person: row.person_id as PersonId,
          generation: row.generation,
          expires: row.expires as LocalDate,
        }
      );
    },
  };
}
