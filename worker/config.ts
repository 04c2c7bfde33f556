import { join, resolve } from 'node:path';
import { z } from 'zod';
import { oidcSettings, oidcVariables, type OidcSettings } from './config-oidc.ts';
import { SetupError } from './setup-error.ts';
import { accessText, type TemporalAccess, type TemporalServer, temporalSettings } from './temporal/connection.ts';

const wholeNumber = (largest: number, expected: string) =>
  z
    .string()
    .refine((text) => /^\d+$/.test(text) && Number(text) <= largest, { error: expected })
    .transform(Number);
const port = wholeNumber(65_535, 'a port, 0 to 65535');
const connections = wholeNumber(1000, 'a number of connections, 1 to 1000').refine((count) => count > 0, {
  error: 'a number of connections, 1 to 1000',
});
const milliseconds = wholeNumber(3_600_000, 'a whole number of milliseconds');
const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const url = (...protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: `an address that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  });
/** Where mails come in: a mailbox with user and password, or a folder by its whole path. */
const inbound = z.string().refine(
  (text) => {
    if (!URL.canParse(text)) return false;
    const { protocol, username, password, hostname, pathname } = new URL(text);
    if (protocol === 'imaps:') return [username, password, hostname].every((part) => part !== '');
    return protocol === 'file:' && hostname === '' && pathname.length > 1;
  },
  { error: 'imaps://user:password@host/INBOX (user and password percent-encoded) or file:///path/of/a/folder' },
);
/** The detail that bounces are known by takes 49 of the 64 octets before the @ (RFC 5321, 4.5.3.1.1). */
const bounceAddress = z.string().regex(/^[^\s<>@+]{1,15}@[^\s<>@]+$/, {
  error: 'an address with at most 15 characters and no + before the @, for example bounces@example.org',
});
const domain = z.string().regex(/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i, { error: 'a domain or a part of one' });
const sender = z.string().regex(/^(?:[^\r\n<>@]+ <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/, {
  error: 'Name <address@example.org>',
});

const listening = z.string().regex(/^[^\s:/]+:\d{1,5}$/, { error: 'host:port, for example 127.0.0.1:9464' });

/** Every variable that Regiopad reads itself. Those of Temporal are read in temporal/connection.ts. */
const Environment = z.object({
  REGIOPAD_DATA: z.string().default('./data'),
  DATABASE_URL: url('postgres:', 'postgresql:').optional(),
  DATABASE_POOL: connections.prefault('10'),
  PORT: port.prefault('3000'),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: url('http:', 'https:').optional(),
  SMTP_URL: url('smtp:', 'smtps:').optional(),
  MAIL_FROM: sender.default('Regiopad <regiopad@example.org>'),
  MAIL_BOUNCE: bounceAddress.optional(),
  MAIL_PER_MINUTE: wholeNumber(100_000, 'a whole number of mails a minute; 0 sets no limit').prefault('600'),
  DKIM_DOMAIN: domain.optional(),
  DKIM_SELECTOR: domain.optional(),
  DKIM_KEY_FILE: z.string().optional(),
  HISTORY_KEYS_FILE: z.string().optional(),
  MAIL_INBOUND: inbound.optional(),
  REGIOPAD_INBOUND: z
    .enum(['web', 'apart'], { error: 'web (the web process looks for mail) or apart (client/inbound/main.ts does)' })
    .default('web'),
  ...oidcVariables,
  METRICS_TOKEN: z.string().min(16, { error: 'at least 16 characters' }).optional(),
  WORKER_METRICS: listening.optional(),
  LOG_LEVEL: z.enum(logLevels, { error: `one of ${logLevels.join(', ')}` }).default('warn'),
  REGIOPAD_STICKY_MS: milliseconds.prefault('2000'),
  REGIOPAD_MAILBOX_PORT: port.optional(),
  REGIOPAD_CLOCK_OFFSET_HOURS: wholeNumber(480_000, 'a whole number of hours').prefault('0'),
});

/** What the processes are started with; read once in a main file and passed down as a value. */
export interface Config {
  /** Absolute path of the folder with the dossier store and the development server's database. */
  readonly dataDir: string;
  /** Where the dossier store is: a PostgreSQL address (with its password), or a SQLite file in the data folder. */
  readonly storeLocation: string;
  /** How many connections the web process, and each worker, may have to PostgreSQL. */
  readonly storePoolSize: number;
  readonly host: string;
  /** Port of the web process; 0 asks for any free one. */
  readonly port: number;
  /** Where people reach the pages, without a slash at the end; links in mails start with it. */
  readonly publicUrl: string;
  /** A Temporal server that runs already; without it `npm start` starts the development server. */
  readonly temporalAddress: string | undefined;
  readonly temporalNamespace: string;
  /** TLS, API key and the like; nothing for a server on this machine. */
  readonly temporalAccess: TemporalAccess;
  /** Without it mail goes to the embedded mailbox. */
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string;
  /** Where mail that cannot be delivered comes back to, with the number of the mail; without it to the sender's address. */
  readonly mailBounce: string | undefined;
  /** Of all paths and workers together; 0: no limit. */
  readonly mailPerMinute: number;
  /** With these three mails are signed (DKIM); without them a mail server may do it. */
  readonly dkimDomain: string | undefined;
  readonly dkimSelector: string | undefined;
  readonly dkimKeyFile: string | undefined;
  /** The keys that encrypt histories, where machines share them; without it they are in the data folder. */
  readonly historyKeysFile: string | undefined;
  /** Where mails come in (`imaps://` or `file:///`); without it, and without SMTP_URL, from the pages of the embedded mailbox. */
  readonly mailInbound: string | undefined;
  /** Which process looks for mail that came in: the web process, or one of its own. */
  readonly inboundProcess: 'web' | 'apart';
  /** With these people can sign in at an identity provider too. */
  readonly oidc: OidcSettings | undefined;
  /** Whoever bears it may read /metrics from another machine. */
  readonly metricsToken: string | undefined;
  /** Where the worker answers Prometheus with the figures of Temporal's SDK; without it nowhere. */
  readonly workerMetrics: string | undefined;
  readonly logLevel: (typeof logLevels)[number];
  /** How long a click waits for a dead worker before another one takes over, in milliseconds. */
  readonly stickyQueueTimeoutMs: number;
  /** Set by `npm start` when SMTP_URL is not: the web process opens the embedded mailbox here, on loopback. */
  readonly mailboxPort: number | undefined;
  /** For a trial: how far the clock of paths that are started, and of the pages, is ahead of real time. Zero in real use. */
  readonly clockOffsetMs: number;
}

