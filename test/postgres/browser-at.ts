/** The browser of the web tests, at a server that listens somewhere. */
import type { FastifyInstance, InjectOptions } from 'fastify';
import { Browser } from '../web/harness.ts';

/** `name=value; Path=/m/p` of a header. */
function cookieOf(line: string): { name: string; value: string; path: string } {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
  const path =
    attributes.find((attribute) => attribute.toLowerCase().startsWith('path='))?.slice('path='.length) ?? '/';
  return { name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1), path };
}

interface Visitor {
  /** Sent with every request. */
  headers?: Record<string, string>;
  /** How long a request may take, in milliseconds; then it fails. */
  patienceMs?: number;
}

export function browserAt(address: string, visitor: Visitor = {}): Browser {
  const inject = async ({ method, url, headers, payload }: InjectOptions & { url: string }) => {
    const { host: _host, ...given } = (headers ?? {}) as Record<string, string>;
    const response = await fetch(new URL(url, address), {
      ...{ method: method ?? 'GET', redirect: 'manual' },
      headers: { ...given, ...visitor.headers, origin: new URL(address).origin },
      ...(visitor.patienceMs !== undefined && { signal: AbortSignal.timeout(visitor.patienceMs) }),
      ...(typeof payload === 'string' || payload instanceof Buffer
        ? { body: new Uint8Array(Buffer.from(payload)) }
        : {}),
    });
    const rawPayload = Buffer.from(await response.arrayBuffer());
    const cookies = response.headers.getSetCookie().map(cookieOf);
    return {
      ...{ statusCode: response.status, headers: Object.fromEntries(response.headers), cookies },
      ...{ rawPayload, body: rawPayload.toString() },
    };
  };
  // All that the browser asks of an application.
  return new Browser({ inject } as unknown as FastifyInstance);
}
