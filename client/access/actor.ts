/** In which role somebody acts on a path. */
import type { CommandType } from '../../domain/commands.ts';
import type { PartyId } from '../../domain/ids.ts';
import type { Actor, PathState } from '../../domain/state.ts';
import type { Store } from '../../store/store.ts';
import { coordinatorIn, isAdministrator, type Viewer } from './viewer.ts';

export interface Acting {
  viewer: Viewer;
  state: Pick<PathState, 'id' | 'coordinator' | 'deputyCoordinator'>;
  command: CommandType;
  via: Actor['via'];
  onBehalfOf?: PartyId;
}

/** Who coordinates the path acts as such; only what asks for an administrator is done as administrator. */
export function roleOn({ viewer, state, command, via, onBehalfOf }: Acting): Actor {
  const personId = coordinatorIn(viewer, state);
  const behalf = onBehalfOf !== undefined && { onBehalfOf };
  const isCoordinator = personId !== undefined && !(isAdministrator(viewer) && command === 'reopen');
  return isCoordinator ? { kind: 'coordinator', personId, via, ...behalf } : { kind: 'administrator', via, ...behalf };
}

/** The same, with an administrator as one of the people of the path. */
export async function actorOf(store: Store, acting: Acting): Promise<Actor> {
  const actor = roleOn(acting);
  if (actor.kind !== 'administrator') return actor;
  const { name, email } = acting.viewer.account;
  const personId = await store.people.ensurePerson({ path: acting.state.id, role: 'colleague', name, email });
  return { ...actor, personId };
}
