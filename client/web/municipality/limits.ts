/** How often the pages of municipalities may be asked for: by link and by place, apart for opening, reading and writing. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { createLimit, type Limit } from '../limits.ts';
import type { Web } from '../web.ts';
import { CONTACT_COOKIE } from './access.ts';

type Use = 'open' | 'read' | 'write';

/**
 * A minute. Scanners open each link several times, and one of them may stand before every town hall of a region; a whole
 * town hall may sit behind one address.
 */
const limits: Record<Use, { ofLink: number; ofPlace: number }> = {
  open: { ofLink: 60, ofPlace: 300 },
  read: { ofLink: 120, ofPlace: 300 },
  write: { ofLink: 30, ofPlace: 90 },
};

/** To be called before the routes are: it looks at each request below /m/. */
export function registerLimits(app: FastifyInstance, web: Web): void {
  const both = (use: Use): Limit[] => {
    const { ofLink, ofPlace } = limits[use];
    const timeWindow = '1 minute';
    return [
      createLimit(app, web, { max: ofLink, timeWindow, of: linkOf }),
      createLimit(app, web, { max: ofPlace, timeWindow }),
    ];
  };
  const all = { open: both('open'), read: both('read'), write: both('write') };
  app.addHook('onRequest', async (request, reply) => {
    const use = useOf(request);
    if (use !== undefined) for (const limit of all[use]) await limit(request, reply);
  });
}

function useOf({ method, routeOptions: { url = '' } }: FastifyRequest): Use | undefined {
  if (!url.startsWith('/m/')) return undefined;
  if (method === 'POST') return 'write';
  return url === '/m/:token' ? 'open' : 'read';
}

/** Its signature says which link it is; undefined for who has none yet. */
function linkOf(request: FastifyRequest): string | undefined {
  const { token } = request.params as { token?: string };
  return (token ?? request.cookies[CONTACT_COOKIE])?.slice(-43);
}
