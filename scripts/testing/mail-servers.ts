import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../../worker/temporal/wheel.ts';
import type { Missing } from './missing.ts';

/** Where `.ci/run` unpacks Exim, which Debian does not install beside Postfix. */
const unpackedExim = join(cacheFolder(process.env), 'exim/usr/sbin/exim4');

const postfix = '/usr/sbin/postfix';
const dovecot = '/usr/sbin/dovecot';

/** Finds the mail servers that tests run against. `exim` is its program; undefined when any of them is missing. */
export function findMailServers(): { exim: string | undefined; missing: Missing[] } {
  const exim = process.env['EXIM'] ?? unpackedExim;
  const missing: Missing[] = [
    ...(existsSync(postfix) ? [] : [{ what: 'Postfix', why: `no ${postfix}: apt-get install postfix` }]),
    ...(existsSync(dovecot) ? [] : [{ what: 'Dovecot', why: `no ${dovecot}: apt-get install dovecot-imapd` }]),
    ...whyNoExim(exim),
    ...(process.getuid?.() === 0 ? [] : [{ what: 'mail servers', why: 'they have to be started as root' }]),
  ];
  return { exim: missing.length === 0 ? exim : undefined, missing };
}

function whyNoExim(exim: string): Missing[] {
  if (!existsSync(exim)) return [{ what: 'Exim', why: `no ${exim}: .ci/run unpacks it there, or set EXIM` }];
  try {
    execFileSync(exim, ['-C', '/dev/null', '-bV'], { stdio: 'pipe', timeout: 10_000 });
    return [];
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: Buffer | string; stderr?: Buffer | string };
    const [line = 'it does not start'] = `${String(stderr)}${String(stdout)}`.trim().split('\n').slice(-1);
    return [{ what: 'Exim', why: `${exim} does not run: ${line}` }];
  }
}
