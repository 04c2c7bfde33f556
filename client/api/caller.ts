/** Who asks: by the token in the Authorization header (RFC 6750), and how often they may. There are no cookies here. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Viewer, viewerFor } from '../access/viewer.ts';
import { placeOf } from '../web/limits.ts';
import type { Web } from '../web/web.ts';
import { ApiProblem } from './problem.ts';

/** Requests in a minute: with one token, and without a valid one from one place. */
export const TOKEN_LIMIT = 300;
export const PLACE_LIMIT = 60;
const WINDOW_SECONDS = 60;

const CHALLENGE = 'Bearer realm="regiopad"';

/** Finds who asks. Throws `token-missing`, `token-invalid` or `too-many-requests`, with their headers set. */
export type FindCaller = (request: FastifyRequest, reply: FastifyReply) => Promise<Viewer>;

function tokenOf({ headers }: FastifyRequest): string | undefined {
  return /^Bearer +([\w.~+/-]+=*) *$/i.exec(headers.authorization ?? '')?.[1];
}

export function createCallers(app: FastifyInstance, web: Web): FindCaller {
  const counter = (max: number, keyGenerator: (request: FastifyRequest) => string) =>
    app.createRateLimit({ max: max * web.patience, timeWindow: WINDOW_SECONDS * 1000, keyGenerator });
  const byToken = counter(TOKEN_LIMIT, (request) => `api ${tokenOf(request) ?? ''}`);
  const byPlace = counter(PLACE_LIMIT, (request) => `api ${placeOf(request)}`);

  /** Counts a request, says in its answer what is left, and refuses what is too much. */
  async function counted(request: FastifyRequest, reply: FastifyReply, count: typeof byToken): Promise<void> {
    const state = await count(request);
    if (state.isAllowed) return;
    const { max, remaining, ttlInSeconds } = state;
    void reply.header('RateLimit-Policy', `"minute";q=${String(max)};w=${String(WINDOW_SECONDS)}`);
    void reply.header('RateLimit', `"minute";r=${String(remaining)};t=${String(ttlInSeconds)}`);
    if (!state.isExceeded) return;
    void reply.header('Retry-After', String(ttlInSeconds));
    throw new ApiProblem('too-many-requests');
  }

  return async (request, reply) => {
    const token = tokenOf(request);
    const known = token === undefined ? undefined : await web.store.apiTokens.accountOf(token);
    if (known === undefined) {
      await counted(request, reply, byPlace);
      const isMissing = request.headers.authorization === undefined;
      void reply.header('WWW-Authenticate', isMissing ? CHALLENGE : `${CHALLENGE}, error="invalid_token"`);
      throw new ApiProblem(isMissing ? 'token-missing' : 'token-invalid');
    }
    await counted(request, reply, byToken);
    return viewerFor(web.store, known.account, known.role);
  };
}
