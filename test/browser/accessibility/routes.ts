/** The routes of the application that end on a page. */
import type { FastifyInstance } from 'fastify';

/** For machines, files, a mail as it goes out, which has tests of its own, and forms that lead back to the page they are on. */
const noPages = [
  ...['/robots.txt', '/favicon.ico', '/healthz', '/readyz', '/metrics', '/mailbox/:id/html', '/mailbox/:id/antwoord'],
  ...['/m/p/:path/:nis/bestanden/:id', '/paden/:path/bestanden/:id'],
  '/m/p/:path/:nis/ontwerp/:decision/:version',
  ...['voorbeeld', 'ontwerp'].map((file) => `/paden/:path/teksten/:decision/${file}/:party/:version`),
  ...['/uitvoer/:table.:format', '/agenda/:token', '/account/agenda'],
  ...['archief.zip', 'kiosk.zip', 'overzicht.pdf', 'checklist'].map((part) => `/paden/:path/dossier/${part}`),
  ...[
    '/paden/:path/post/:mail/html',
    '/paden/:path/post/:mail/test',
    '/paden/:path/teksten/:decision/bijlagen/weg',
    '/paden/:path/notities/weg',
  ],
  '/overdracht/aanspreekpunten.csv',
];

/** Those that end on a page, whatever their methods. */
export function routesOf(app: FastifyInstance): string[] {
  const routes = endpointsOf(app).map((endpoint) => endpoint.split(' ')[1] ?? '');
  // The API is for programs; its own tests walk it.
  return [...new Set(routes)].filter((route) => !noPages.includes(route) && !route.startsWith('/api/'));
}

/** Every route with each of its methods, `GET /paden/:path`, from the tree that fastify draws: four characters for each level, then the part of the address. */
export function endpointsOf(app: FastifyInstance): string[] {
  const levels: string[] = [];
  return app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, indent = '', part = '', methods] = /^((?:│ {3}| {4})*)(?:├|└)── (\S+)(?: \((.*)\))?$/.exec(line) ?? [];
      if (part === '') return [];
      levels.splice(indent.length / 4, Infinity, part);
      const drawn = levels.join('').replace(/^\/(?=.)\/?/, '/');
      if (methods === undefined) return [];
      // The one for all that is not there has no slash; others lose theirs in the drawing.
      const route = drawn === '/*' ? '*' : drawn.replace(/([^/])\*$/, '$1/*');
      return methods.split(', ').map((method) => `${method} ${route}`);
    });
}
