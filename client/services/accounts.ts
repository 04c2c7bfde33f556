/** Accounts, as administrators and the command line change them: one place for what must hold. */
import type { PathId } from '../../domain/ids.ts';
import type { Account, AccountRole } from '../../store/accounts.ts';
import { StoreError } from '../../store/errors.ts';
import type { Store } from '../../store/store.ts';
import type { ErrorCode } from '../errors.ts';

export const roles = ['administrator', 'consultant', 'coordinator', 'reader'] as const satisfies AccountRole[];

export interface AccountInput {
  name: string;
  role: AccountRole;
  /** Of a consultant or a reader; others have none. */
  regions: readonly PathId[];
}

export type AccountOutcome =
  | { ok: true; account: Account }
  | {
      ok: false;
      code: Extract<ErrorCode, 'account-exists' | 'account-unknown' | 'own-account' | 'last-administrator'>;
    };

/** Whose regions are chosen; of who coordinates, the paths say it. */
export const hasRegions = (role: AccountRole): boolean => role === 'consultant' || role === 'reader';

export async function addAccount(store: Store, input: AccountInput & { email: string }): Promise<AccountOutcome> {
  const { role, email, regions } = input;
  const name = oneLine(input.name);
  if ((await store.accounts.accountWith(email)) !== undefined) return { ok: false, code: 'account-exists' };
  const account = await store.accounts.ensureAccount({ name, role, email });
  await store.accounts.setRegions(account.id, hasRegions(role) ? regions : []);
  return { ok: true, account };
}

/** @param by the account that asks; undefined for who has the command line */
export async function changeAccount(
  store: Store,
  id: string,
  { name, role, regions }: AccountInput,
  by?: string,
): Promise<AccountOutcome> {
  const before = await store.accounts.account(id);
  if (before === undefined) return { ok: false, code: 'account-unknown' };
  if (by === id && role !== before.role) return { ok: false, code: 'own-account' };
  return orRefused(async () => {
    const account = await store.accounts.changeAccount(id, { name: oneLine(name), role });
    await store.accounts.setRegions(id, hasRegions(role) ? regions : []);
    return account;
  });
}

/** Ends its sessions and tokens with it. */
export async function removeAccount(store: Store, id: string, by?: string): Promise<AccountOutcome> {
  const account = await store.accounts.account(id);
  if (account === undefined) return { ok: false, code: 'account-unknown' };
  if (by === id) return { ok: false, code: 'own-account' };
  return orRefused(async () => {
    await store.accounts.removeAccount(id);
    return account;
  });
}

async function orRefused(change: () => Promise<Account>): Promise<AccountOutcome> {
  try {
    return { ok: true, account: await change() };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    if (error.code === 'last-administrator') return { ok: false, code: error.code };
    if (error.code === 'unknown-account') return { ok: false, code: 'account-unknown' };
    throw error;
  }
}

/** A name goes into the head of mails. */
const oneLine = (name: string): string => name.replace(/[\s\p{Cc}]+/gu, ' ').trim();
