/** A path that is being prepared, as it was typed: nothing in it has to be right, and all of it is kept. */
import { addressIn, type Columns, type ReadRow } from '../rows/columns.ts';

export const personFields = ['Name', 'Email', 'Function', 'Phone'] as const;
export const rowFields = [
  'municipality',
  'name',
  'email',
  'function',
  'phone',
  'contribution',
  'sessions',
  'deputyName',
  'deputyEmail',
  'deputyFunction',
  'deputyPhone',
] as const;
export type RowField = (typeof rowFields)[number];
export type RowValues = Record<RowField, string>;

export interface DraftRow {
  /** Of the spreadsheet that it was pasted from, else the next one; unique in the draft. */
  number: number;
  values: RowValues;
}

/** Fields of the first page, by name; dates and sessions of the path's own bodies by `date.<name>` and `sessions.<body>`. */
export type WhatValues = Record<string, string>;

export interface StartDraft {
  /** The key of the definition. */
  path: string;
  what: WhatValues;
  rows: DraftRow[];
  /** Columns of the last paste that nobody knew. */
  unread?: string[];
}

export const emptyRow = (): RowValues => Object.fromEntries(rowFields.map((field) => [field, ''])) as RowValues;

/** How town halls name their columns. `rest` takes the days that a list between commas is cut into. */
export const startColumns: Columns<RowField> = {
  order: rowFields,
  rest: 'sessions',
  names: {
    municipality: 'gemeente gemeenten stad lokaalbestuur bestuur nis niscode naamgemeente',
    name: 'naam contact contactpersoon aanspreekpunt naamaanspreekpunt naamcontact naamcontactpersoon voornaam familienaam achternaam',
    email:
      'mail email emailadres mailadres emailaanspreekpunt mailaanspreekpunt emailcontactpersoon mailcontactpersoon',
    function: 'functie titel functieaanspreekpunt functiecontactpersoon',
    phone: 'telefoon tel telefoonnummer gsm gsmnummer telnr telefoonaanspreekpunt nummer',
    contribution:
      'bijdrage bedrag bijdrageperjaar jaarlijksebijdrage financielebijdrage bijdrageineuro bijdrageeur euro',
    sessions:
      'zittingen zittingsdagen zittingsdata zitting gemeenteraad gemeenteraden raad raden raadszittingen datagemeenteraad data',
    deputyName: 'plaatsvervanger naamplaatsvervanger vervanger',
    deputyEmail:
      'mailplaatsvervanger emailplaatsvervanger mailvervanger emailvervanger emailadresplaatsvervanger mailadresplaatsvervanger',
    deputyFunction: 'functieplaatsvervanger functievervanger',
    deputyPhone: 'telefoonplaatsvervanger telefoonvervanger gsmplaatsvervanger',
  },
};

const withAddresses = (values: RowValues): RowValues => ({
  ...values,
  email: addressIn(values.email),
  deputyEmail: addressIn(values.deputyEmail),
});

const lastNumber = ({ rows }: StartDraft): number => Math.max(0, ...rows.map(({ number }) => number));

/** Rows of a paste behind those that are there; their numbers go on from the last one. */
export function withRows(draft: StartDraft, read: ReadRow<RowField>[]): StartDraft {
  const base = lastNumber(draft);
  const added = read.map(({ number, values }) => ({ number: base + number, values: withAddresses(values) }));
  return { ...draft, rows: [...draft.rows, ...added] };
}

/** One row more, by hand. */
export const withRow = (draft: StartDraft, values: RowValues): StartDraft => ({
  ...draft,
  rows: [...draft.rows, { number: lastNumber(draft) + 1, values: withAddresses(values) }],
});

/** Some rows as they were corrected; the rest stays. Rows that were taken out meanwhile stay out. */
export const withCorrections = (
  draft: StartDraft,
  corrections: ReadonlyMap<number, RowValues | 'removed'>,
): StartDraft => ({
  ...draft,
  rows: draft.rows.flatMap((row) => {
    const change = corrections.get(row.number);
    if (change === 'removed') return [];
    return [change === undefined ? row : { ...row, values: withAddresses(change) }];
  }),
});

/** `noordrand-2033` of `Cultuur Noordrand` and a year: a short name that addresses can hold. */
export function slugOf(partnership: string, year = ''): string {
  const words = partnership
    .normalize('NFD')
    .toLowerCase()
    .replace(/\p{Mn}/gu, '')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && !['igs', 'cultuur', 'de', 'het', 'van', 'vzw', 'pv'].includes(word));
  const name = words.join('-').slice(0, 50).replace(/-+$/, '');
  return [name === '' ? 'regio' : name, year].filter(Boolean).join('-');
}

/** What a store kept; undefined for what is no draft of ours. */
export function draftFrom(content: string): StartDraft | undefined {
  try {
    const draft = JSON.parse(content) as StartDraft;
    return typeof draft.path === 'string' && Array.isArray(draft.rows) ? draft : undefined;
  } catch {
    return undefined;
  }
}
