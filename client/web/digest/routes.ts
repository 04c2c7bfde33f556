/**
 * /digest/:token, the address in each digest by which it is switched off without signing in. Opening it shows what will stop and
 * changes nothing; a POST switches it off at once. Mail programs send that POST by themselves when their reader asks for it (RFC
 * 8058): without cookies, without a form token, and they follow no redirect.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Account } from '../../../store/accounts.ts';
import { DIGEST_GENERATION } from '../../../worker/links.ts';
import { PageError } from '../failures.ts';
import { tidyToken } from '../security.ts';
import { sendPage, type Web } from '../web.ts';

type TokenRequest = FastifyRequest<{ Params: { token: string } }>;

const A_MINUTE = 30;

export function registerDigest(app: FastifyInstance, web: Web): void {
  const tries = { config: { rateLimit: { max: A_MINUTE * web.patience, timeWindow: '1 minute' } } };

  app.get('/digest/:token', tries, async (request: TokenRequest, reply) => {
    const account = await ownerOf(web, request);
    const { digestWeekday } = await web.store.settings.settingsOf(account);
    if (digestWeekday === 0) return sendOff(web, reply, account);
    const { name, email } = account;
    const action = `/digest/${encodeURIComponent(tidyToken(request.params.token))}`;
    // A form from a page with a token in its address must say where it comes from, but not the address.
    void reply.header('Referrer-Policy', 'strict-origin');
    const { texts } = web.pages;
    const view = { name, email, action, weekday: texts.text(`weekday.${String(digestWeekday)}`) };
    return sendPage(web, reply, 'digest-off', { title: texts.text('digest.off-heading') }, view);
  });

  app.post('/digest/:token', tries, async (request: TokenRequest, reply) => {
    const account = await ownerOf(web, request);
    await web.store.settings.change(account, { digestWeekday: 0 });
    return sendOff(web, reply, account);
  });
}

/** Throws a page that says where the choice can be made all the same. */
async function ownerOf(web: Web, request: TokenRequest): Promise<Account> {
  const link = await web.links.verifyPrivate('digest', tidyToken(request.params.token));
  const account = link?.generation === DIGEST_GENERATION ? await web.store.accounts.account(link.id) : undefined;
  if (account !== undefined) return account;
  const { texts } = web.pages;
  throw new PageError('link-forged', { lines: [texts.text('digest.unknown-what')], action: ownPage(web) });
}

function sendOff(web: Web, reply: FastifyReply, { email }: Account): FastifyReply {
  const { texts } = web.pages;
  const heading = texts.text('digest.is-off');
  const lines = [texts.text('digest.is-off-what', { email }), texts.text('digest.on-again')];
  return sendPage(web, reply, 'message', { title: heading }, { heading, lines, action: ownPage(web) });
}

const ownPage = (web: Web) => ({ href: '/account', label: web.pages.texts.text('digest.on-again-link') });
