/** /galerij: the gallery of mails, pages and documents, for administrators. It is made when somebody asks for it first. */
import { extname } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { once } from '../../templates/once.ts';
import { isAdministrator } from '../access/viewer.ts';
import { PageError } from './failures.ts';
import { requireSession } from './sign-in/session.ts';
import { sendTo, type Web } from './web.ts';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};
/** Samples are looked at only: nothing in them runs or is sent. Mails bring their own styles. */
const POLICY =
  "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self'; frame-src 'self'; form-action 'none'; " +
  "base-uri 'none'; frame-ancestors 'self'";

type FileRequest = FastifyRequest<{ Params: { '*': string } }>;

export function registerGallery(app: FastifyInstance, web: Web): void {
  if (web.gallery === undefined) return;
  const files = once(web.gallery);

  app.get('/galerij', (_request, reply) => sendTo(web, reply, '/galerij/index.html', 302));
  app.get('/galerij/*', { helmet: false }, async (request: FileRequest, reply): Promise<FastifyReply> => {
    if (!isAdministrator(await requireSession(web, request))) throw new PageError('forbidden');
    const path = request.params['*'];
    const content = (await files()).get(path);
    if (content === undefined) throw new PageError('not-found');
    return reply
      .header('Content-Security-Policy', POLICY)
      .header('X-Content-Type-Options', 'nosniff')
      .header('Cache-Control', 'no-store')
      .type(types[extname(path)] ?? 'application/octet-stream')
      .send(content);
  });
}
