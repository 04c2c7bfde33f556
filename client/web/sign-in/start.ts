/** A session begins: however somebody proved who they are. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { asInstant } from '../../../domain/ids.ts';
import type { Account } from '../../../store/accounts.ts';
import { cookieOptions } from '../security.ts';
import type { Web } from '../web.ts';
import { SESSION_COOKIE, SESSION_HOURS } from './session.ts';

const HOUR = 3_600_000;
const LONGEST_AGENT = 200;

/** Gives the browser a session of its own. What expired meanwhile, of anybody, is removed on this occasion. */
export async function startSession(
  web: Web,
  request: FastifyRequest,
  reply: FastifyReply,
  account: Account,
): Promise<void> {
  const { accounts } = web.store;
  const expires = asInstant(Date.parse(web.clock()) + SESSION_HOURS * HOUR);
  // As its owner would recognise it in a list.
  const agent = (request.headers['user-agent'] ?? '').slice(0, LONGEST_AGENT);
  const secret = await accounts.createWebSession(account.id, expires, agent);
  reply.setCookie(SESSION_COOKIE, secret, cookieOptions(web, '/', SESSION_HOURS * 3600));
  await accounts.removeExpired();
}
