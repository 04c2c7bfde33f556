/** An authority of one's own, with a certificate for a server on this machine and one for a client. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface KeyPair {
  certificateFile: string;
  keyFile: string;
  certificate: Buffer;
  key: Buffer;
}

/** @param folder where the files go */
export function makeAuthority(folder: string): { authorityFile: string; server: KeyPair; client: KeyPair } {
  const openssl = (...words: string[]) => execFileSync('openssl', words, { cwd: folder, stdio: 'pipe' });
  const key = ['-newkey', 'rsa:2048', '-nodes'];
  openssl('req', '-x509', ...key, '-days', '2', '-subj', '/CN=authority', '-keyout', 'ca.key', '-out', 'ca.pem');
  writeFileSync(join(folder, 'names'), 'subjectAltName=DNS:localhost,DNS:regiopad.example.org,IP:127.0.0.1\n');
  const pair = (name: string): KeyPair => {
    const [certificateFile, keyFile] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)];
    openssl('req', ...key, '-subj', `/CN=${name}`, '-keyout', keyFile, '-out', `${name}.csr`);
    const signing = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'names'];
    openssl('x509', '-req', '-in', `${name}.csr`, ...signing, '-out', certificateFile);
    return { certificateFile, keyFile, certificate: readFileSync(certificateFile), key: readFileSync(keyFile) };
  };
  return { authorityFile: join(folder, 'ca.pem'), server: pair('server'), client: pair('client') };
}
