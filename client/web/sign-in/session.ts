/** Who has signed in. */
import type { FastifyRequest } from 'fastify';
import { isAdministrator, mayStart, type Viewer, viewerFor } from '../../access/viewer.ts';
import { PageError } from '../failures.ts';
import { formTokenFor } from '../security.ts';
import type { FrameDetails, Web } from '../web.ts';

export const SESSION_COOKIE = 'regiopad_session';
export const SESSION_HOURS = 12;

export interface Session extends Viewer {
  secret: string;
  formToken: string;
}

export async function findSession(web: Web, request: FastifyRequest): Promise<Session | undefined> {
  const secret = request.cookies[SESSION_COOKIE];
  if (secret === undefined) return undefined;
  const account = await web.store.accounts.accountOfWebSession(secret);
  if (account === undefined) return undefined;
  return { ...(await viewerFor(web.store, account)), secret, formToken: formTokenFor(secret) };
}

/** Throws the page that asks to sign in. */
export async function requireSession(web: Web, request: FastifyRequest): Promise<Session> {
  const session = await findSession(web, request);
  if (session !== undefined) return session;
  const label = web.pages.texts.text('sign-in.heading');
  throw new PageError('sign-in-needed', { heading: label, action: { href: '/aanmelden', label } });
}

/** What the frame of a page shows of who has signed in: their name and the pages that are theirs. */
export function accountFrame(session: Session): NonNullable<FrameDetails['account']> {
  const { account, formToken, role } = session;
  const pages = [
    { key: 'overview', href: '/', isOpen: true },
    { key: 'calls', href: '/bellen', isOpen: role !== 'reader' },
    { key: 'weeks', href: '/komende-weken', isOpen: true },
    { key: 'municipalities', href: '/gemeenten', isOpen: role !== 'reader' },
    { key: 'start', href: '/starten', isOpen: mayStart(session) },
    { key: 'hand-over', href: '/overdracht', isOpen: mayStart(session) },
    { key: 'accounts', href: '/accounts', isOpen: isAdministrator(session) },
  ];
  return { name: account.name, formToken, role, pages: pages.filter(({ isOpen }) => isOpen) };
}
