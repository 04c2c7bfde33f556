/** `regiopad accounts`: who may sign in, from the command line; for who has the machine, so without an account of one's own. */
import { asPathId, type PathId } from '../../domain/ids.ts';
import type { Account, AccountRole } from '../../store/accounts.ts';
import type { Store } from '../../store/store.ts';
import { isAddress } from '../../activities/outgoing.ts';
import { errorCatalogue, errorText } from '../errors.ts';
import {
  type AccountOutcome,
  addAccount,
  changeAccount as change,
  hasRegions,
  removeAccount as remove,
  roles,
} from '../services/accounts.ts';
import { badInput, exitCodes, Failure, unknownPath } from './failure.ts';
import { print, printJson } from './output.ts';
import { withStore } from './running.ts';

export interface AccountOptions {
  name?: string;
  role?: string;
  /** Ids of paths. */
  region: string[];
}

export async function listAccounts(options: { format: string }): Promise<void> {
  if (options.format !== 'json' && options.format !== 'table')
    throw badInput(`--format ${options.format}: expected table or json`);
  await withStore(async ({ accounts }) => {
    const [all, regions] = await Promise.all([accounts.accounts(), accounts.regions()]);
    const rows = all.map(({ id, ...account }) => ({ ...account, regions: regions.get(id) ?? [] }));
    if (options.format === 'json') printJson(rows);
    else for (const row of rows) print(lineOf(row));
  });
}

export async function addAccountFor(email: string, options: AccountOptions): Promise<void> {
  if (!isAddress(email)) throw badInput(`${email}: expected one e-mail address, like naam@gemeente.be`);
  const role = roleOf(options.role ?? '');
  const name = (options.name ?? '').trim();
  if (name === '') throw badInput('--name: expected the name of the person');
  await withStore(async (store) => {
    const regions = await regionsOf(store, options.region);
    checkReader(role, regions);
    said(await addAccount(store, { email, name, role, regions }), 'was made');
  });
}

/** What is not given stays as it is; regions that are given replace all others. */
export async function changeAccountOf(email: string, options: AccountOptions): Promise<void> {
  await withStore(async (store) => {
    const account = await find(store, email);
    const role = options.role === undefined ? account.role : roleOf(options.role);
    const given = await regionsOf(store, options.region);
    const regions = given.length === 0 ? await store.accounts.regionsOf(account.id) : given;
    checkReader(role, regions);
    said(await change(store, account.id, { name: options.name ?? account.name, role, regions }), 'was changed');
  });
}

/** Without `yes` it only says what would go. */
export async function removeAccountOf(email: string, options: { yes?: true }): Promise<void> {
  await withStore(async (store) => {
    const account = await find(store, email);
    if (options.yes !== true) {
      const what = `${account.email} (${account.name}, ${account.role}) would lose access at once, with every session and token.`;
      throw new Failure(
        exitCodes.refused,
        `${what}\nNothing was changed. To do it: regiopad accounts remove ${email} --yes`,
      );
    }
    said(await remove(store, account.id), 'was removed');
  });
}

const lineOf = (row: Omit<Account, 'id'> & { regions: readonly PathId[] }): string =>
  `${row.role.padEnd(15)}${row.email.padEnd(34)} ${row.name}${hasRegions(row.role) ? ` (${row.regions.join(', ')})` : ''}`;

function said(outcome: AccountOutcome, what: string): void {
  if (outcome.ok) {
    print(`${outcome.account.email} ${what}`);
    return;
  }
  throw new Failure(errorCatalogue[outcome.code].exit, errorText(outcome.code, 'en'));
}

async function find(store: Store, email: string): Promise<Account> {
  const account = await store.accounts.accountWith(email);
  if (account === undefined) throw badInput(`${email}: ${errorText('account-unknown', 'en')}`);
  return account;
}

function roleOf(text: string): AccountRole {
  const role = roles.find((each) => each === text);
  if (role === undefined) throw badInput(`--role ${text}: expected one of ${roles.join(', ')}`);
  return role;
}

function checkReader(role: AccountRole, regions: readonly PathId[]): void {
  if (role === 'reader' && regions.length === 0) throw badInput('--region: a reader needs at least one');
}

async function regionsOf(store: Store, ids: readonly string[]): Promise<PathId[]> {
  for (const id of ids) if ((await store.overview.overviewOf(asPathId(id))) === undefined) throw unknownPath(id);
  return ids.map(asPathId);
}
