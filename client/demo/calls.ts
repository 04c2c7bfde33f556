/** Some telephone calls of the days before the demo. */
import { asLocalDate, asPathId, municipalityParty } from '../../domain/ids.ts';
import type { Account } from '../../store/accounts.ts';
import type { Call } from '../../store/calls.ts';
import type { Store } from '../../store/store.ts';

type Logged = Pick<Call, 'id' | 'concerns' | 'outcome' | 'note' | 'nextAction' | 'nextOn' | 'party'> & {
  region: string;
  by: string;
};

const temse = municipalityParty('46025');

const logged: Logged[] = [
  {
    ...{ id: 'demo-waas', region: 'waas', by: 'Bilal Aksoy', party: temse, outcome: 'not-reached' },
    concerns: [`no-session/extension/${temse}`],
    note: 'Niemand nam op; een bericht achtergelaten bij het secretariaat.',
    ...{ nextAction: 'Opnieuw bellen over een extra zitting.', nextOn: asLocalDate('2032-02-17') },
  },
  {
    ...{ id: 'demo-leie-schelde', region: 'leie-schelde', by: 'Hanne Wuyts', outcome: 'spoken' },
    concerns: ['changed/culture-plan/nis:44083'],
    note: 'De coördinator legt de gewijzigde tekst voor aan de raad van bestuur.',
    ...{ nextAction: 'Vragen wat het bestuur besliste.', nextOn: asLocalDate('2032-02-23') },
  },
];

/** What is logged already is left as it is. */
export async function keepCalls(store: Store, consultants: readonly Account[]): Promise<void> {
  for (const { region, by, ...call } of logged) {
    const caller = consultants.find(({ name }) => name === by);
    if (caller === undefined) throw new Error(`No consultant is called ${by}`);
    const { id: account, name: author } = caller;
    await store.calls.add({ ...call, path: asPathId(region), account, author, via: 'web' });
  }
}
