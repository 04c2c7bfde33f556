/** /metrics, for Prometheus: for who asks from this machine, or with METRICS_TOKEN. Figures only, nothing of a region or a person. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { CONTENT_TYPE, exposition } from '../watch/exposition.ts';
import { createMetrics } from '../watch/metrics.ts';
import type { PathWatch } from '../watch/path-watch.ts';
import { countRequests } from '../watch/requests.ts';
import { PageError } from './failures.ts';
import { isLocal } from './local.ts';
import type { Web } from './web.ts';

const hash = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Hashes are of one length, which comparing in constant time needs. */
const bears = ({ headers }: FastifyRequest, token: string | undefined): boolean =>
  token !== undefined && timingSafeEqual(hash(headers.authorization ?? ''), hash(`Bearer ${token}`));

export function registerMetrics(app: FastifyInstance, web: Web, watch: PathWatch): void {
  const metrics = createMetrics({ ...web, watch, requests: countRequests(app) });

  app.get('/metrics', { config: { rateLimit: false } }, async (request, reply) => {
    if (!isLocal(request) && !bears(request, web.config.metricsToken)) throw new PageError('not-found');
    return reply
      .header('Cache-Control', 'no-store')
      .type(CONTENT_TYPE)
      .send(exposition(await metrics()));
  });
}
