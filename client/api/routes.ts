/** The API as a part of the application with its own errors, its own ways to read a body, and no cookies. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Web } from '../web/web.ts';
import { createCallers } from './caller.ts';
import { apiDocument } from './document.ts';
import { createIdempotency, requestIdOf } from './idempotency.ts';
import { readBody, readParameters } from './input.ts';
import type { Call, Operation, Shape } from './operation.ts';
import { type OpenPath, openPath } from './open-path.ts';
import { operations } from './operations.ts';
import { pathParams } from './schemas/common.ts';
import { API, ApiProblem, PROBLEM_TYPE, sendFailed, sendProblem } from './problem.ts';
import type { Viewer } from '../access/viewer.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks by the API; only there. */
    apiViewer: Viewer | undefined;
  }
}

const DOCUMENT = '/openapi.json';

/** `/paths/{path}` → `/paths/:id` */
const routeOf = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');

/** The methods that an address takes, by its place in the API. */
const methodsAt = (path: string): string[] => {
  const matches = (template: string): boolean =>
    new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}/?$`).test(path);
  const found = operations.filter((each) => matches(each.path)).map(({ method }) => method);
  return found.includes('GET') || path === DOCUMENT
    ? ['GET', 'HEAD', ...found.filter((each) => each !== 'GET')]
    : found;
};

/** Of an address without a route: another method may have one. */
function notThere({ url }: FastifyRequest, reply: FastifyReply): ApiProblem {
  const [path = ''] = url.split('?');
  const allowed = path.startsWith(API) ? methodsAt(path.slice(API.length)) : [];
  if (allowed.length === 0) return new ApiProblem('not-found');
  void reply.header('Allow', allowed.join(', '));
  return new ApiProblem('method-not-allowed');
}

/** @param app the part below `/api`, as `app.register(…, { prefix: '/api' })` gives it */
export function registerApi(app: FastifyInstance, web: Web): void {
  const findCaller = createCallers(app, web);
  const idempotency = createIdempotency(web);
  const document = JSON.stringify(apiDocument(web));

  app.decorateRequest('apiViewer', undefined);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, app.getDefaultJsonParser('error', 'error'));
  app.setErrorHandler((error: Error, request, reply) => sendFailed(web, request, reply, error));
  // Known before a body is read, so that a method that is not there is said to be that, whatever comes with it.
  app.addHook('onRequest', (request, reply, done) => {
    done(request.is404 ? notThere(request, reply) : undefined);
  });
  app.setNotFoundHandler((request, reply) => sendProblem(web, reply, notThere(request, reply)));

  // Requests are counted by token; see caller.ts.
  const config = { rateLimit: false as const };
  app.get(`/v1${DOCUMENT}`, { config }, (_request, reply) =>
    reply.type('application/json').header('Cache-Control', 'no-cache').send(document),
  );

  for (const operation of operations) {
    app.route({
      method: operation.method,
      url: `/v1${routeOf(operation.path)}`,
      config,
      onRequest: async (request, reply) => {
        if (operation.isPublic !== true) request.apiViewer = await findCaller(request, reply);
      },
      handler: (request, reply) => answer(operation, request, reply),
    });
  }

  async function answer(operation: Operation, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const viewer = viewerOf(operation, request);
    const open = await openedFor(web, operation, request, viewer);
    const call = callOf(web, operation, request, viewer);
    void reply.header('Cache-Control', 'no-store').type('application/json');
    if (operation.isChange !== true) return reply.send(await bodyOf(operation, call, open));
    const key = idempotency.keyOf(request, call.viewer.account.id);
    const { status, body, isReplay } = await idempotency.once(key, async () => ({
      status: operation.status,
      body: await bodyOf(operation, { ...call, requestId: requestIdOf(key) }, open),
    }));
    if (isReplay) void reply.header('Idempotency-Replayed', 'true');
    if (status >= 400) void reply.type(PROBLEM_TYPE);
    return reply.code(status).send(body);
  }
}

/** Who asks for what is public. */
const nobody: Viewer = {
  account: { id: '', role: 'reader', email: '', name: '' },
  role: 'reader',
  persons: new Set(),
  regions: new Set(),
};

function viewerOf({ isPublic }: Operation, { apiViewer }: FastifyRequest): Viewer {
  if (apiViewer !== undefined) return apiViewer;
  if (isPublic === true) return nobody;
  throw new ApiProblem('token-missing');
}

/** The path in the address, for who may what the operation needs: asked before what was sent is looked at. */
async function openedFor(
  web: Web,
  { needs }: Operation,
  request: FastifyRequest,
  viewer: Viewer,
): Promise<OpenPath | undefined> {
  if (needs === undefined) return undefined;
  return openPath(web, viewer, readParameters(pathParams, request.params).path, needs);
}

function callOf(web: Web, { shape }: Operation, request: FastifyRequest, viewer: Viewer): Call<Shape> {
  return {
    ...{ web, viewer },
    params: shape.params && readParameters(shape.params, request.params),
    query: shape.query && readParameters(shape.query, request.query),
    body: shape.body && readBody(shape.body, request.body),
    requestId: '',
  };
}

/** An answer, cut to what the document says of it. */
async function bodyOf(operation: Operation, call: Call<Shape>, open: OpenPath | undefined): Promise<string> {
  return JSON.stringify(operation.shape.answer.parse(await operation.handle(call, open)));
}
