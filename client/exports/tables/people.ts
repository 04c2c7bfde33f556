/** The people of a region, earlier ones too. */
import type { PersonId } from '../../../domain/ids.ts';
import { municipalities } from '../../../domain/lookup.ts';
import type { Dossier } from '../../web/dossier.ts';
import { columnsOf } from '../columns.ts';
import { about, define, place } from './source.ts';

export const people = define({
  isPersonal: true,
  isOneByOne: true,
  columns: columnsOf(
    'partnership',
    'path',
    'party',
    'nis',
    'personRole',
    'isCurrent',
    'name',
    'function',
    'email',
    'phone',
    'since',
  ),
  rowsOf: (dossier) => {
    const { texts } = dossier;
    const roles = currentRoles(dossier);
    return [...dossier.people.values()].map((person) => ({
      ...place(dossier),
      ...about(dossier, person.party),
      personRole: texts.text(`export.role.${roles.get(person.id) ?? person.role}`),
      isCurrent: roles.has(person.id),
      name: person.name,
      function: person.function ?? null,
      email: person.email ?? null,
      phone: person.phone ?? null,
      since: person.createdAt,
    }));
  },
});

/** Who speaks for whom today. */
function currentRoles({
  state,
}: Dossier): ReadonlyMap<PersonId, 'contact' | 'deputy' | 'coordinator' | 'deputy-coordinator'> {
  const roles = new Map<PersonId, 'contact' | 'deputy' | 'coordinator' | 'deputy-coordinator'>();
  for (const { contact, deputy } of municipalities(state)) {
    if (deputy !== undefined) roles.set(deputy, 'deputy');
    if (contact !== undefined) roles.set(contact, 'contact');
  }
  if (state.deputyCoordinator !== undefined) roles.set(state.deputyCoordinator, 'deputy-coordinator');
  return roles.set(state.coordinator, 'coordinator');
}
