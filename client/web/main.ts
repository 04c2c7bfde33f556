/** The web process: reads its configuration, wires the application and serves until it is asked to stop. */
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { createAccountMailer } from '../../activities/account-mailer.ts';
import { createTestMailer } from '../../activities/test-mailer.ts';
import { createNullTransport, createSmtpTransport } from '../../activities/transport.ts';
import { asInstant, type Instant } from '../../domain/ids.ts';
import { openStore, type Store } from '../../store/store.ts';
import { prepareMails } from '../../templates/render-mail.ts';
import { createBounces } from '../../worker/bounces.ts';
import { watchClock } from '../../worker/clock.ts';
import { addressOf, type Config, loadConfig, temporalServerOf } from '../../worker/config.ts';
import { loadDkimKey } from '../../worker/dkim.ts';
import { historyKeysOf } from '../../worker/histories/keys.ts';
import { announceReady, stopWhenAsked } from '../../worker/lifecycle.ts';
import { checkRestored } from '../../worker/restoring.ts';
import { exitWith, SetupError } from '../../worker/setup-error.ts';
import { jsonLogger } from '../../worker/logging.ts';
import { createLinks, type LinkMaker } from '../../worker/links.ts';
import { linkKeysOf } from '../../worker/link-keys.ts';
import { temporalClient } from '../../worker/temporal/client.ts';
import { connectionOptions } from '../../worker/temporal/connection.ts';
import { gallery } from '../gallery/gallery.ts';
import { makeTrialSpool, NO_WATCH, startInbound, takesInbound } from '../inbound/start.ts';
import { openMailbox } from '../mailbox.ts';
import { createPathClient } from '../path-client.ts';
import { createWebApp } from './app.ts';

const PING_MS = 1_000;
const SIGN_IN_MS = 3_600_000;
/** Where a Temporal server listens when nobody says otherwise. */
const NEARBY = { address: '127.0.0.1:7233', access: {} };
const mailboxFolder = (config: Config): string => join(config.dataDir, 'mailbox');

async function main(): Promise<void> {
  const config = loadConfig();
  checkRestored(config.dataDir);
  prepareMails();
  const clock = (): Instant => asInstant(Date.now() + config.clockOffsetMs);
  const store = await openStore(config.storeLocation, { now: clock, poolSize: config.storePoolSize });
  const mailbox = config.mailboxPort === undefined ? undefined : await startMailbox(config, config.mailboxPort);
  const keys = linkKeysOf(config.dataDir);
  const bounces = createBounces(config.mailBounce, keys);
  const links = createLinks({ keys, publicUrl: config.publicUrl, codes: store.linkCodes });
  // Lazy: the pages work from the store while Temporal is away.
  const connection = Connection.lazy(connectionOptions(temporalServerOf(config) ?? NEARBY));
  const logger = jsonLogger(config.logLevel);
  const client = temporalClient({
    connection,
    namespace: config.temporalNamespace,
    keys: historyKeysOf(config),
    report: ({ code, message }) => {
      logger.error({ code }, message);
    },
  });
  const transport =
    config.smtpUrl === undefined ? createNullTransport() : createSmtpTransport(config.smtpUrl, loadDkimKey(config));
  const mails = { store, transport, config: { ...config, bounces } };
  const mailer = createAccountMailer(mails);
  const paths = createPathClient(client, config.clockOffsetMs);
  const spool = await makeTrialSpool(config);
  const app = await createWebApp({
    ...{ store, links, config, clock, paths, gallery },
    ...(config.oidc && { oidc: config.oidc }),
    sendSignIn: mailer.sendSignIn,
    sendAlert: mailer.sendAlert,
    sendTestMail: createTestMailer(mails),
    pingTemporal: async () => {
      await connection.withDeadline(Date.now() + PING_MS, () => connection.workflowService.getSystemInfo({}));
    },
    ...(mailbox !== undefined && { mailbox: { folder: mailboxFolder(config), ...(spool !== undefined && { spool }) } }),
    logger,
  });
  const inbound = takesInbound(config)
    ? startInbound(config, { store, paths, clock, isSealed: bounces?.isSealed, health: store.health, logger })
    : NO_WATCH;
  const clockWatch = watchClock({
    ...{ component: 'web-clock', store, server: temporalServerOf(config) },
    warn: (message) => {
      logger.warn(message);
    },
  });
  stopWhenAsked(async () => {
    clockWatch.close();
    app.server.closeAllConnections();
    await Promise.all([app.close(), mailbox?.close(), inbound.close()]);
    await connection.close();
    transport.close();
    await store.close();
  });
  const url = await listen(app, config);
  // Only `npm start` prints the link: where nobody reads it there is no such account either (`regiopad accounts add` makes the first).
  const isWatched = process.send !== undefined;
  announceReady({ url, ...(isWatched && { signInUrl: await administratorLink(store, links, clock()) }) });
}

async function startMailbox(config: Config, port: number) {
  try {
    return await openMailbox(mailboxFolder(config), port);
  } catch (error) {
    throw new SetupError(`The mailbox cannot listen on port ${port} (REGIOPAD_MAILBOX_PORT): ${codeOf(error)}.`);
  }
}

/** The address that answers now. Throws a SetupError with one line when the port cannot be had. */
async function listen(app: Awaited<ReturnType<typeof createWebApp>>, { host, port }: Config): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EADDRINUSE') {
      throw new SetupError(`Port ${port} on ${host} is in use: stop what uses it, or set PORT to another one.`);
    }
    throw new SetupError(
      `Port ${port} on ${host} cannot be used (${code}): set PORT and HOST to what this machine has.`,
    );
  }
  const address = app.server.address();
  return addressOf(host, typeof address === 'object' && address !== null ? address.port : port);
}

/** Whoever can read what this process prints may sign in once as administrator. */
async function administratorLink(store: Store, links: LinkMaker, now: Instant): Promise<string> {
  const account = await store.accounts.ensureAccount({
    role: 'administrator',
    email: 'administrator@localhost',
    name: 'Beheerder',
  });
  const token = await store.accounts.createSignInToken(account.id, asInstant(Date.parse(now) + SIGN_IN_MS));
  return links.signInUrl(token);
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);

main().catch(exitWith);
