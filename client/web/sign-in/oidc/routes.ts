/** /aanmelden/oidc: to the identity provider and back. A link leads there, since the policy lets forms go nowhere else. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { PageError, type DeadEnd } from '../../failures.ts';
import { cookieOptions } from '../../security.ts';
import { sendTo, type Web } from '../../web.ts';
import { startSession } from '../start.ts';
import { createOidcClient, type Memory, OidcError } from './client.ts';
import { accountOfNewcomer, type Newcomer, newcomerOf } from './identity.ts';

const HOME = '/aanmelden/oidc';
const COOKIE = 'regiopad_oidc';
const MINUTES = 10;
const Kept = z.object({ state: z.string(), nonce: z.string(), verifier: z.string() });

export function registerOidc(app: FastifyInstance, web: Web): void {
  if (web.oidc === undefined) return;
  const { issuer } = web.oidc;
  const client = createOidcClient(web.oidc, `${web.config.publicUrl.replace(/\/+$/, '')}${HOME}/terug`);
  const tries = { config: { rateLimit: { max: 30 * web.patience, timeWindow: '1 minute' } } };

  app.get(HOME, tries, async (request, reply) => {
    const { url, memory } = await orDeadEnd(web, request, () => client.start());
    const kept = Buffer.from(JSON.stringify(memory)).toString('base64url');
    reply.setCookie(COOKIE, kept, cookieOptions(web, HOME, MINUTES * 60));
    return reply.header('Cache-Control', 'no-store').redirect(url, 302);
  });

  app.get(`${HOME}/terug`, tries, async (request, reply) => {
    const memory = memoryOf(request);
    if (memory === undefined) throw deadEnd(web, 'oidc-expired');
    // Whatever comes of it, nobody comes back with it a second time.
    reply.clearCookie(COOKIE, cookieOptions(web, HOME));
    const query = new URL(request.url, web.origin).search.slice(1);
    const claims = await orDeadEnd(web, request, () => client.finish(query, memory));
    const newcomer = newcomerOf(issuer, claims);
    if (newcomer === undefined) throw deadEnd(web, 'oidc-failed');
    return letIn(web, request, reply, newcomer);
  });
}

async function letIn(
  web: Web,
  request: FastifyRequest,
  reply: FastifyReply,
  newcomer: Newcomer,
): Promise<FastifyReply> {
  const account = await accountOfNewcomer(web, newcomer);
  if (account === undefined) throw deadEnd(web, 'oidc-unknown', { lines: unknownLines(web, newcomer) });
  await startSession(web, request, reply, account);
  return sendTo(web, reply, '/', 302);
}

/** Who they are to the provider, and what to tell the administrator. */
function unknownLines(web: Web, { name, organisation, number }: Newcomer): string[] {
  const { texts } = web.pages;
  const who = [name, organisation].filter(Boolean).join(', ');
  return [
    ...(who === '' ? [] : [texts.text('sign-in.oidc.who', { who })]),
    texts.text('sign-in.oidc.ask', { number }),
    texts.text('sign-in.oidc.contact'),
  ];
}

function memoryOf(request: FastifyRequest): Memory | undefined {
  try {
    const kept: unknown = JSON.parse(Buffer.from(request.cookies[COOKIE] ?? '', 'base64url').toString());
    return Kept.safeParse(kept).data;
  } catch {
    return undefined;
  }
}

async function orDeadEnd<Result>(web: Web, request: FastifyRequest, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof OidcError)) throw error;
    // Answers of a provider may hold who somebody is: the kind of error says enough.
    const { name, code } = error.cause as { name?: string; code?: string };
    request.log.warn({ code: error.code, cause: { name, code } }, 'signing in at the identity provider failed');
    throw deadEnd(web, error.code);
  }
}

const deadEnd = (web: Web, code: OidcError['code'], more: DeadEnd = {}): PageError =>
  new PageError(code, { ...more, action: { href: '/aanmelden', label: web.pages.texts.text('sign-in.oidc.back') } });
