/** The Flemish municipalities by name or NIS code, the ended ones with what became of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asLocalDate, type LocalDate, nisOf, type PartyId } from '../domain/ids.ts';
import type { PartyFacts } from '../domain/state.ts';
import { csvRows } from './csv.ts';

export interface Municipality {
  nis: string;
  name: string;
  /** One of the fifteen reference regions. */
  region: string;
  province: string;
}

export interface EndedMunicipality {
  nis: string;
  name: string;
  endedOn: LocalDate;
  successor: Municipality;
}

export type MunicipalityLookup =
  | { status: 'found'; municipality: Municipality }
  | { status: 'ended'; ended: EndedMunicipality }
  /** With the names that come nearest, the nearest first; at most three. */
  | { status: 'unknown'; suggestions: string[] };

interface Register {
  current: Municipality[];
  byNis: Map<string, Municipality>;
  /** By name, folded. */
  byName: Map<string, Municipality>;
  ended: EndedMunicipality[];
}

let register: Register | undefined;

function registerOf(): Register {
  if (register !== undefined) return register;
  const [, ...rows] = csvRows(readFileSync(join(import.meta.dirname, 'municipalities.csv'), 'utf8'));
  const current: Municipality[] = [];
  const gone: { nis: string; name: string; endedOn: string; successor: string }[] = [];
  for (const { cells } of rows) {
    const [nis = '', name = '', region = '', province = '', endedOn = '', successor = ''] = cells;
    if (endedOn === '') current.push({ nis, name, region, province });
    else gone.push({ nis, name, endedOn, successor });
  }
  const byNis = new Map(current.map((each) => [each.nis, each]));
  const ended = gone.map(({ nis, name, endedOn, successor: code }) => {
    const successor = byNis.get(code);
    if (successor === undefined) throw new Error(`municipalities.csv: ${nis} has no successor ${code}`);
    return { nis, name, endedOn: asLocalDate(endedOn), successor };
  });
  register = { current, byNis, byName: new Map(current.map((each) => [folded(each.name), each])), ended };
  return register;
}

/** Without accents, capitals, hyphens and spaces. */
const folded = (text: string): string =>
  text
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');

/** All that exist today, by NIS code. */
export const listMunicipalities = (): readonly Municipality[] => registerOf().current;

/** By NIS code or by name; a name that an ended and a present municipality share means the present one. */
export function findMunicipality(nameOrNis: string): MunicipalityLookup {
  const { ended, byName } = registerOf();
  const wanted = folded(nameOrNis);
  const municipality = presentMunicipality(nameOrNis);
  if (municipality !== undefined) return { status: 'found', municipality };
  const gone = ended.find(({ nis, name }) => nis === wanted || folded(name) === wanted);
  if (gone !== undefined) return { status: 'ended', ended: gone };
  return { status: 'unknown', suggestions: nearest(wanted, byName) };
}

/** The same for who only asks for those that exist: without looking for names that come near. */
export function presentMunicipality(nameOrNis: string): Municipality | undefined {
  const { byNis, byName } = registerOf();
  const wanted = folded(nameOrNis);
  return byNis.get(wanted) ?? byName.get(wanted);
}

/** The name of a municipality that exists, or existed. */
export function municipalityName(nis: string): string | undefined {
  const { byNis, ended } = registerOf();
  return byNis.get(nis)?.name ?? ended.find((each) => each.nis === nis)?.name;
}

/** The names of the municipalities that became one, by its NIS code; none for one that stayed as it was. */
export const predecessorsOf = (nis: string): string[] =>
  registerOf().ended.flatMap(({ name, successor }) => (successor.nis === nis ? [name] : []));

/** The reference region that a municipality lies in; undefined for another party. */
export const referenceRegionOf = (party: PartyId): string | undefined =>
  registerOf().byNis.get(nisOf(party) ?? '')?.region;

/** What is known of a party, with the reference region that it lies in unless another is given. */
export function withReferenceRegion(party: PartyId, facts: PartyFacts = {}): PartyFacts {
  const referenceRegion = referenceRegionOf(party);
  return { ...(referenceRegion !== undefined && { referenceRegion }), ...facts };
}

/** So many letters may differ. */
const FARTHEST = 2;

function nearest(wanted: string, byName: ReadonlyMap<string, Municipality>): string[] {
  if (wanted.length < 3 || /^\d+$/.test(wanted)) return [];
  const near = [...byName].flatMap(([known, { name }]) => {
    const isBegun = wanted.length >= 4 && known.startsWith(wanted);
    // Who pastes a table of other names waits for all of them: most are too short or too long to come near.
    if (Math.abs(known.length - wanted.length) > FARTHEST && !isBegun) return [];
    const far = distance(wanted, known);
    return far <= FARTHEST || isBegun ? [{ name, far, isBegun }] : [];
  });
  const least = Math.min(FARTHEST, ...near.map(({ far }) => far));
  return near
    .filter(({ far, isBegun }) => far <= least || isBegun)
    .sort((a, b) => a.far - b.far || a.name.localeCompare(b.name))
    .slice(0, 3)
    .map(({ name }) => name);
}

/** How many letters to add, drop or change to come from one to the other (Levenshtein). */
function distance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [row, letter] of Array.from(from).entries()) {
    const next = [row + 1];
    for (const [column, other] of Array.from(to).entries()) {
      const change = (previous[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(change, (previous[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    previous = next;
  }
  return previous[to.length] ?? 0;
}
