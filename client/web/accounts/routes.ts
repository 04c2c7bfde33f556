/** /accounts: administrators make, change and remove accounts, and send the link to sign in. */
import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { asInstant } from '../../../domain/ids.ts';
import type { Account } from '../../../store/accounts.ts';
import { isAdministrator } from '../../access/viewer.ts';
import { addAccount, changeAccount, removeAccount } from '../../services/accounts.ts';
import { PageError, sentenceOf } from '../failures.ts';
import { FormReader } from '../forms/reader.ts';
import { bodyOf, first, type FormBody, queryOf } from '../forms/values.ts';
import { checkFormToken } from '../security.ts';
import { requireSession, type Session } from '../sign-in/session.ts';
import { voSubject } from '../sign-in/oidc/identity.ts';
import { sendTo, type Web } from '../web.ts';
import { accountInput, regionsThere } from './forms.ts';
import { accountAddress, NEW_FORM, sendAccounts } from './list-page.ts';
import { CHANGE_FORM, IDENTITY_FORM, type OneDone, REMOVE_FORM, sendOneAccount } from './one-page.ts';

type OneRequest = FastifyRequest<{ Params: { id: string } }>;

const HOUR = 3_600_000;
const LONGEST_ID = 200;

export function registerAccounts(app: FastifyInstance, web: Web): void {
  app.get('/accounts', async (request, reply) => {
    const session = await requireAdministrator(web, request);
    const query = queryOf(request);
    return sendAccounts(web, reply, session, { query: first(query, 'q').trim(), isRemoved: 'verwijderd' in query });
  });

  app.post('/accounts', async (request, reply) => {
    const { session, body } = await openForm(web, request);
    const reader = new FormReader(body, web.pages.texts);
    const input = accountInput(reader, await regionsThere(web), web);
    const email = reader.email('email');
    const again = () => sendAccounts(web, reply, session, { problem: { form: NEW_FORM, body, errors: reader.errors } });
    if (input === undefined || !reader.isComplete) return again();
    const added = await addAccount(web.store, { ...input, email });
    if (added.ok) return done(web, reply, added.account, 'made');
    reader.errors['email'] = sentenceOf(added.code);
    return again();
  });

  app.get('/accounts/:id', async (request: OneRequest, reply) => {
    const session = await requireAdministrator(web, request);
    const account = await findAccount(web, request);
    return sendOneAccount(web, reply, session, account, { done: first(queryOf(request), 'gedaan') });
  });

  app.post('/accounts/:id', async (request: OneRequest, reply) => {
    const { session, body } = await openForm(web, request);
    const account = await findAccount(web, request);
    const reader = new FormReader(body, web.pages.texts);
    const input = accountInput(reader, await regionsThere(web), web);
    const problem = { form: CHANGE_FORM, body, errors: reader.errors };
    if (input === undefined) return sendOneAccount(web, reply, session, account, { problem });
    const changed = await changeAccount(web.store, account.id, input, session.account.id);
    if (changed.ok) return done(web, reply, account, 'changed');
    const message = sentenceOf(changed.code);
    return sendOneAccount(web, reply, session, account, { problem: { ...problem, message } });
  });

  app.post('/accounts/:id/link', async (request: OneRequest, reply) => {
    await openForm(web, request);
    const account = await findAccount(web, request);
    return done(web, reply, account, (await sendsLink(web, request, account)) ? 'sent' : 'not-sent');
  });

  app.post('/accounts/:id/identiteit', async (request: OneRequest, reply) => {
    const { session, body } = await openForm(web, request);
    const account = await findAccount(web, request);
    if (web.oidc === undefined) throw new PageError('not-found');
    const { issuer } = web.oidc;
    const old = first(body, 'unlink');
    if (old !== '') {
      await web.store.identities.unlink(account.id, { issuer, subject: old });
      return done(web, reply, account, 'unlinked');
    }
    const reader = new FormReader(body, web.pages.texts);
    const id = reader.required('vo_id', LONGEST_ID);
    const isLinked =
      reader.isComplete && (await web.store.identities.link(account.id, { issuer, subject: voSubject(id) }));
    if (isLinked) return done(web, reply, account, 'linked');
    reader.errors['vo_id'] ??= web.pages.texts.text('accounts.identity-taken');
    const problem = { form: IDENTITY_FORM, body, errors: reader.errors };
    return sendOneAccount(web, reply, session, account, { problem });
  });

  app.post('/accounts/:id/verwijderen', async (request: OneRequest, reply) => {
    const { session, body } = await openForm(web, request);
    const account = await findAccount(web, request);
    const reader = new FormReader(body, web.pages.texts);
    reader.confirmed();
    const problem = { form: REMOVE_FORM, body, errors: reader.errors };
    if (!reader.isComplete) return sendOneAccount(web, reply, session, account, { problem });
    const removed = await removeAccount(web.store, account.id, session.account.id);
    if (removed.ok) return sendTo(web, reply, '/accounts?verwijderd');
    // One's own page has no such form.
    if (removed.code === 'own-account') throw new PageError(removed.code, backToAll(web));
    const message = sentenceOf(removed.code);
    return sendOneAccount(web, reply, session, account, { problem: { ...problem, message } });
  });
}

async function requireAdministrator(web: Web, request: FastifyRequest): Promise<Session> {
  const session = await requireSession(web, request);
  if (!isAdministrator(session)) {
    const { texts } = web.pages;
    throw new PageError('administrators-only', { action: { href: '/', label: texts.text('site.overview') } });
  }
  return session;
}

async function openForm(web: Web, request: FastifyRequest): Promise<{ session: Session; body: FormBody }> {
  const session = await requireAdministrator(web, request);
  const body = bodyOf(request);
  checkFormToken(body, session.secret);
  return { session, body };
}

async function findAccount(web: Web, request: OneRequest): Promise<Account> {
  const account = await web.store.accounts.account(request.params.id);
  if (account === undefined) throw new PageError('account-unknown', backToAll(web));
  return account;
}

const backToAll = (web: Web) => ({ action: { href: '/accounts', label: web.pages.texts.text('accounts.back') } });

const done = (web: Web, reply: FastifyReply, { id }: Account, what: OneDone): FastifyReply =>
  sendTo(web, reply, `${accountAddress(id)}?gedaan=${what}`);

/** A link that no browser asked for: whoever opens it types the address. False when the mail did not leave. */
async function sendsLink(web: Web, request: FastifyRequest, account: Account): Promise<boolean> {
  const now = web.clock();
  const expiresAt = asInstant(Date.parse(now) + HOUR);
  const token = await web.store.accounts.createSignInToken(account.id, expiresAt, randomUUID());
  try {
    const outcome = await web.sendSignIn({ account, link: web.links.signInUrl(token), expiresAt, now });
    return outcome === undefined || outcome === 'accepted';
  } catch (error) {
    request.log.error({ err: error }, 'a sign-in mail could not be sent');
    return false;
  }
}
