/** What consultants wrote down about the demo's regions; first of all, where the members are a choice. */
import { asPathId } from '../../domain/ids.ts';
import type { Account } from '../../store/accounts.ts';
import type { Store } from '../../store/store.ts';
import { demoRegions } from './regions.ts';

const CHOSEN =
  'Demo: geen bron noemt alle deelnemers van deze regio. Deze gemeenten zijn gekozen; alle mensen en antwoorden zijn verzonnen.';
const INVENTED = 'Demo: de deelnemers zijn die van de regio zelf; alle mensen en antwoorden zijn verzonnen.';

/** What is noted already is left as it is. */
export async function keepNotes(store: Store, author: Account): Promise<void> {
  for (const { id, hasOwnMembers } of demoRegions) {
    const text = hasOwnMembers === true ? INVENTED : CHOSEN;
    const of = { path: asPathId(id), account: author.id, author: author.name };
    await store.notes.add({ ...of, id: `demo-${id}`, text, via: 'web' });
  }
}
