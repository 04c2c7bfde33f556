/** A store that holds the path of test/core/world.ts: its people under the ids that the path uses, and its events. */
import { asPersonId } from '../../domain/ids.ts';
import type { Store } from '../../store/store.ts';
import { openStore } from '../../store/store.ts';
import { allParties, at, type World } from '../core/world.ts';
import { newStore } from './places.ts';

export const recordedAt = at('2031-01-06');

/** Changes to people, by id: `{ 'test.2': { email: '' } }`. */
export type PeopleChanges = Record<string, { name?: string; email?: string; function?: string }>;

export async function storeWith(world: World, changes: PeopleChanges = {}, location?: string): Promise<Store> {
  const store = await (location === undefined ? newStore() : openStore(location));
  const path = world.state.id;
  await store.paths.ensurePath({ path, partnership: 'Cultuur Noordrand', createdAt: recordedAt });
  const add = async (id: string, person: Parameters<Store['people']['ensurePerson']>[0]): Promise<void> => {
    const made = await store.people.ensurePerson({ ...person, ...changes[id] });
    if (made !== asPersonId(id)) throw new Error(`expected ${id}, got ${made}`);
  };
  await add('test.1', { path, role: 'coordinator', name: 'Els Janssens', email: 'els@example.org' });
  for (const [index, party] of allParties.entries()) {
    const contact = `test.${String(index * 2 + 2)}`;
    const deputy = `test.${String(index * 2 + 3)}`;
    const mail = (id: string) => `${id.replace('.', '-')}@example.org`;
    await add(contact, { path, party, role: 'contact', name: `Contact ${contact}`, email: mail(contact) });
    await add(deputy, { path, party, role: 'deputy', name: `Deputy ${deputy}`, email: mail(deputy) });
  }
  await store.events.recordEvents(path, world.events);
  return store;
}
