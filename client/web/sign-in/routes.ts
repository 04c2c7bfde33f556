/** Signing in with a one-time link. Mail scanners open links, so opening one shows a button and changes nothing. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { asInstant } from '../../../domain/ids.ts';
import { formView, type Problem } from '../forms/fields.ts';
import { FormReader } from '../forms/reader.ts';
import { bodyOf, first } from '../forms/values.ts';
import { createLimit } from '../limits.ts';
import { checkFormToken, cookieOptions, formTokenFor, visitorSecret } from '../security.ts';
import { sendPage, sendTo, type Web } from '../web.ts';
import { accountFor } from './accounts.ts';
import { sendConfirm, takeConfirm } from './confirm.ts';
import { findSession, SESSION_COOKIE } from './session.ts';

const HOUR = 3_600_000;
const ASKED_AN_HOUR = 5;
const ASKED_FROM_ONE_PLACE = 20;

export function registerSignIn(app: FastifyInstance, web: Web): void {
  const { patience } = web;
  const perPlace = createLimit(app, web, { max: ASKED_FROM_ONE_PLACE, timeWindow: '1 hour' });
  const perAddress = createLimit(app, web, {
    max: ASKED_AN_HOUR,
    timeWindow: '1 hour',
    of: (request) => first(bodyOf(request), 'email').trim().toLowerCase(),
  });
  const tries = { config: { rateLimit: { max: 30 * patience, timeWindow: '1 minute' } } };

  app.get('/aanmelden', async (request, reply) => {
    const isSignedIn = (await findSession(web, request)) !== undefined;
    return isSignedIn ? sendTo(web, reply, '/', 302) : sendRequestForm(web, request, reply);
  });

  app.post('/aanmelden', async (request, reply) => {
    const body = bodyOf(request);
    const secret = visitorSecret(web, request, reply);
    checkFormToken(body, secret);
    const reader = new FormReader(body, web.pages.texts);
    const email = reader.email('email');
    if (!reader.isComplete)
      return sendRequestForm(web, request, reply, { form: 'aanmelden', body, errors: reader.errors });
    await perPlace(request, reply);
    await perAddress(request, reply);
    // Nobody waits for it: how long an answer takes would tell whether the address is known.
    sendLink(web, email, secret).catch((error: unknown) =>
      request.log.error({ err: error }, 'a sign-in mail could not be sent'),
    );
    return sendTo(web, reply, '/aanmelden/verstuurd');
  });

  app.get('/aanmelden/verstuurd', (_request, reply) => {
    const { texts } = web.pages;
    const heading = texts.text('sign-in.sent');
    const lines = [texts.text('sign-in.sent-mail'), texts.text('sign-in.sent-hour')];
    return sendPage(web, reply, 'message', { title: heading }, { heading, lines, action: undefined });
  });

  app.get<{ Params: { token: string } }>('/aanmelden/:token', tries, (request, reply) =>
    sendConfirm(web, request, reply),
  );
  app.post<{ Params: { token: string } }>('/aanmelden/:token', tries, (request, reply) =>
    takeConfirm(web, request, reply),
  );

  app.post('/afmelden', async (request, reply) => {
    const session = await findSession(web, request);
    if (session !== undefined) {
      checkFormToken(bodyOf(request), session.secret);
      await web.store.accounts.endWebSession(session.secret);
    }
    reply.clearCookie(SESSION_COOKIE, cookieOptions(web, '/'));
    return sendTo(web, reply, '/aanmelden');
  });
}

function sendRequestForm(web: Web, request: FastifyRequest, reply: FastifyReply, problem?: Problem): FastifyReply {
  const { texts } = web.pages;
  const secret = visitorSecret(web, request, reply);
  const spec = {
    ...{ id: 'aanmelden', action: '/aanmelden', submit: texts.text('sign-in.submit') },
    fields: [
      {
        name: 'email',
        kind: 'email' as const,
        label: texts.text('sign-in.email'),
        autocomplete: 'email',
        required: true,
      },
    ],
  };
  const title = texts.text('sign-in.heading');
  const status = problem === undefined ? 200 : 422;
  const view = { form: formView(spec, formTokenFor(secret), problem), hasProvider: web.oidc !== undefined };
  return sendPage(web, reply, 'sign-in', { title, status }, view);
}

async function sendLink(web: Web, email: string, browser: string): Promise<void> {
  const account = await accountFor(web, email);
  if (account === undefined) return;
  const now = web.clock();
  const expiresAt = asInstant(Date.parse(now) + HOUR);
  const token = await web.store.accounts.createSignInToken(account.id, expiresAt, browser);
  await web.sendSignIn({ account, link: web.links.signInUrl(token), expiresAt, now });
}
