/** /account: one's own name and role, the weekly digest, sessions, and tokens for programs. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PageError } from '../failures.ts';
import { bodyOf, first, type FormBody, queryOf } from '../forms/values.ts';
import { checkFormToken } from '../security.ts';
import { requireSession, type Session } from '../sign-in/session.ts';
import { sendTo, type Web } from '../web.ts';
import { chooseDigest, mayHaveDigest } from './digest.ts';
import { sendAccount } from './page.ts';
import { makeToken, mayHaveTokens } from './tokens.ts';

export function registerAccount(app: FastifyInstance, web: Web): void {
  const { accounts, apiTokens } = web.store;

  app.get('/account', async (request, reply) =>
    sendAccount(web, reply, await requireSession(web, request), { done: first(queryOf(request), 'gedaan') }),
  );

  app.post('/account/sessies', async (request, reply) => {
    const { session, body } = await openOwnForm(web, request);
    const id = first(body, 'session');
    if (id === '') await accounts.endOtherWebSessions(session.account.id, session.secret);
    else await accounts.endWebSessionOf(session.account.id, id);
    return backToAccount(web, reply, id === '' ? 'sessions' : 'session');
  });

  app.post('/account/weekoverzicht', async (request, reply) => {
    const { session, body } = await openOwnForm(web, request);
    if (!mayHaveDigest(session)) throw new PageError('forbidden');
    const done = await chooseDigest(web, session, body);
    // What only a program sends: the page as it was.
    return done === undefined ? sendAccount(web, reply, session) : backToAccount(web, reply, done);
  });

  app.post('/account/tokens', async (request, reply) => {
    const { session, body } = await openOwnForm(web, request);
    if (!mayHaveTokens(session)) throw new PageError('forbidden');
    const made = await makeToken(web, session, body);
    return sendAccount(web, reply, session, 'token' in made ? { made } : { problem: made });
  });

  app.post('/account/tokens/intrekken', async (request, reply) => {
    const { session, body } = await openOwnForm(web, request);
    await apiTokens.revoke(session.account.id, first(body, 'token'));
    return backToAccount(web, reply, 'revoked');
  });
}

/** A form about what is one's own. Throws the pages `sign-in-needed` and `form-expired`. */
export async function openOwnForm(web: Web, request: FastifyRequest): Promise<{ session: Session; body: FormBody }> {
  const session = await requireSession(web, request);
  const body = bodyOf(request);
  checkFormToken(body, session.secret);
  return { session, body };
}

/** @param done a key below `account.done` */
export const backToAccount = (web: Web, reply: FastifyReply, done: string): FastifyReply =>
  sendTo(web, reply, `/account?gedaan=${done}`);
