/** Pages and files without a subject: robots, favicon, stylesheet, accessibility. */
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { assetsFolder } from '../../templates/pages/render.ts';
import { sendPage, type Web } from './web.ts';

export function registerPlainPages(app: FastifyInstance, web: Web): void {
  // Their addresses carry a version, so a browser may keep them.
  app.register(fastifyStatic, {
    root: assetsFolder,
    prefix: '/assets/',
    maxAge: '365d',
    immutable: true,
    index: false,
  });

  app.get('/robots.txt', (_request, reply) => reply.type('text/plain').send('User-agent: *\nDisallow: /\n'));
  app.get('/favicon.ico', (_request, reply) => reply.redirect(`${web.base}/assets/favicon.svg`, 301));
  app.get('/toegankelijkheid', (_request, reply) => {
    const { texts } = web.pages;
    const title = texts.text('accessibility.heading');
    const listed = (list: string): string[] =>
      texts
        .keys()
        .filter((key) => key.startsWith(`accessibility.${list}.`))
        .map((key) => texts.text(key));
    const view = { origin: `${web.origin}${web.base}`, open: listed('open'), done: listed('done') };
    return sendPage(web, reply, 'accessibility', { title }, view);
  });
}
