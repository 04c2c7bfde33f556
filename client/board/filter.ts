/** Which regions of a list are asked for. */
import type { ItemKey } from '../../domain/definition.ts';
import type { PartyId, PathId } from '../../domain/ids.ts';
import type { BoardRow } from './row.ts';

export interface BoardFilter {
  /** The key of a round. */
  round?: string;
  /** A reference region, by its name. */
  region?: string;
  /** A step that is under way. */
  step?: ItemKey;
  municipality?: PartyId;
  /** The id of an account: the regions that were assigned to it. */
  consultant?: string;
  /** Words that all occur in the names of partnership, region, topic or municipalities. */
  text?: string;
}

/** As people look for it: without accents, capitals and punctuation. */
export const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** All the names of a region in which text is looked for. */
export const namesOf = ({ partnership, referenceRegion = '', topic = '', parties, path }: BoardRow): string =>
  plain([partnership, referenceRegion, topic, path, ...parties.map(({ name }) => name)].join(' '));

const underWay: readonly string[] = ['open', 'tight', 'bad'];

/** @param assigned the regions of the consultant that the filter names */
export function matcher(
  filter: BoardFilter,
  assigned: ReadonlySet<PathId> | undefined,
): (row: BoardRow, names: string) => boolean {
  const words = plain(filter.text ?? '').split(' ');
  return (row, names) =>
    (filter.round === undefined || row.round?.key === filter.round) &&
    (filter.region === undefined || row.referenceRegion === filter.region) &&
    (filter.step === undefined ||
      row.standing.steps.some(({ step, sign }) => step === filter.step && underWay.includes(sign))) &&
    (filter.municipality === undefined || row.parties.some(({ id }) => id === filter.municipality)) &&
    (assigned === undefined || assigned.has(row.path)) &&
    words.every((word) => names.includes(word));
}
