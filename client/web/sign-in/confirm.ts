/**
 * The page that a sign-in link opens. Opening it changes nothing. In the browser that asked for the link a button is enough;
 * any other one has to be told the address that the mail went to, which a scanner that presses buttons does not type.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PageError } from '../failures.ts';
import { type FieldSpec, formView, isWrong, type Problem } from '../forms/fields.ts';
import { FormReader } from '../forms/reader.ts';
import { bodyOf } from '../forms/values.ts';
import { checkFormToken, formTokenFor, tidyToken, visitorSecret } from '../security.ts';
import { sendPage, sendTo, type Web } from '../web.ts';
import { startSession } from './start.ts';

export type TokenRequest = FastifyRequest<{ Params: { token: string } }>;

const FORM = 'bevestigen';

export async function sendConfirm(
  web: Web,
  request: TokenRequest,
  reply: FastifyReply,
  problem?: Problem,
): Promise<FastifyReply> {
  const { texts } = web.pages;
  const token = tidyToken(request.params.token);
  const secret = visitorSecret(web, request, reply);
  const open = await web.store.accounts.openSignIn(token, secret);
  if (open === undefined) throw closedLink(web, 'sign-in-used');
  const address: FieldSpec = {
    ...{ name: 'email', kind: 'email', label: texts.text('sign-in.email'), autocomplete: 'email', required: true },
    hint: texts.text('sign-in.confirm-hint'),
  };
  const spec = {
    ...{ id: FORM, action: `/aanmelden/${encodeURIComponent(token)}`, submit: texts.text('sign-in.confirm') },
    fields: open.isAtHome ? [] : [address],
  };
  // A form from a page with a token in its address must say where it comes from, but not the address.
  void reply.header('Referrer-Policy', 'strict-origin');
  const prefix = isWrong(problem) ? texts.text('form.title-prefix') : '';
  const frame = {
    ...{ title: `${prefix}${texts.text('sign-in.confirm-heading')}`, status: isWrong(problem) ? 422 : 200 },
  };
  const view = { form: formView(spec, formTokenFor(secret), problem), isAtHome: open.isAtHome };
  return sendPage(web, reply, 'sign-in-confirm', frame, view);
}

export async function takeConfirm(web: Web, request: TokenRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { accounts } = web.store;
  const body = bodyOf(request);
  const secret = visitorSecret(web, request, reply);
  checkFormToken(body, secret);
  const token = tidyToken(request.params.token);
  const open = await accounts.openSignIn(token, secret);
  if (open?.isAtHome === false) {
    const reader = new FormReader(body, web.pages.texts);
    const email = reader.email('email').toLowerCase();
    if (reader.isComplete && email !== open.account.email) reader.wrong('email', 'other-address');
    if (!reader.isComplete) return sendConfirm(web, request, reply, { form: FORM, body, errors: reader.errors });
  }
  const used = await accounts.useSignInToken(token);
  if (!used.ok) throw closedLink(web, `sign-in-${used.why}` as const);
  await startSession(web, request, reply, used.account);
  return sendTo(web, reply, '/');
}

const closedLink = (web: Web, code: 'sign-in-used' | 'sign-in-expired' | 'sign-in-unknown'): PageError =>
  new PageError(code, { action: { href: '/aanmelden', label: web.pages.texts.text('sign-in.again') } });
