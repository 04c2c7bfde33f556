/** Dovecot: the IMAP server of a Maildir, with a certificate that was made for the occasion. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, run, type RunningServer, serverFolder } from './running.ts';

export interface ImapServer extends RunningServer {
  /** With user and password. */
  url: string;
  certificate: string;
}

/** @param owner the user to whom the Maildir belongs */
export async function startDovecot(maildir: string, owner: string): Promise<ImapServer> {
  const folder = serverFolder();
  const port = await freePort();
  const [certificate, key, conf] = ['cert.pem', 'key.pem', 'dovecot.conf'].map((name) => join(folder, name));
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const files = ['-keyout', key!, '-out', certificate!];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject, ...files], {
    stdio: 'pipe',
  });
  writeFileSync(conf!, settings(folder, port, maildir, owner));
  const server = await run('/usr/sbin/dovecot', ['-F', '-c', conf!], {
    ...{ folder, port },
    logFile: join(folder, 'dovecot.log'),
  });
  const url = `imaps://bounces%40example.org:ge%3Aheim@localhost:${port}/INBOX`;
  return { ...server, url, certificate: readFileSync(certificate!, 'utf8') };
}

const settings = (folder: string, port: number, maildir: string, owner: string): string => `
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <${folder}/cert.pem
ssl_key = <${folder}/key.pem
first_valid_uid = 1
mail_location = maildir:${maildir}
service imap-login {
  chroot =
  inet_listener imap {
    port = 0
  }
  inet_listener imaps {
    port = ${port}
  }
}
service anvil {
  chroot =
}
passdb {
  driver = static
  args = password=ge:heim
}
userdb {
  driver = static
  args = uid=${owner} gid=${owner} home=${folder}
}
`;
