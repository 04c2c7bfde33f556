/** Whether mail can leave and come in: by signing in at both servers, without sending or taking anything. */
import { createSmtpTransport } from '../../activities/transport.ts';
import type { Config } from '../../worker/config.ts';
import { loadDkimKey } from '../../worker/dkim.ts';
import { isListening } from '../../worker/processes.ts';
import { messageOf } from '../../worker/setup-error.ts';
import { sourceFor } from '../inbound/start.ts';
import { type Check, unreachable } from './check.ts';

export const mailChecks = (config: Config): Check[] => [
  { name: 'mail server', run: () => mailServer(config) },
  { name: 'mail that comes in', run: () => inbound(config) },
];

async function mailServer(config: Config): Promise<string> {
  const { smtpUrl } = config;
  const dkim = loadDkimKey(config);
  if (smtpUrl === undefined) return 'SMTP_URL is not set: mail goes to the embedded mailbox';
  const { hostname, port, protocol } = new URL(smtpUrl);
  const address = `${hostname}:${port || (protocol === 'smtps:' ? '465' : '587')}`;
  if (!(await isListening(address))) throw await unreachable(address, 'SMTP_URL', 'the mail server');
  const transport = createSmtpTransport(smtpUrl, dkim);
  try {
    const { outcome, code, response } = await transport.verify();
    if (outcome === 'accepted') return `${address}, ${dkim === undefined ? 'not signed here' : 'signed (DKIM)'}`;
    const todo =
      code === 'EAUTH' || code === 'ENOAUTH'
        ? 'correct user and password in SMTP_URL, percent-encoded'
        : 'correct SMTP_URL, or see what the mail server says';
    throw new Error(`${address} does not take our mail (${code}: ${response}): ${todo}`);
  } finally {
    transport.close();
  }
}

async function inbound(config: Config): Promise<string> {
  const source = sourceFor(config);
  if (source === undefined) return 'MAIL_INBOUND is not set: mails that come back are not read';
  try {
    await source.check();
  } catch (error) {
    const isRefused = (error as { authenticationFailed?: boolean }).authenticationFailed === true;
    const todo = isRefused
      ? 'correct user and password, percent-encoded'
      : 'correct it, or make the place and give us rights';
    throw new Error(`MAIL_INBOUND: ${source.name} cannot be read (${messageOf(error)}): ${todo}`, { cause: error });
  }
  const who = config.inboundProcess === 'apart' ? 'by processes of their own' : 'by the web process';
  return `${source.name}, taken ${who}`;
}
