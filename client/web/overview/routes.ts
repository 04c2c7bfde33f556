/** The pages about all regions: the overview and the coming weeks. Each shows what its reader may read. */
import type { FastifyInstance } from 'fastify';
import { queryOf } from '../forms/values.ts';
import { findSession, requireSession } from '../sign-in/session.ts';
import { sendTo, type Web } from '../web.ts';
import { createOverviewPage } from './page.ts';
import { sendWeeks } from './weeks-page.ts';

export function registerOverview(app: FastifyInstance, web: Web): void {
  const overview = createOverviewPage(web);
  app.get('/', async (request, reply) => {
    const session = await findSession(web, request);
    return session === undefined
      ? sendTo(web, reply, '/aanmelden', 302)
      : overview.send(session, reply, queryOf(request));
  });
  app.get('/komende-weken', async (request, reply) =>
    sendWeeks(web, reply, await requireSession(web, request), queryOf(request)),
  );
}
