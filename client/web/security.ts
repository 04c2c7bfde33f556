/** What holds for every answer and every form: headers, and where a POST may come from. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import helmet from '@fastify/helmet';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PageError } from './failures.ts';
import { first, type FormBody } from './forms/values.ts';
import type { Web } from './web.ts';

export async function registerSecurity(app: FastifyInstance, web: Web): Promise<void> {
  const isHttps = web.origin.startsWith('https:');
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        formAction: ["'self'"],
        frameSrc: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
    // A form's POST must say where it comes from; with no-referrer browsers send `Origin: null`.
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: isHttps,
    crossOriginOpenerPolicy: isHttps,
    originAgentCluster: isHttps,
  });
  app.addHook('onSend', (_request, reply, _payload, done) => {
    void reply.header('X-Robots-Tag', 'noindex, nofollow');
    void reply.header('Permissions-Policy', 'camera=(), geolocation=(), microphone=()');
    done();
  });
  app.addHook('preHandler', (request, _reply, done) => {
    const isOutsider = request.method === 'POST' && !isFromHere(request, web);
    done(isOutsider ? new PageError('form-expired') : undefined);
  });
}

/** By the Origin header, which every browser sends with a POST; what has none is no browser, and has no cookies to misuse. */
function isFromHere(request: FastifyRequest, web: Web): boolean {
  const { origin, host } = request.headers;
  if (request.headers['sec-fetch-site'] === 'cross-site') return false;
  if (origin === undefined) return true;
  return origin === web.origin || (URL.canParse(origin) && new URL(origin).host === host);
}

/** What a form must send back: it follows from a cookie that only this site can read. */
export const formTokenFor = (secret: string): string =>
  createHash('sha256').update(`form:${secret}`).digest('base64url').slice(0, 32);

/** Throws `form-expired` unless a form carries the token that belongs to the visitor's cookie. */
export function checkFormToken(body: FormBody, secret: string): void {
  const given = Buffer.from(first(body, '_form'));
  const expected = Buffer.from(formTokenFor(secret));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new PageError('form-expired');
}

/** Mail programs take what follows a link (`>`, `)`, a full stop) for a part of it: no token ends like that. */
export const tidyToken = (token: string): string => token.replace(/[^\w-]+$/, '');

const VISITOR = 'regiopad_visitor';

/** The secret of a visitor who has not signed in; a cookie is set when there is none yet. */
export function visitorSecret(web: Web, request: FastifyRequest, reply: FastifyReply): string {
  const known = request.cookies[VISITOR];
  if (known !== undefined && known.length >= 20) return known;
  const secret = randomBytes(24).toString('base64url');
  reply.setCookie(VISITOR, secret, cookieOptions(web, '/'));
  return secret;
}

export const cookieOptions = (web: Web, path: string, maxAge?: number) =>
  ({
    path: `${web.base}${path}`,
    httpOnly: true,
    sameSite: 'lax',
    secure: web.origin.startsWith('https:'),
    ...(maxAge !== undefined && { maxAge }),
  }) as const;
