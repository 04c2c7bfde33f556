/** Municipalities over all paths that somebody follows: a list to search, and one of them with all that is asked of it. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { PageError } from '../failures.ts';
import { requireSession, type Session } from '../sign-in/session.ts';
import type { Web } from '../web.ts';
import { sendMunicipalities } from './list-page.ts';
import { sendMunicipality } from './one-page.ts';

export const MUNICIPALITIES = '/gemeenten';

export function registerMunicipalities(app: FastifyInstance, web: Web): void {
  app.get(MUNICIPALITIES, async (request, reply) => {
    const { zoek } = request.query as Record<string, unknown>;
    return sendMunicipalities(web, reply, await requireWorker(web, request), typeof zoek === 'string' ? zoek : '');
  });
  app.get(`${MUNICIPALITIES}/:nis`, async (request: FastifyRequest<{ Params: { nis: string } }>, reply) =>
    sendMunicipality(web, reply, await requireWorker(web, request), request.params.nis),
  );
}

/** Who reads one region has its page; municipalities over all regions are for who works with them. */
async function requireWorker(web: Web, request: FastifyRequest): Promise<Session> {
  const session = await requireSession(web, request);
  if (session.role !== 'reader') return session;
  throw new PageError('not-allowed', { action: { href: '/', label: web.pages.texts.text('site.overview') } });
}
