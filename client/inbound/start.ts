/** Wires what comes in by mail: the source that the settings name, and who takes its mails. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import type { Config } from '../../worker/config.ts';
import type { InboundSource } from './source.ts';
import { createImapSource } from './sources/imap.ts';
import { createMaildirSource, makeMaildir } from './sources/maildir.ts';
import { createTaking, type TakingTools } from './take.ts';
import { type Watch, watchInbound, type WatchTools } from './watch.ts';

/** Where the pages of the embedded mailbox put mails for us, as long as no other place is set. */
const trialSpool = (config: Config): string | undefined =>
  config.mailboxPort === undefined || config.mailInbound !== undefined ? undefined : join(config.dataDir, 'inbound');

/** The same folder, made when it is not there. */
export async function makeTrialSpool(config: Config): Promise<string | undefined> {
  const spool = trialSpool(config);
  if (spool !== undefined) await makeMaildir(spool);
  return spool;
}

/** Undefined when nothing comes in: with a mail server of one's own and no MAIL_INBOUND. */
export function sourceFor(config: Config): InboundSource | undefined {
  const { mailInbound } = config;
  const spool = trialSpool(config);
  if (mailInbound?.startsWith('file:') === true) return createMaildirSource(fileURLToPath(mailInbound));
  if (mailInbound !== undefined) return createImapSource(mailInbound);
  return spool === undefined ? undefined : createMaildirSource(spool);
}

/** Whether the web process does it: the mailbox of a trial always, a real one unless a process of its own looks there. */
export const takesInbound = ({ inboundProcess, mailInbound }: Config): boolean =>
  inboundProcess === 'web' || mailInbound === undefined;

export const NO_WATCH: Watch = { close: () => Promise.resolve() };

/** Does nothing when nothing comes in. */
export function startInbound(
  config: Config,
  tools: TakingTools & Pick<WatchTools, 'health'> & { logger: Pick<Logger, 'error'> },
): Watch {
  const source = sourceFor(config);
  if (source === undefined) return NO_WATCH;
  const log: WatchTools['log'] = ({ source: name, error }) => {
    tools.logger.error({ source: name, err: error }, 'mails that came in could not be taken; they are tried again');
  };
  return watchInbound({ ...tools, source, take: createTaking(tools), log });
}
