/** Taking somebody out of the store: what stands in their place, and where they are still needed. */
import { municipalityName } from '../../definitions/municipalities.ts';
import type { PartyId, PathId, PersonId } from '../../domain/ids.ts';
import type { PathState } from '../../domain/state.ts';
import type { Account } from '../../store/accounts.ts';
import type { PersonRole } from '../../store/people.ts';
import type { Erasure, KnownPerson } from '../../store/persons.ts';
import type { Store } from '../../store/store.ts';

/** In Dutch, as pages say who did something: these stand in the record from then on. */
const roles: Record<PersonRole, string> = {
  contact: 'aanspreekpunt',
  deputy: 'plaatsvervanger',
  colleague: 'medewerker',
  coordinator: 'coördinator',
  'deputy-coordinator': 'plaatsvervangend coördinator',
};
const accountRoles: Record<Account['role'], string> = {
  administrator: 'beheerder',
  consultant: 'regioconsulent',
  coordinator: 'coördinator',
  reader: 'lezer',
};

/** `algemeen directeur van Asse`; without a known function `aanspreekpunt van Asse`. */
export const erasure: Erasure = {
  functionOf({ party, role, function: known }) {
    const what = known === '' ? roles[role as PersonRole] : known;
    const where = party.startsWith('nis:') ? municipalityName(party.slice('nis:'.length)) : undefined;
    return where === undefined ? what : `${what} van ${where}`;
  },
  roleOf: ({ role }) => accountRoles[role],
  inTexts: '(naam gewist)',
};

export interface Need {
  path: PathId;
  as: 'coordinator' | 'deputy coordinator' | 'contact' | 'deputy';
  party?: PartyId;
}

/** Where a path that has not ended still counts on one of these people: somebody else has to take over first. */
export async function neededIn(store: Store, { people }: KnownPerson): Promise<Need[]> {
  const needs: Need[] = [];
  for (const path of new Set(people.map(({ path_id }) => path_id as PathId))) {
    const state = await store.snapshots.snapshot(path);
    if (state === undefined || state.ending !== undefined) continue;
    const ids = new Set(people.filter(({ path_id }) => path_id === path).map(({ id }) => id as PersonId));
    needs.push(...needsOf(state, (id) => id !== undefined && ids.has(id)));
  }
  return needs;
}

function needsOf(state: PathState, isMeant: (id: PersonId | undefined) => boolean): Need[] {
  const { id: path, coordinator, deputyCoordinator, parties } = state;
  const needs: Need[] = [];
  if (isMeant(coordinator)) needs.push({ path, as: 'coordinator' });
  if (isMeant(deputyCoordinator)) needs.push({ path, as: 'deputy coordinator' });
  for (const party of Object.values(parties)) {
    if (party === undefined || party.leftOn !== undefined) continue;
    if (isMeant(party.contact)) needs.push({ path, as: 'contact', party: party.id });
    if (isMeant(party.deputy)) needs.push({ path, as: 'deputy', party: party.id });
  }
  return needs;
}
