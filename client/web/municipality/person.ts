/** Who acts and who answers: the link belongs to one person, and often another one types. */
import type { PersonId } from '../../../domain/ids.ts';
import type { Actor } from '../../../domain/state.ts';
import type { Web } from '../web.ts';
import type { Visit } from './access.ts';

export const actorOf = (visit: Visit): Actor => ({ kind: 'contact', personId: visit.person, via: 'link' });

const folded = (text: string | undefined): string => (text ?? '').trim().replace(/\s+/g, ' ').toLowerCase();

/** The person whose name was typed; undefined when it is the one the link belongs to. */
export async function personFor(
  web: Web,
  { dossier, party, person }: Visit,
  name: string | undefined,
  role: string | undefined,
): Promise<PersonId | undefined> {
  if (name === undefined) return undefined;
  const holder = dossier.people.get(person);
  const isHolder = folded(holder?.name) === folded(name) && folded(holder?.function) === folded(role);
  if (isHolder) return undefined;
  return web.store.people.ensurePerson({
    ...{ path: dossier.state.id, party: party.id, name },
    role: 'colleague',
    ...(role !== undefined && { function: role }),
  });
}
