/** Who has an account in the demo, and the regions that they follow. Everybody is invented. */
import { asPathId } from '../../domain/ids.ts';
import type { Account } from '../../store/accounts.ts';
import type { Store } from '../../store/store.ts';
import { demoRegions } from './regions.ts';

/** Of the support organisation. They share the regions from west to east. */
const consultants = [
  { name: 'Hanne Wuyts', numbers: [2, 3, 4, 5, 6, 7] },
  { name: 'Bilal Aksoy', numbers: [1, 8, 9, 10, 11, 17, 18, 19] },
  { name: 'Mieke Lambrecht', numbers: [12, 13, 14, 15, 16] },
];
/** The mayor of a town, who reads how its region stands. */
const reader = { name: 'Burgemeester van Aalst', email: 'burgemeester@aalst.example.org', region: 'dijk92' };

export interface DemoDesks {
  consultants: Account[];
  reader: Account;
}

/** Makes the accounts that are not there; what was changed since is left as it is. */
export async function openDesks(store: Store): Promise<DemoDesks> {
  const made: Account[] = [];
  for (const { name, numbers } of consultants) {
    const email = `${name.toLowerCase().replace(' ', '.')}@steunpunt.example.org`;
    const regions = demoRegions.filter(({ number }) => numbers.includes(number)).map(({ id }) => asPathId(id));
    made.push(await ensured(store, { role: 'consultant', email, name }, regions));
  }
  const { region, ...mayor } = reader;
  return { consultants: made, reader: await ensured(store, { role: 'reader', ...mayor }, [asPathId(region)]) };
}

async function ensured(store: Store, wanted: Omit<Account, 'id'>, regions: ReturnType<typeof asPathId>[]) {
  const known = await store.accounts.accountWith(wanted.email);
  if (known !== undefined) return known;
  const account = await store.accounts.ensureAccount(wanted);
  await store.accounts.setRegions(account.id, regions);
  return account;
}
