/** What a table is made of: its columns, who may have it, and its rows for one path at a time. */
import { nisOf, type PartyId } from '../../../domain/ids.ts';
import type { Store } from '../../../store/store.ts';
import { capital } from '../../dutch/format.ts';
import type { Dossier } from '../../web/dossier.ts';
import type { ColumnSpec, Row } from '../table.ts';

export interface TableSource {
  columns: readonly ColumnSpec[];
  /** All of it is personal: only of paths whose people the viewer may see. */
  isPersonal?: boolean;
  /** Of one path at a time. */
  isOneByOne?: boolean;
  rowsOf: (dossier: Dossier, written: WrittenStores) => Row[] | Promise<Row[]>;
}

/** What people wrote beside the record. */
export type WrittenStores = Pick<Store, 'calls' | 'notes'>;

/** A table whose rows have each of its columns. */
export const define = <Key extends string>(source: {
  columns: readonly ColumnSpec<Key>[];
  isPersonal?: boolean;
  isOneByOne?: boolean;
  rowsOf: (dossier: Dossier, written: WrittenStores) => Row<Key>[] | Promise<Row<Key>[]>;
}): TableSource => source;

export const place = (dossier: Dossier) => ({ path: dossier.state.id, partnership: dossier.partnership });

export const municipal = ({ words }: Dossier, party: PartyId) => ({
  party: capital(words.party(party)),
  nis: nisOf(party) ?? null,
});

/** The same of what may be about the whole region. */
export const about = (dossier: Dossier, party: PartyId | undefined) =>
  party === undefined ? { party: null, nis: null } : municipal(dossier, party);
