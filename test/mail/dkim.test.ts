/** Mails that land among spam because nobody can tell that they are ours. */
import { createPublicKey, createVerify, generateKeyPairSync } from 'node:crypto';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { createSmtpTransport } from '../../activities/transport.ts';
import { loadConfig } from '../../worker/config.ts';
import { loadDkimKey } from '../../worker/dkim.ts';
import { temporaryFolder } from '../foundation/launched.ts';
import { hirePostman } from './postman.ts';
import { startServer } from './server.ts';

const open: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

const rsa = (bits: number): string =>
  generateKeyPairSync('rsa', { modulusLength: bits }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

function settings(key: string, others: Record<string, string> = {}) {
  const file = join(temporaryFolder(onTestFinished), 'dkim.pem');
  writeFileSync(file, key);
  return loadConfig({ DKIM_DOMAIN: 'example.org', DKIM_SELECTOR: 'r2033', DKIM_KEY_FILE: file, ...others });
}

/** Relaxed canonical form of a header field (RFC 6376, 3.4.2). */
const relaxed = (field: string): string => {
  const colon = field.indexOf(':');
  const value = field
    .slice(colon + 1)
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .trim();
  return `${field.slice(0, colon).toLowerCase().trim()}:${value}`;
};

/** Relaxed canonical form of a body (RFC 6376, 3.4.4). */
const relaxedBody = (body: string): string =>
  `${body
    .split('\r\n')
    .map((line) => line.replace(/[ \t]+/g, ' ').trimEnd())
    .join('\r\n')
    .replace(/(?:\r\n)*$/, '')}\r\n`;

/** Checks a signature as a receiving server does (RFC 6376, 6.1.3). */
function verified(source: string, privateKey: string): boolean {
  const end = source.indexOf('\r\n\r\n');
  const fields = source.slice(0, end).split(/\r\n(?![ \t])/);
  const signature = fields.find((field) => /^dkim-signature:/i.test(field)) ?? '';
  const tags = Object.fromEntries(
    relaxed(signature)
      .slice('dkim-signature:'.length)
      .split(/;\s*/)
      .map((tag) => [tag.slice(0, tag.indexOf('=')), tag.slice(tag.indexOf('=') + 1).replace(/\s/g, '')]),
  );
  const bodyHash = createHash('sha256')
    .update(relaxedBody(source.slice(end + 4)), 'binary')
    .digest('base64');
  const names = (tags['h'] ?? '').toLowerCase().split(':');
  const signed = names.flatMap((name) => fields.filter((field) => field.toLowerCase().startsWith(`${name}:`)));
  const bare = relaxed(signature.replace(/([;\s]b=)[^;]*$/, '$1'));
  const verify = createVerify('RSA-SHA256').update(`${signed.map(relaxed).join('\r\n')}\r\n${bare}`, 'binary');
  const isSigned = verify.verify(createPublicKey(privateKey), tags['b'] ?? '', 'base64');
  expect(tags).toMatchObject({ d: 'example.org', s: 'r2033', a: 'rsa-sha256' });
  expect(names).toEqual(expect.arrayContaining(['from', 'to', 'subject', 'date', 'message-id']));
  return isSigned && tags['bh'] === bodyHash;
}

describe('a mail that is signed', () => {
  it('can be verified with the public key, and no more when a word of it was changed', async () => {
    const key = rsa(2048);
    const server = await startServer();
    open.push(server);
    const postman = await hirePostman(server.url, {
      transport: createSmtpTransport(server.url, loadDkimKey(settings(key))),
    });
    open.push(postman);
    await postman.deliver();
    expect(server.received).toHaveLength(4);
    for (const { source } of server.received) expect(verified(source, key)).toBe(true);
    const source = server.received[0]?.source ?? '';
    expect(verified(source.replace(/^Subject: ./m, 'Subject: X'), key)).toBe(false);
    expect(verified(source.replace('engagementsverklaring', 'intentieverklaring'), key)).toBe(false);
  });

  it('is only deferred when the connection breaks before it: signing is not handing over', async () => {
    const server = await startServer({ cutAtRecipient: true });
    open.push(server);
    const transport = createSmtpTransport(server.url, loadDkimKey(settings(rsa(1024))));
    const postman = await hirePostman(server.url, { transport });
    open.push(postman);
    await postman.deliver(postman.messages.slice(0, 1));
    expect(postman.reports).toMatchObject([{ outcome: 'deferred' }]);
  });
});

describe('a setting that is wrong', () => {
  it('is one line at the start that names it', () => {
    const load =
      (key: string, others = {}) =>
      () =>
        loadDkimKey(settings(key, others));
    expect(load('no key')).toThrow(/^DKIM_KEY_FILE: expected a file with an RSA private key .*dkim\.pem: .+$/);
    expect(load('x', { DKIM_KEY_FILE: '/nowhere/dkim.pem' })).toThrow(/^DKIM_KEY_FILE: .*\/nowhere\/dkim\.pem: ENOENT/);
    const { privateKey } = generateKeyPairSync('ed25519');
    expect(load(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())).toThrow(/it holds ed25519 key$/);
    expect(load(rsa(512))).toThrow(/it holds rsa key of 512 bits$/);
    expect(load(rsa(1024), { DKIM_SELECTOR: '', DKIM_DOMAIN: '' })).toThrow(
      /^DKIM_DOMAIN, DKIM_SELECTOR: expected a value/,
    );
    expect(loadDkimKey(loadConfig({}))).toBeUndefined();
    expect(() => loadConfig({ DKIM_DOMAIN: 'example.org; rm' })).toThrow(/^DKIM_DOMAIN: expected a domain/);
  });
});
