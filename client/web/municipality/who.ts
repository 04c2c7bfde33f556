/** A browser remembers who answered with it, so that a second answer does not ask for the name again. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { first, type FormBody } from '../forms/values.ts';
import type { Web } from '../web.ts';
import { contactCookie, type Visit } from './access.ts';

const COOKIE = 'regiopad_who';
/** Half a year: the next question of a path comes months later. */
const REMEMBERED_SECONDS = 180 * 24 * 3600;
const Who = z.object({ name: z.string().max(120), function: z.string().max(120) });

export function rememberWho(web: Web, reply: FastifyReply, visit: Visit, body: FormBody): void {
  const who = { name: first(body, 'name').trim(), function: first(body, 'function').trim() };
  const claims = { path: visit.dossier.state.id, party: visit.party.id, person: visit.person, generation: 0 };
  reply.setCookie(COOKIE, Buffer.from(JSON.stringify(who)).toString('base64url'), {
    ...contactCookie(web, claims),
    maxAge: REMEMBERED_SECONDS,
  });
}

export function whoBefore(request: FastifyRequest): { name: string; function: string } | undefined {
  const value = request.cookies[COOKIE];
  if (value === undefined) return undefined;
  try {
    return Who.parse(JSON.parse(Buffer.from(value, 'base64url').toString('utf8')));
  } catch {
    return undefined;
  }
}