/**
 * Reads the environment. An empty variable counts as absent.
 * @throws SetupError with one line per wrong variable: its name, what is expected and what it holds
 */
export function loadConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(given);
  if (!parsed.success) throw new SetupError(parsed.error.issues.map((issue) => complaint(issue, given)).join('\n'));
  const variables = parsed.data;
  const oidc = oidcSettings(variables);
  if (oidc !== undefined && 'missing' in oidc)
    throw new SetupError(`${oidc.missing}: expected what the identity provider of OIDC_ISSUER gave out, got nothing`);
  const temporal = temporalSettings(given);
  return {
    dataDir: resolve(variables.REGIOPAD_DATA),
    storeLocation: variables.DATABASE_URL ?? join(resolve(variables.REGIOPAD_DATA), 'dossier.db'),
    storePoolSize: variables.DATABASE_POOL,
    host: variables.HOST,
    port: variables.PORT,
    publicUrl: (variables.PUBLIC_URL ?? addressOf(variables.HOST, variables.PORT)).replace(/\/+$/, ''),
    temporalAddress: temporal.address,
    temporalNamespace: temporal.namespace ?? 'regiopad',
    temporalAccess: temporal.access,
    smtpUrl: variables.SMTP_URL,
    mailFrom: variables.MAIL_FROM,
    mailBounce: variables.MAIL_BOUNCE,
    mailPerMinute: variables.MAIL_PER_MINUTE,
    dkimDomain: variables.DKIM_DOMAIN,
    dkimSelector: variables.DKIM_SELECTOR,
    dkimKeyFile: variables.DKIM_KEY_FILE,
    historyKeysFile: variables.HISTORY_KEYS_FILE && resolve(variables.HISTORY_KEYS_FILE),
    mailInbound: variables.MAIL_INBOUND,
    inboundProcess: variables.REGIOPAD_INBOUND,
    oidc,
    metricsToken: variables.METRICS_TOKEN,
    workerMetrics: variables.WORKER_METRICS,
    logLevel: variables.LOG_LEVEL,
    stickyQueueTimeoutMs: variables.REGIOPAD_STICKY_MS,
    mailboxPort: variables.REGIOPAD_MAILBOX_PORT,
    clockOffsetMs: variables.REGIOPAD_CLOCK_OFFSET_HOURS * 3_600_000,
  };
}

/** The Temporal server that the configuration names; undefined when `npm start` is to start one. */
export function temporalServerOf({
  temporalAddress,
  temporalNamespace,
  temporalAccess,
}: Config): TemporalServer | undefined {
  if (temporalAddress === undefined) return undefined;
  return { address: temporalAddress, namespace: temporalNamespace, access: temporalAccess };
}

/** One `name value` line per setting, with passwords of addresses masked: fit for a terminal and a log. */
export function describeConfig(config: Config): string {
  const { oidc, temporalAccess, metricsToken, ...rest } = config;
  return Object.entries({
    ...rest,
    temporalAccess: accessText(temporalAccess),
    metricsToken: metricsToken && '***',
    oidcIssuer: oidc?.issuer,
    oidcClientId: oidc?.clientId,
  })
    .map(([name, value]: [string, string | number | undefined]) => `${name.padEnd(22)}${shown(value)}`)
    .join('\n');
}

/** The address of a page on this machine; a wildcard host is reached through loopback. */
export function addressOf(host: string, portNumber: number): string {
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${portNumber}`;
}

function complaint(issue: z.core.$ZodIssue, given: NodeJS.ProcessEnv): string {
  const name = String(issue.path[0]);
  const value = given[name] ?? '';
  return `${name}: expected ${issue.message}, got ${JSON.stringify(withPassword.has(name) ? maskPassword(value) : value)}`;
}

const shown = (value: string | number | undefined): string =>
  typeof value === 'string' ? maskPassword(value) : String(value ?? '-');

const withPassword = new Set(['DATABASE_URL', 'SMTP_URL', 'MAIL_INBOUND', 'OIDC_ISSUER']);

/** Hides the password of an address, also when it is not a proper one. */
function maskPassword(text: string): string {
  return text.replace(/^([a-z0-9+.-]+:\/\/)?([^:@/]*):(.*)@/i, '$1$2:***@').replace(/([?&]password=)[^&]*/i, '$1***');
}
