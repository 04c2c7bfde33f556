/** Exim, from the packages of Debian that lie unpacked beside Postfix, since the two cannot be installed together. */
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MailServer } from './postfix.ts';
import { freePort, giveTo, run, serverFolder } from './running.ts';

const USER = 'Debian-exim';

/** Remembers by files what is put off: Exim looks at them for every recipient. */
class FlagFiles extends Set<string> {
  readonly #folder: string;

  constructor(folder: string) {
    super();
    this.#folder = folder;
  }

  override add(address: string): this {
    writeFileSync(join(this.#folder, address), '');
    return super.add(address);
  }

  override delete(address: string): boolean {
    rmSync(join(this.#folder, address));
    return super.delete(address);
  }
}

/** @param unpacked where exim4 lies; it is copied to where its own user can start it again for each mail */
export async function startExim(unpacked: string, domains: string[], mailboxes: string[]): Promise<MailServer> {
  const folder = serverFolder();
  const port = await freePort();
  for (const name of ['spool', 'log', 'mail', 'greylist']) mkdirSync(join(folder, name));
  giveTo(USER, join(folder, 'spool'), join(folder, 'log'), join(folder, 'mail'));
  const [program, conf] = [join(folder, 'exim4'), join(folder, 'exim.conf')];
  copyFileSync(unpacked, program);
  writeFileSync(join(folder, 'mailboxes'), `${mailboxes.map((address) => `${address}: ${address}`).join('\n')}\n`);
  writeFileSync(conf, settings(program, folder, port, domains));
  const logFile = join(folder, 'log', 'mainlog');
  const server = await run(program, ['-C', conf, '-bdf', '-q1m'], { folder, port, logFile });
  return {
    ...server,
    url: `smtp://127.0.0.1:${port}`,
    maildir: (address) => join(folder, 'mail', address),
    greylisted: new FlagFiles(join(folder, 'greylist')),
  };
}

/** Tainted data may not name a folder (Exim 4.96): the name comes from the list of mailboxes. */
const settings = (program: string, folder: string, port: number, domains: string[]): string => `
primary_hostname = exim.example.org
exim_path = ${program}
spool_directory = ${folder}/spool
log_file_path = ${folder}/log/%slog
pid_file_path = ${folder}/exim.pid
daemon_smtp_ports = ${port}
local_interfaces = 127.0.0.1
domainlist local_domains = ${domains.join(' : ')}
acl_smtp_rcpt = acl_rcpt
acl_smtp_data = acl_data
never_users =
tls_advertise_hosts =
host_lookup =
keep_environment =

begin acl
acl_rcpt:
  defer condition = \${if exists{${folder}/greylist/$local_part@$domain}}
        message = greylisted, try again later
  accept domains = +local_domains
acl_data:
  accept

begin routers
mailboxes:
  driver = accept
  domains = +local_domains
  local_part_suffix = +*
  local_part_suffix_optional
  address_data = \${lookup{$local_part@$domain}lsearch{${folder}/mailboxes}{$value}fail}
  transport = maildir

begin transports
maildir:
  driver = appendfile
  maildir_format
  directory = ${folder}/mail/$address_data
  user = ${USER}
  delivery_date_add
  envelope_to_add
  return_path_add
`;
