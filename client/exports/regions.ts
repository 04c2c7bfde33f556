/** The tables of those regions that a viewer may read, region by region. */
import { localDay } from '../../domain/dates.ts';
import { asPathId, type PathId } from '../../domain/ids.ts';
import { mayRead, maySee, type Viewer } from '../access/viewer.ts';
import type { BoardFilter } from '../board/board.ts';
import { othersTurn } from '../portions.ts';
import { type Dossier, readDossier, readDossiers } from '../web/dossier.ts';
import type { Web } from '../web/web.ts';
import { columnsFrom, type ColumnSpec, type Row, type Table } from './table.ts';
import { type TableName, tables } from './tables.ts';

export interface ExportFilter extends BoardFilter {
  /** One path only. */
  path?: string;
}

/**
 * Undefined for one path that is not there or that the viewer may not read, for a table of people without a path, and for what
 * is all personal when the viewer only reads.
 */
export async function tableFor(
  web: Web,
  viewer: Viewer,
  name: TableName,
  filter: ExportFilter,
): Promise<Table | undefined> {
  const { texts } = web.pages;
  const source = tables[name];
  const one = filter.path === undefined ? undefined : await readable(web, viewer, asPathId(filter.path));
  if (filter.path !== undefined && one === undefined) return undefined;
  const seesPeople = one === undefined ? viewer.role !== 'reader' : maySee(viewer, one.state);
  if (source.isPersonal === true && !seesPeople) return undefined;
  if (source.isOneByOne === true && one === undefined) return undefined;
  const columns = source.columns.filter(({ isPersonal }) => seesPeople || isPersonal !== true);
  const today = localDay(web.clock());
  const dossiers = one === undefined ? all(web, viewer, filter) : [one];
  return {
    name,
    file: [name, one?.state.id, today].filter(Boolean).join('-'),
    title: texts.text(`export.table.${name}`),
    columns: columnsFrom(texts, columns),
    rows: rowsOf(dossiers, async (dossier) => {
      const sees = maySee(viewer, dossier.state);
      if (source.isPersonal === true && !sees) return [];
      const rows = await source.rowsOf(dossier, web.store);
      return sees ? rows : rows.map((row) => impersonal(row, source.columns));
    }),
  };
}

async function readable(web: Web, viewer: Viewer, path: PathId): Promise<Dossier | undefined> {
  const dossier = await readDossier(web, path);
  return dossier !== undefined && mayRead(viewer, dossier.state) ? dossier : undefined;
}

/** In the order of the overview: what weighs most comes first. */
async function* all(web: Web, viewer: Viewer, filter: BoardFilter): AsyncGenerator<Dossier> {
  const paths = (await web.board.regions(viewer, filter)).map(({ path }) => path);
  for await (const dossier of readDossiers(web, paths)) {
    if (mayRead(viewer, dossier.state)) yield dossier;
  }
}

async function* rowsOf(
  dossiers: AsyncIterable<Dossier> | Iterable<Dossier>,
  rows: (dossier: Dossier) => Promise<Row[]>,
): AsyncGenerator<Row[]> {
  for await (const dossier of dossiers) {
    yield await rows(dossier);
    await othersTurn();
  }
}

/** A row of a region whose people the viewer may not see. */
const impersonal = (row: Row, columns: readonly ColumnSpec[]): Row =>
  Object.fromEntries(
    columns.map(({ key, isPersonal }) => [key, isPersonal === true ? null : withoutFile(key, row[key] ?? null)]),
  );

/** What a file is called, or what was typed in place of an address, can name somebody: an address that is published cannot. */
const withoutFile = (key: string, value: Row[string]): Row[string] =>
  key === 'proof' && typeof value === 'string' && !/^https?:\/\//i.test(value) ? null : (value ?? null);
