/**
 * What an identity provider says of a person, and which account that is. ACM/IDM (the provider of the Flemish authorities)
 * gives with the scope `vo`: `vo_id`, which stays the same for a person, `vo_orgcode` and `vo_orgnaam`, the organisation in
 * whose name they came. A mail address is often not given.
 */
import { z } from 'zod';
import type { Account } from '../../../../store/accounts.ts';
import type { Identity } from '../../../../store/identities.ts';
import type { Web } from '../../web.ts';
import { accountFor } from '../accounts.ts';

/** `vo_orgnaam` is a text or, at some providers, a list of texts. */
const text = z.union([z.string(), z.array(z.string()).transform((all) => all.join(', '))]).catch('');

const Claims = z.object({
  sub: z.string().min(1),
  vo_id: text.optional(),
  vo_orgcode: text.optional(),
  vo_orgnaam: text.optional(),
  given_name: text.optional(),
  family_name: text.optional(),
  email: text.optional(),
  email_verified: z.unknown().optional(),
});

export interface Newcomer {
  identity: Identity;
  /** What an administrator needs to link the person: the vo_id, else the provider's own number. */
  number: string;
  name: string;
  organisation: string;
  /** Only an address that the provider checked says who somebody is. */
  email?: string;
}

export const voSubject = (id: string): string => `vo_id:${id}`;

/** Undefined for claims without a subject. */
export function newcomerOf(issuer: string, claims: unknown): Newcomer | undefined {
  const parsed = Claims.safeParse(claims);
  if (!parsed.success) return undefined;
  const { sub, vo_id = '', vo_orgcode = '', vo_orgnaam = '', given_name = '', family_name = '', ...mail } = parsed.data;
  const isChecked = mail.email_verified === true && mail.email !== undefined && mail.email !== '';
  return {
    identity: { issuer, subject: vo_id === '' ? `sub:${sub}` : voSubject(vo_id) },
    number: vo_id === '' ? sub : vo_id,
    name: [given_name, family_name].filter(Boolean).join(' '),
    organisation:
      vo_orgnaam === '' ? vo_orgcode : [vo_orgnaam, vo_orgcode && `(${vo_orgcode})`].filter(Boolean).join(' '),
    ...(isChecked && mail.email !== undefined && { email: mail.email }),
  };
}

/** By who it is known to be, else by its checked address, which is then remembered. */
export async function accountOfNewcomer(web: Web, { identity, email }: Newcomer): Promise<Account | undefined> {
  const { identities, accounts } = web.store;
  const id = await identities.accountIdOf(identity);
  if (id !== undefined) return accounts.account(id);
  const account = email === undefined ? undefined : await accountFor(web, email);
  if (account === undefined || !(await identities.link(account.id, identity))) return undefined;
  return account;
}
