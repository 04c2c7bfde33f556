/**
 * The names that things go by. All are plain strings at run time; the brands keep a municipality from being
 * passed where a person is meant.
 */
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** A calendar day in Flanders, `YYYY-MM-DD`. */
export type LocalDate = Branded<'LocalDate'>;
/** A moment, ISO 8601 in UTC: `2031-02-10T07:30:00.000Z`. */
export type Instant = Branded<'Instant'>;
/** The slug chosen in the region file, unique over all paths. */
export type PathId = Branded<'PathId'>;
/** `nis:23002` for a municipality, else the key of a body that exists once: `board`, `assembly`, `government`. */
export type PartyId = Branded<'PartyId'>;
/** `<path>.<n>`; means nothing outside the dossier store. */
export type PersonId = Branded<'PersonId'>;
/** `<decision>/<party>`: what is asked of one party, over all attempts. */
export type AskKey = Branded<'AskKey'>;

export const asLocalDate = (text: string): LocalDate => text as LocalDate;
export const asInstant = (ms: number): Instant => new Date(ms).toISOString() as Instant;
export const asPathId = (text: string): PathId => text as PathId;
export const asPartyId = (text: string): PartyId => text as PartyId;
export const asPersonId = (text: string): PersonId => text as PersonId;

export const municipalityParty = (nis: string): PartyId => `nis:${nis}` as PartyId;
/** The NIS code of a municipality's party id; undefined for a body that exists once. */
export const nisOf = (party: PartyId): string | undefined => (party.startsWith('nis:') ? party.slice(4) : undefined);

export const askKey = (decision: string, party: PartyId): AskKey => `${decision}/${party}` as AskKey;
