/** What only who sits at this machine may see. */
import type { FastifyRequest } from 'fastify';
import { PageError } from './failures.ts';

const isLoopback = (address: string | undefined): boolean =>
  address !== undefined && /^(?:127\.|::1$|::ffff:127\.)/.test(address);

/** From this machine: not through a proxy, and not through a name that somebody points here. */
export function isLocal(request: FastifyRequest): boolean {
  const { headers } = request;
  const isForwarded = 'x-forwarded-for' in headers || 'forwarded' in headers;
  const host = (headers.host ?? '').replace(/:\d+$/, '');
  const isLocalName = ['localhost', '[::1]'].includes(host) || /^127\.\d+\.\d+\.\d+$/.test(host);
  return isLoopback(request.socket.remoteAddress) && !isForwarded && isLocalName;
}

/** For everybody else there is nothing at that address. */
export function checkLocal(request: FastifyRequest): void {
  if (!isLocal(request)) throw new PageError('not-found');
}
