/** Postfix, which takes every recipient of its domains and finds out later that some do not exist. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { freePort, giveTo, run, type RunningServer, serverFolder } from './running.ts';

export interface MailServer extends RunningServer {
  url: string;
  /** The Maildir of an address. */
  maildir: (address: string) => string;
  /** Puts an address off until it is taken out. */
  greylisted: Set<string>;
}

/** @param mailboxes the addresses that exist; `+detail` is part of none */
export async function startPostfix(domains: string[], mailboxes: string[]): Promise<MailServer> {
  const folder = serverFolder();
  const port = await freePort();
  const greylisted = new Set<string>();
  const policy = await startGreylist(greylisted);
  const [conf, logFile] = [join(folder, 'conf'), join(folder, 'mail.log')];
  for (const name of ['conf', 'queue', 'data', 'mail']) mkdirSync(join(folder, name));
  giveTo('postfix', join(folder, 'data'));
  giveTo('nobody', join(folder, 'mail'));
  const lines = mailboxes.map((address) => `${address} ${address}/`);
  writeFileSync(join(conf, 'mailboxes'), `${lines.join('\n')}\n`);
  writeFileSync(join(conf, 'main.cf'), settings(folder, domains, policy.port));
  writeFileSync(join(conf, 'master.cf'), services(port));
  execFileSync('/usr/sbin/postfix', ['-c', conf, 'check'], { stdio: 'pipe' });
  const server = await run('/usr/lib/postfix/sbin/master', ['-c', conf, '-d', '-s'], { folder, port, logFile });
  return {
    ...server,
    url: `smtp://127.0.0.1:${port}`,
    maildir: (address) => join(folder, 'mail', address),
    greylisted,
    async stop() {
      await server.stop();
      policy.close();
    },
  };
}

const settings = (folder: string, domains: string[], policyPort: number): string => `
compatibility_level = 3.6
queue_directory = ${folder}/queue
data_directory = ${folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = ${folder}/mail.log
maillog_file_prefixes = ${folder}
myhostname = postfix.example.org
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mydestination =
local_recipient_maps =
alias_maps =
alias_database =
recipient_delimiter = +
virtual_mailbox_domains = ${domains.join(', ')}
virtual_mailbox_base = ${folder}/mail
virtual_mailbox_maps = texthash:${folder}/conf/mailboxes
virtual_minimum_uid = 1
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
smtpd_reject_unlisted_recipient = no
smtpd_relay_restrictions = reject_unauth_destination
smtpd_recipient_restrictions = check_policy_service inet:127.0.0.1:${policyPort}
`;

const services = (port: number): string => `
127.0.0.1:${port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
`;

/** What postgrey and its like are to Postfix: a service that says of each recipient whether it is too early. */
async function startGreylist(greylisted: ReadonlySet<string>): Promise<{ port: number; close: () => void }> {
  const port = await freePort();
  const server = createServer((socket) => {
    let text = '';
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      text += chunk.toString();
      if (!text.endsWith('\n\n')) return;
      const recipient = /^recipient=(.*)$/m.exec(text)?.[1] ?? '';
      text = '';
      socket.write(`action=${greylisted.has(recipient) ? 'DEFER greylisted, try again later' : 'DUNNO'}\n\n`);
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { port, close: () => server.close() };
}
