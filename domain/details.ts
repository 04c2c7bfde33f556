/** Who speaks for a party keeps doing so under a new id when the own name, function, number or address is corrected. */
import type { PersonId } from './ids.ts';
import { without } from './records.ts';
import type { Party } from './state.ts';

/** The id that somebody goes by now; for who never corrected anything it is the one that was given. */
export function presentId({ formerly = {} }: Pick<Party, 'formerly'>, person: PersonId): PersonId {
  const next = formerly[person];
  return next === undefined ? person : presentId({ formerly: without(formerly, person) }, next);
}

/** Whether somebody is the contact or the deputy of a party, under this id or a later one. */
export function speaksFor(party: Party, person: PersonId): boolean {
  const present = presentId(party, person);
  return party.contact === present || party.deputy === present;
}

/** Under the new id; who is named anew under an earlier id is that person and nobody else. */
export const renamed = (party: Party, from: PersonId, to: PersonId): Party => ({
  ...party,
  ...(party.contact === from && { contact: to }),
  ...(party.deputy === from && { deputy: to }),
  formerly: { ...without(party.formerly ?? {}, to), [from]: to },
});

export const named = (party: Party, person: PersonId): Party =>
  party.formerly?.[person] === undefined ? party : { ...party, formerly: without(party.formerly, person) };
