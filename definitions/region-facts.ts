/** What a region file knows of its municipalities: its own fields, then the table that it names, then where they lie. */
import { dirname, join } from 'node:path';
import type { PartyId } from '../domain/ids.ts';
import type { PartyFacts } from '../domain/state.ts';
import { adjoiningParties, readFactsFile, type ReadFacts } from './facts-file.ts';
import { withReferenceRegion } from './municipalities.ts';
import { displayName, type Source } from './read.ts';
import type { RawRegion } from './region-schema.ts';

/** The table that a region file names, from the folder of that file on; nothing when it names none. */
export function factsBeside({ facts }: Pick<RawRegion, 'facts'>, source: Source): ReadFacts {
  return facts === undefined
    ? { ok: true, facts: new Map() }
    : readFactsFile(displayName(join(dirname(source.file), facts)));
}

/** The same where there are no files. */
export const noFacts = ({ facts }: Pick<RawRegion, 'facts'>, source: Source): ReadFacts =>
  facts === undefined
    ? { ok: true, facts: new Map() }
    : {
        ok: false,
        problems: [
          source.problem(['facts'], 'no files are read here', 'inhabitants and adjoining of each municipality'),
        ],
      };

type Entry = RawRegion['municipalities'][number];

/** What the file itself says of a municipality counts for more than the table. */
export function factsOf(entry: Entry, party: PartyId, table: ReadonlyMap<PartyId, PartyFacts>): PartyFacts {
  const { inhabitants, adjoining } = entry;
  return withReferenceRegion(party, {
    ...table.get(party),
    ...(inhabitants !== undefined && { inhabitants }),
    ...(adjoining !== undefined && { adjoining: adjoiningParties(adjoining, party, () => undefined) }),
  });
}
