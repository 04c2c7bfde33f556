/**
 * A table with what is known of municipalities: `municipality,inhabitants,adjoining`, the adjoining ones with `;` between them.
 * It may hold more municipalities than one region has, so that several regions can share it. Cells may be empty.
 */
import type { PartyId } from '../domain/ids.ts';
import type { PartyFacts } from '../domain/state.ts';
import { type CsvRow, csvRows } from './csv.ts';
import { inhabitants, municipalityOf } from './fields.ts';
import type { Problem } from './problem.ts';
import { readText } from './read.ts';

const COLUMNS = ['municipality', 'inhabitants', 'adjoining'];

/** They cannot take part, so nobody needs to know of them. */
const OUTSIDE = 'neighbours outside Flanders are left out';

export type ReadFacts = { ok: true; facts: ReadonlyMap<PartyId, PartyFacts> } | { ok: false; problems: Problem[] };

type Report = (column: number, message: string, expected: string) => void;

/** The parties of adjoining municipalities as they are written; what is wrong is reported, and left out. */
export function adjoiningParties(
  names: readonly string[],
  self: PartyId,
  report: (index: number, message: string, expected: string) => void,
): PartyId[] {
  const parties = names.flatMap((name, index) => {
    const found = municipalityOf(name);
    if (found.ok && found.party !== self) return [found.party];
    if (found.ok) report(index, `${found.name} adjoins itself`, 'other municipalities');
    else report(index, found.message, found.isEnded ? found.expected : `${found.expected} (${OUTSIDE})`);
    return [];
  });
  return [...new Set(parties)];
}

/** Every error of the table as file and line. Never throws for what is in the file, or for a file that is not there. */
export function readFactsFile(file: string): ReadFacts {
  const read = readText(file);
  if (!read.ok) return read;
  const problems: Problem[] = [];
  const reportOn =
    (line: number): Report =>
    (column, message, expected) =>
      problems.push({ file, line, column, message, expected });
  const [head, ...rows] = csvRows(read.text);
  if (head?.cells.join() !== COLUMNS.join()) {
    const message = head === undefined ? 'the file is empty' : `the first line is ${JSON.stringify(head.cells.join())}`;
    reportOn(head?.line ?? 1)(1, message, COLUMNS.join());
    return { ok: false, problems };
  }
  const facts = new Map<PartyId, PartyFacts>();
  const lines = new Map<PartyId, number>();
  for (const row of rows) {
    const found = factsOf(row, reportOn(row.line));
    if (found === undefined) continue;
    const [party, name, known] = found;
    const first = lines.get(party);
    if (first !== undefined) {
      reportOn(row.line)(1, `${name} is there twice, first on line ${String(first)}`, 'each municipality once');
    }
    lines.set(party, first ?? row.line);
    facts.set(party, known);
  }
  return problems.length === 0 ? { ok: true, facts } : { ok: false, problems };
}

function factsOf({ cells }: CsvRow, report: Report): [PartyId, string, PartyFacts] | undefined {
  const [municipality = '', count = '', names = ''] = cells;
  // Where a cell begins when nothing was trimmed: near enough to find it.
  const at = (column: number): number => cells.slice(0, column).reduce((sum, cell) => sum + cell.length + 1, 1);
  if (cells.length !== COLUMNS.length) {
    report(1, `${String(cells.length)} cells`, `${String(COLUMNS.length)} cells: ${COLUMNS.join()}`);
    return undefined;
  }
  const found = municipalityOf(municipality);
  if (!found.ok) {
    report(1, found.message, found.expected);
    return undefined;
  }
  const known: PartyFacts = {};
  if (count !== '') {
    const parsed = inhabitants.safeParse(/^\d{1,8}$/.test(count) ? Number(count) : undefined);
    if (parsed.success) known.inhabitants = parsed.data;
    else report(at(1), `inhabitants is ${JSON.stringify(count)}`, 'a whole number of inhabitants, in digits only');
  }
  if (names !== '') {
    const given = names.split(';').map((name) => name.trim());
    known.adjoining = adjoiningParties(
      given.filter((name) => name !== ''),
      found.party,
      (_index, message, expected) => {
        report(at(2), message, expected);
      },
    );
  }
  return [found.party, found.name, known];
}
