/** Which account an address has. Who coordinates a path has one from the moment of the first sign-in. */
import type { Account } from '../../../store/accounts.ts';
import type { Web } from '../web.ts';

export async function accountFor(web: Web, email: string): Promise<Account | undefined> {
  const known = await web.store.accounts.accountWith(email);
  if (known !== undefined) return known;
  for (const person of await web.store.people.coordinatorsWith(email)) {
    const state = await web.store.snapshots.snapshot(person.path);
    if (state?.coordinator === person.id || state?.deputyCoordinator === person.id) {
      return web.store.accounts.ensureAccount({ role: 'coordinator', email, name: person.name });
    }
  }
  return undefined;
}
