/** Who has signed in, and what they may see. */
import type { FastifyRequest } from 'fastify';
import type { PersonId } from '../../../domain/ids.ts';
import type { PathState } from '../../../domain/state.ts';
import type { Account } from '../../../store/accounts.ts';
import { PageError } from '../failures.ts';
import { formTokenFor } from '../security.ts';
import type { Web } from '../web.ts';

export const SESSION_COOKIE = 'regiopad_session';
export const SESSION_HOURS = 12;

export interface Session {
  account: Account;
  secret: string;
  formToken: string;
  isAdministrator: boolean;
  /** The persons that this account is, over all paths: it coordinates the paths whose state names one of them. */
  persons: ReadonlySet<PersonId>;
}

export async function findSession(web: Web, request: FastifyRequest): Promise<Session | undefined> {
  const secret = request.cookies[SESSION_COOKIE];
  if (secret === undefined) return undefined;
  const account = await web.store.accounts.accountOfWebSession(secret);
  if (account === undefined) return undefined;
  const people = await web.store.people.coordinatorsWith(account.email);
  return {
    account,
    secret,
    formToken: formTokenFor(secret),
    isAdministrator: account.role === 'administrator',
    persons: new Set(people.map((person) => person.id)),
  };
}

/** Throws the page that asks to sign in. */
export async function requireSession(web: Web, request: FastifyRequest): Promise<Session> {
  const session = await findSession(web, request);
  if (session !== undefined) return session;
  const label = web.pages.texts.text('sign-in.heading');
  throw new PageError('sign-in-needed', { heading: label, action: { href: '/aanmelden', label } });
}

/** The person that an account is on a path, when it coordinates it. */
export function coordinatorIn(session: Session, state: Pick<PathState, 'coordinator' | 'deputyCoordinator'>) {
  return [state.coordinator, state.deputyCoordinator].find((id) => id !== undefined && session.persons.has(id));
}

export const maySee = (session: Session, state: Pick<PathState, 'coordinator' | 'deputyCoordinator'>): boolean =>
  session.isAdministrator || coordinatorIn(session, state) !== undefined;
