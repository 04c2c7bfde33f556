/**
 * The calendar of an account, at a private address: who has it, reads it, without signing in. It ends when its owner renews it,
 * and shows what the owner may see at that moment.
 */
import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorCode } from '../../errors.ts';
import { errorCatalogue } from '../../errors.ts';
import { backToAccount, openOwnForm } from '../account/routes.ts';
import { sentenceOf } from '../failures.ts';
import { createLimit } from '../limits.ts';
import { tidyToken } from '../security.ts';
import type { Web } from '../web.ts';
import { feedFor } from './feed.ts';

type FeedRequest = FastifyRequest<{ Params: { token: string } }>;

/** Programs look every few hours; a whole town hall may sit behind one address. */
const LOOKS_OF_ONE_LINK = 60;
const LOOKS_FROM_ONE_PLACE = 300;

export function registerCalendar(app: FastifyInstance, web: Web): void {
  const timeWindow = '1 hour';
  const ofLink = createLimit(app, web, {
    ...{ max: LOOKS_OF_ONE_LINK, timeWindow },
    of: (request) => tokenOf(request as FeedRequest).slice(-43),
  });
  const ofPlace = createLimit(app, web, { max: LOOKS_FROM_ONE_PLACE, timeWindow });

  app.get('/agenda/:token', async (request: FeedRequest, reply) => {
    await ofPlace(request, reply);
    await ofLink(request, reply);
    return sendFeed(web, request, reply);
  });

  app.post('/account/agenda', async (request, reply) => {
    const { session } = await openOwnForm(web, request);
    await web.store.settings.renewFeed(session.account);
    return backToAccount(web, reply, 'calendar');
  });
}

/** Some programs want an address that ends as a calendar does. */
const tokenOf = ({ params }: FeedRequest): string => tidyToken(params.token).replace(/\.ics$/i, '');

async function sendFeed(web: Web, request: FeedRequest, reply: FastifyReply): Promise<FastifyReply> {
  const link = await web.links.verifyPrivate('calendar', tokenOf(request));
  const account = link && (await web.store.accounts.account(link.id));
  if (link === undefined || account === undefined) return sendRefusal(reply, 'calendar-unknown');
  const { feedGeneration } = await web.store.settings.settingsOf(account);
  if (link.generation !== feedGeneration) return sendRefusal(reply, 'calendar-renewed');
  const { ics, changedAt } = await feedFor(web, account);
  const tag = `"${createHash('sha256').update(ics).digest('base64url').slice(0, 27)}"`;
  void reply
    .header('ETag', tag)
    .header('Cache-Control', 'private, no-cache')
    .header('Last-Modified', changedAt.toUTCString());
  if (isKnown(request, tag, changedAt)) return reply.code(304).send();
  return reply
    .type('text/calendar; charset=utf-8')
    .header('Content-Disposition', 'inline; filename="regiopad.ics"')
    .send(ics);
}

/** Whether the program that asks has this edition (RFC 9110, 13.2.2: a tag counts before a moment). */
function isKnown({ headers }: FastifyRequest, tag: string, changedAt: Date): boolean {
  const tags = headers['if-none-match'];
  if (tags !== undefined) {
    const known = tags.split(',').map((each) => each.trim().replace(/^W\//, ''));
    return known.includes(tag) || known.includes('*');
  }
  const since = Date.parse(headers['if-modified-since'] ?? '');
  return !Number.isNaN(since) && Math.floor(changedAt.getTime() / 1000) * 1000 <= since;
}

/** A calendar program shows no page: one sentence says what to do. */
const sendRefusal = (reply: FastifyReply, code: ErrorCode): FastifyReply =>
  reply
    .code(errorCatalogue[code].status)
    .type('text/plain; charset=utf-8')
    .header('Cache-Control', 'private, no-store')
    .send(`${sentenceOf(code)}\n`);
