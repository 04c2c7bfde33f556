/** A link that opens somebody else's page, or that no longer opens one's own. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import { type ContactLink, createLinks, loadLinkKeys, type LinkKeys } from '../../worker/links.ts';
import { asLocalDate, asPartyId, asPathId, asPersonId } from '../../domain/ids.ts';

const keys: LinkKeys = { current: 'k1', keys: { k1: 'a'.repeat(43) } };
const links = createLinks({ keys, publicUrl: 'https://example.org/regiopad/' });
const link: ContactLink = {
  path: asPathId('noordrand-2033'),
  party: asPartyId('nis:23102'),
  person: asPersonId('noordrand-2033.2'),
  generation: 1,
  expires: asLocalDate('2099-01-01'),
};
const { expires: _expires, ...claims } = link;

describe('a contact link', () => {
  it('is the same each time, stands behind a path prefix, and says who may come in', async () => {
    const url = await links.contactLink(link);
    expect(await links.contactLink({ ...link })).toBe(url);
    expect(url).toMatch(/^https:\/\/example\.org\/regiopad\/m\/[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(await links.verifyContact(url.slice(url.lastIndexOf('/') + 1))).toEqual({ ok: true, claims });
    expect(links.pathUrl(link.path)).toBe('https://example.org/regiopad/paden/noordrand-2033');
  });

  it('holds ids only', async () => {
    const [, payload = ''] = (await links.contactToken(link)).split('.');
    const content: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
    expect(content).toEqual({
      path: 'noordrand-2033',
      party: 'nis:23102',
      gen: 1,
      sub: 'noordrand-2033.2',
      aud: 'regiopad:contact',
      exp: Date.parse('2099-01-01T00:00:00Z') / 1000,
    });
  });

  it('differs for each person, party and generation', async () => {
    const tokens = await Promise.all([
      links.contactToken(link),
      links.contactToken({ ...link, generation: 2 }),
      links.contactToken({ ...link, person: asPersonId('noordrand-2033.3') }),
      links.contactToken({ ...link, party: asPartyId('nis:23002') }),
      links.contactToken({ ...link, path: asPathId('zuidrand-2033') }),
    ]);
    expect(new Set(tokens).size).toBe(5);
  });

  it('that has expired still says whose it was', async () => {
    const old = await links.contactToken({ ...link, expires: asLocalDate('2020-01-01') });
    expect(await links.verifyContact(old)).toEqual({ ok: false, why: 'expired', claims });
  });
});

describe('what is not a link of ours', () => {
  const secret = Buffer.from('a'.repeat(43), 'base64url');
  const signed = (change: (jwt: SignJWT) => SignJWT, kid = 'k1', key: Uint8Array = secret) =>
    change(
      new SignJWT({ path: 'noordrand-2033', party: 'nis:23102', gen: 1 })
        .setProtectedHeader({ alg: 'HS256', kid })
        .setAudience('regiopad:contact')
        .setSubject('noordrand-2033.2')
        .setExpirationTime('1h'),
    ).sign(key);
  const whyNot = async (token: string) => {
    const found = await links.verifyContact(token);
    return found.ok ? 'ok' : found.why;
  };

  it('is told apart: forged, of an unknown key, for another purpose, or no token at all', async () => {
    expect(await whyNot(await signed((jwt) => jwt))).toBe('ok');
    expect(await whyNot(await signed((jwt) => jwt, 'k1', Buffer.alloc(32, 7)))).toBe('forged');
    expect(await whyNot(await signed((jwt) => jwt, 'k9'))).toBe('forged');
    expect(await whyNot(await signed((jwt) => jwt.setAudience('regiopad:other')))).toBe('forged');
    expect(await whyNot('nonsense')).toBe('malformed');
    expect(await whyNot('')).toBe('malformed');
    expect(await whyNot('a.b.c')).toBe('malformed');
  });

  it('gets nowhere with claims of its own making, signed or not', async () => {
    const [, , signature] = (await links.contactToken(link)).split('.');
    const other = await links.contactToken({ ...link, party: asPartyId('nis:23002') });
    const [header, payload] = other.split('.');
    expect(await whyNot([header, payload, signature].join('.'))).toBe('forged');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    expect(await whyNot(`${none}.${payload ?? ''}.`)).not.toBe('ok');
    const expired = await signed((jwt) => jwt.setExpirationTime('-1h'), 'k1', Buffer.alloc(32, 7));
    expect(await whyNot(expired)).toBe('forged');
  });

  it('gets nowhere without an expiry', async () => {
    const endless = await new SignJWT({ path: 'p', party: 'q', gen: 1 })
      .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
      .setAudience('regiopad:contact')
      .setSubject('p.1')
      .sign(secret);
    expect(await whyNot(endless)).not.toBe('ok');
  });
});

describe('the keys', () => {
  const folders: string[] = [];
  const folder = (): string => {
    const made = mkdtempSync(join(tmpdir(), 'regiopad-keys-'));
    folders.push(made);
    return made;
  };
  afterEach(() => {
    for (const made of folders.splice(0)) rmSync(made, { recursive: true });
  });

  it('are made once, for their owner only, and stay the same', () => {
    const data = join(folder(), 'data');
    const first = loadLinkKeys(data);
    expect(loadLinkKeys(data)).toEqual(first);
    expect(statSync(join(data, 'keys.json')).mode & 0o777).toBe(0o600);
    expect(Buffer.from(first.keys[first.current] ?? '', 'base64url')).toHaveLength(32);
  });

  it('are the same for processes that make them at the same moment', async () => {
    const data = folder();
    const program = `
      const { loadLinkKeys } = await import(${JSON.stringify(join(import.meta.dirname, '../../worker/links.ts'))});
      while (Date.now() < ${String(Date.now() + 2500)});
      console.log(JSON.stringify(loadLinkKeys(${JSON.stringify(data)})));`;
    const outputs = await Promise.all(
      [1, 2, 3, 4].map(
        () =>
          new Promise<string>((resolve) => {
            const child = spawn(process.execPath, ['--input-type=module', '-e', program]);
            let output = '';
            child.stdout.on('data', (part: Buffer) => (output += part.toString()));
            child.on('close', () => resolve(output.trim()));
          }),
      ),
    );
    expect(new Set(outputs)).toEqual(new Set([JSON.stringify(loadLinkKeys(data))]));
  });

  it('can be rotated: older links keep working, new ones use the new key', async () => {
    const data = folder();
    const old = loadLinkKeys(data);
    const token = await createLinks({ keys: old, publicUrl: '' }).contactToken(link);
    writeFileSync(
      join(data, 'keys.json'),
      JSON.stringify({ current: 'k2', keys: { ...old.keys, k2: 'b'.repeat(43) } }),
    );
    const rotated = createLinks({ keys: loadLinkKeys(data), publicUrl: '' });
    expect((await rotated.verifyContact(token)).ok).toBe(true);
    expect(await rotated.contactToken(link)).not.toBe(token);
    writeFileSync(join(data, 'keys.json'), JSON.stringify({ current: 'k2', keys: { k2: 'b'.repeat(43) } }));
    const later = createLinks({ keys: loadLinkKeys(data), publicUrl: '' });
    expect(await later.verifyContact(token)).toEqual({ ok: false, why: 'forged' });
  });

  it('are refused when the file is damaged, rather than made again', () => {
    const data = folder();
    loadLinkKeys(data);
    writeFileSync(join(data, 'keys.json'), '{"current":"k2","keys":{}}');
    expect(() => loadLinkKeys(data)).toThrow('there is no key "k2"');
    expect(readFileSync(join(data, 'keys.json'), 'utf8')).toBe('{"current":"k2","keys":{}}');
  });
});
