/** How often somebody may ask. Each limit counts by itself, and ends on the page that asks for patience. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PageError } from './failures.ts';
import type { Web } from './web.ts';

export interface LimitSpec {
  max: number;
  timeWindow: string;
  /** Whose requests are counted together; undefined for one that does not count. By default the place it comes from. */
  of?: (request: FastifyRequest) => string | undefined;
}

/** Counts a request. Throws the page `too-many-requests`, with how long to wait in its head. */
export type Limit = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

export function createLimit(app: FastifyInstance, web: Web, spec: LimitSpec): Limit {
  const { max, timeWindow, of = placeOf } = spec;
  const count = app.createRateLimit({
    ...{ max: max * web.patience, timeWindow },
    keyGenerator: (request) => of(request) ?? '',
  });
  return async (request, reply) => {
    if (of(request) === undefined) return;
    const state = await count(request);
    if (state.isAllowed || !state.isExceeded) return;
    void reply.header('Retry-After', String(state.ttlInSeconds));
    throw new PageError('too-many-requests');
  };
}

/** An address; of IPv6 the network of 64 bits, since whoever has one address there has them all. */
export function placeOf({ ip }: Pick<FastifyRequest, 'ip'>): string {
  if (!ip.includes(':') || ip.includes('.')) return ip;
  const [head = '', tail] = ip.split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array<string>(Math.max(0, zeros)).fill('0'), ...after].slice(0, 4).join(':');
}
