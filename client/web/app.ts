/** The web application: everything it needs comes in as an argument, and nothing happens until it listens. */
import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import type { Instant } from '../../domain/ids.ts';
import type { Account } from '../../store/accounts.ts';
import type { Store } from '../../store/store.ts';
import { createPages } from '../../templates/pages/render.ts';
import { registerAccounts } from './accounts/routes.ts';
import { registerAccount } from './account/routes.ts';
import { API, sendFailed } from '../api/problem.ts';
import { registerApi } from '../api/routes.ts';
import { registerNotes } from './coordinator/notes-page.ts';
import { registerPost } from './coordinator/post/routes.ts';
import { registerCalendar } from './calendar/routes.ts';
import { registerCalls } from './calls/routes.ts';
import { registerCoordinator } from './coordinator/routes.ts';
import { registerDossier } from './dossier-pages/routes.ts';
import { registerExports } from './exports/routes.ts';
import { registerDigest } from './digest/routes.ts';
import { PageError, registerFailures, sendFailure } from './failures.ts';
import { registerShare } from './coordinator/share-page.ts';
import { registerGallery } from './gallery.ts';
import { registerHandOver } from './hand-over/routes.ts';
import { registerHealth } from './health.ts';
import { registerMetrics } from './metrics.ts';
import { registerMailbox } from './mailbox.ts';
import { registerMunicipalities } from './municipalities/routes.ts';
import { registerMunicipality } from './municipality/routes.ts';
import { registerRegion } from './region/routes.ts';
import { registerSecurity } from './security.ts';
import { registerOidc } from './sign-in/oidc/routes.ts';
import { registerSignIn } from './sign-in/routes.ts';
import { registerOverview } from './overview/routes.ts';
import { createStartDefinitions } from './start/loaders.ts';
import { registerStart } from './start/routes.ts';
import { registerPlainPages } from './plain-pages.ts';
import { createDrafts } from '../../worker/drafts/drafts.ts';
import type { Web, WebAppOptions } from './web.ts';
import { createBoard } from '../board/board.ts';
import { keepWarm } from '../board/warm.ts';
import { keepWatch } from '../watch/keep-watch.ts';
import { createPathWatch } from '../watch/path-watch.ts';
import { createSelfCheck } from '../watch/self-check.ts';
import { createWords } from '../dutch/words.ts';
import { createTexts } from '../../worker/texts.ts';

/** A signed token is longer than fastify expects of a parameter. */
const LONGEST_PARAMETER = 2_000;

/** A file of ten megabytes over a slow telephone fits in; who sends a byte now and then does not keep a connection for ever. */
const LONGEST_REQUEST_MS = 5 * 60_000;

export async function createWebApp(options: WebAppOptions): Promise<FastifyInstance> {
  const base = new URL(options.config.publicUrl).pathname.replace(/\/+$/, '');
  const app = Fastify({
    routerOptions: { maxParamLength: LONGEST_PARAMETER, ignoreTrailingSlash: true },
    bodyLimit: 256 * 1024,
    requestTimeout: LONGEST_REQUEST_MS,
    // A reverse proxy on this machine says who its visitors are.
    trustProxy: 'loopback',
    // Tokens stand in addresses: a log never sees them.
    // Unlike a counter, the same in the logs of all web processes.
    genReqId: () => randomUUID(),
    logController: new LogController({ disableRequestLogging: true }),
    rewriteUrl: (request) => withoutBase(request.url ?? '/', base),
    // Addresses that cannot be read, or are longer than any of ours.
    frameworkErrors: (error, request, reply) => {
      if (request.url.startsWith(API)) void sendFailed(web, request, reply, error);
      else void sendFailure(web, reply, new PageError('not-found'));
    },
    ...(options.logger && { loggerInstance: options.logger }),
  });
  const {
    clock = () => new Date().toISOString() as Instant,
    words = createWords(),
    mailTexts = createTexts(),
    pages = createPages(),
    patience = 1,
  } = options;
  const web: Web = {
    ...options,
    ...{ base, clock, words, mailTexts, pages, patience },
    origin: new URL(options.config.publicUrl).origin,
    drafts: createDrafts(options.store, mailTexts),
    board: createBoard({ store: options.store, clock, words }),
    definitions: createStartDefinitions(),
  };
  await app.register(cookie);
  await app.register(formbody);
  // Files are read where a form may have one, and what is too large is said on its page.
  await app.register(multipart, { throwFileSizeLimit: false });
  await app.register(rateLimit, { global: true, max: 600 * patience, timeWindow: '1 minute' });
  await registerSecurity(app, web);
  registerFailures(app, web);
  const watch = createPathWatch(web.store);
  registerMetrics(app, web, watch);
  registerPlainPages(app, web);
  registerHealth(app, web);
  registerMunicipality(app, web);
  registerSignIn(app, web);
  registerOidc(app, web);
  registerAccount(app, web);
  registerOverview(app, web);
  registerCalls(app, web);
  registerAccounts(app, web);
  registerCoordinator(app, web);
  registerStart(app, web);
  registerHandOver(app, web);
  registerMunicipalities(app, web);
  registerPost(app, web);
  registerDossier(app, web);
  registerExports(app, web);
  registerCalendar(app, web);
  registerDigest(app, web);
  registerNotes(app, web);
  registerShare(app, web);
  registerRegion(app, web);
  registerMailbox(app, web);
  registerGallery(app, web);
  await app.register((part) => registerApi(part, web), { prefix: '/api' });
  keepWarm(app, web);
  keepWatch(app, {
    ...{ clock, administrators: () => reachable(web.store) },
    check: createSelfCheck({ ...web, watch, stateOf: (path) => web.paths.state(path) }),
    sendAlert: web.sendAlert ?? (() => Promise.resolve()),
  });
  return app;
}

/** The account that `npm start` makes has no mailbox anywhere. */
const reachable = async ({ accounts }: Store): Promise<Account[]> =>
  (await accounts.accounts()).filter(({ role, email }) => role === 'administrator' && !email.endsWith('@localhost'));

/** Behind a path prefix some proxies take it off and some do not: both work. */
function withoutBase(url: string, base: string): string {
  if (base === '' || !(url === base || url.startsWith(`${base}/`) || url.startsWith(`${base}?`))) return url;
  const rest = url.slice(base.length);
  return rest.startsWith('/') ? rest : `/${rest}`;
}
