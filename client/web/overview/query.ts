/** What a reader of the overview chose, as it stands in the address: it can be shared, and every link keeps it. */
import { findMunicipality } from '../../../definitions/municipalities.ts';
import { addDays, weekday } from '../../../domain/dates.ts';
import { type LocalDate, municipalityParty } from '../../../domain/ids.ts';
import type { BoardFilter } from '../../board/filter.ts';
import { parseDay } from '../../dutch/format.ts';
import { first, type FormBody } from '../forms/values.ts';

/** Their names in the address, in the order of the form. */
export const filterNames = ['zoek', 'ronde', 'regio', 'stap', 'gemeente', 'consulent'] as const;
export type FilterName = (typeof filterNames)[number];

export interface OverviewQuery {
  /** As it was typed or chosen; empty when it was not. */
  given: Record<FilterName, string>;
  filter: BoardFilter;
  isFiltered: boolean;
  /** Changes count from the morning of this day on. */
  since: LocalDate;
  /** Set when somebody chose the day. */
  chosenSince?: LocalDate;
  /** From 1. */
  page: number;
  /** What could not be understood. */
  wrong: ('gemeente' | 'sinds')[];
}

/** The Monday before today: on a Monday, the one of last week. */
export const lastMonday = (today: LocalDate): LocalDate => addDays(today, -(((weekday(today) + 5) % 7) + 1));

const LONGEST = 200;

export function readQuery(query: FormBody, today: LocalDate): OverviewQuery {
  const given = Object.fromEntries(
    filterNames.map((name) => [name, first(query, name).trim().slice(0, LONGEST)]),
  ) as Record<FilterName, string>;
  const { zoek, ronde, regio, stap, gemeente, consulent } = given;
  const found = gemeente === '' ? undefined : findMunicipality(gemeente);
  const party =
    found?.status === 'found'
      ? municipalityParty(found.municipality.nis)
      : found?.status === 'ended'
        ? municipalityParty(found.ended.nis)
        : undefined;
  const sinds = first(query, 'sinds').trim();
  const day = parseDay(sinds);
  const chosen = day !== undefined && day <= today ? day : undefined;
  return {
    given,
    filter: {
      ...(zoek !== '' && { text: zoek }),
      ...(ronde !== '' && { round: ronde }),
      ...(regio !== '' && { region: regio }),
      ...(stap !== '' && { step: stap }),
      ...(party !== undefined && { municipality: party }),
      ...(consulent !== '' && { consultant: consulent }),
    },
    isFiltered: filterNames.some((name) => given[name] !== ''),
    since: chosen ?? lastMonday(today),
    ...(chosen !== undefined && { chosenSince: chosen }),
    page: Math.max(1, Math.min(10_000, Math.trunc(Number(first(query, 'pagina'))) || 1)),
    wrong: [
      ...(gemeente !== '' && party === undefined ? ['gemeente' as const] : []),
      ...(sinds !== '' && chosen === undefined ? ['sinds' as const] : []),
    ],
  };
}

/** The address of another page, with everything else as it was chosen. */
export function addressOf(query: OverviewQuery, page: number): string {
  const values: [string, string][] = [
    ...filterNames.map((name): [string, string] => [name, query.given[name]]),
    ['sinds', query.chosenSince ?? ''],
    ['pagina', page === 1 ? '' : String(page)],
  ];
  const search = new URLSearchParams(values.filter(([, value]) => value !== '')).toString();
  return search === '' ? '/' : `/?${search}`;
}
