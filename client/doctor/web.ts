/** Whether people can reach the pages safely, and sign in. */
import type { Config } from '../../worker/config.ts';
import { findRunning } from '../../worker/run-file.ts';
import { messageOf } from '../../worker/setup-error.ts';
import { createOidcClient } from '../web/sign-in/oidc/client.ts';
import { type Check, isLoopback, PATIENCE_MS } from './check.ts';

export const webChecks = (config: Config): Check[] => [
  { name: 'pages', run: () => pages(config) },
  { name: 'identity provider', run: () => identityProvider(config) },
];

/** Where to look: `npm start` on this machine may have been given another PORT than this command, and wrote down where they are. */
const addressOf = ({ dataDir, publicUrl }: Config): string =>
  (isLoopback(new URL(publicUrl).hostname) ? findRunning(dataDir)?.web?.url : undefined) ?? publicUrl;

async function pages(config: Config): Promise<string> {
  const { host, publicUrl } = config;
  const { protocol, hostname } = new URL(publicUrl);
  const isSafe = protocol === 'https:' || (isLoopback(hostname) && isLoopback(host));
  if (!isSafe)
    throw new Error(
      `${publicUrl} (HOST=${host}) is not encrypted, so whoever listens has every link: put a proxy with TLS before it (deploy/proxy) and set PUBLIC_URL=https://…`,
    );
  const address = addressOf(config);
  const trouble = await troubleAt(new URL('healthz', `${address.replace(/\/+$/, '')}/`).href);
  if (trouble === undefined) return `${address} answers`;
  if (isLoopback(hostname)) return `${publicUrl}; not running now`;
  throw new Error(`${publicUrl}/healthz: ${trouble}. Start the web process, or correct the proxy or PUBLIC_URL`);
}

async function troubleAt(url: string): Promise<string | undefined> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS), redirect: 'manual' });
    return answer.ok ? undefined : `answers ${String(answer.status)}`;
  } catch (error) {
    return messageOf((error as Error).cause ?? error);
  }
}

async function identityProvider({ oidc, publicUrl }: Config): Promise<string> {
  if (oidc === undefined) return 'OIDC_ISSUER is not set: people sign in by a link in a mail';
  try {
    await createOidcClient(oidc, `${publicUrl}/aanmelden/oidc/terug`).start();
    return `${oidc.issuer} tells where to sign in`;
  } catch (error) {
    const why = messageOf((error as Error).cause ?? error);
    throw new Error(
      `${oidc.issuer} does not tell where to sign in (${why}): correct OIDC_ISSUER, or ask the provider`,
      { cause: error },
    );
  }
}
