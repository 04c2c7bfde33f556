/** The key with which mails are signed. Read once at the start: a wrong setting is one line then, not mails that land among spam. */
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { DkimKey } from '../activities/transport.ts';
import type { Config } from './config.ts';
import { messageOf, SetupError } from './setup-error.ts';

/** Shorter ones are refused (RFC 8301, 3.2). */
const LEAST_BITS = 1024;

/** Undefined when mails are not signed here. Throws a SetupError that names the setting and what is wrong with it. */
export function loadDkimKey({ dkimDomain, dkimSelector, dkimKeyFile }: Config): DkimKey | undefined {
  const given = { DKIM_DOMAIN: dkimDomain, DKIM_SELECTOR: dkimSelector, DKIM_KEY_FILE: dkimKeyFile };
  const missing = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [name] : []));
  if (dkimDomain === undefined || dkimSelector === undefined || dkimKeyFile === undefined) {
    if (missing.length === Object.keys(given).length) return undefined;
    throw new SetupError(
      `${missing.join(', ')}: expected a value, since ${Object.keys(given).join(', ')} belong together`,
    );
  }
  const privateKey = readKey(dkimKeyFile);
  return { domainName: dkimDomain, keySelector: dkimSelector, privateKey };
}

function readKey(file: string): string {
  const expected = `DKIM_KEY_FILE: expected a file with an RSA private key (PEM, at least ${String(LEAST_BITS)} bits), got ${file}`;
  try {
    const pem = readFileSync(file, 'utf8');
    const key = createPrivateKey(pem);
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    if (key.asymmetricKeyType === 'rsa' && bits >= LEAST_BITS) return pem;
    throw new Error(`it holds ${key.asymmetricKeyType ?? 'no'} key${bits > 0 ? ` of ${String(bits)} bits` : ''}`);
  } catch (error) {
    throw new SetupError(`${expected}: ${messageOf(error)}`);
  }
}
