/** A link that opens somebody else's page, or that no longer opens one's own. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ContactLink } from '../../activities/links.ts';
import { createLinks } from '../../worker/links.ts';
import { linkKeysOf, type LinkKeys, loadLinkKeys, retireLinkKey, rotateLinkKeys } from '../../worker/link-keys.ts';
import { openStore, type Store } from '../../store/store.ts';
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
      const { loadLinkKeys } = await import(${JSON.stringify(join(import.meta.dirname, '../../worker/link-keys.ts'))});
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

  it('can be rotated while two processes run: both use the new key at once, and older links keep working', async () => {
    const data = folder();
    const [worker, web] = [1, 2].map(() => createLinks({ keys: linkKeysOf(data), publicUrl: '' }));
    const token = await worker!.contactToken(link);
    expect((await web!.verifyContact(token)).ok).toBe(true);
    expect(rotateLinkKeys(data, '2031-03-01')).toBe('k2');
    const newer = await worker!.contactToken(link);
    expect(newer).not.toBe(token);
    expect(await web!.contactToken(link)).toBe(newer);
    for (const each of [token, newer]) expect((await web!.verifyContact(each)).ok).toBe(true);
    expect(statSync(join(data, 'keys.json')).mode & 0o777).toBe(0o600);
  });

  it('can be retired: what an old one signed stops everywhere, and its name never comes back', async () => {
    const data = folder();
    const web = createLinks({ keys: linkKeysOf(data), publicUrl: '' });
    const token = await web.contactToken(link);
    expect(() => retireLinkKey(data, 'k1')).toThrow('signs new links');
    rotateLinkKeys(data, '2031-03-01');
    expect(() => retireLinkKey(data, 'k9')).toThrow('There is no key k9');
    retireLinkKey(data, 'k1');
    expect(await web.verifyContact(token)).toEqual({ ok: false, why: 'forged' });
    expect(rotateLinkKeys(data, '2031-03-02')).toBe('k3');
    retireLinkKey(data, 'k2');
    expect(Object.keys(loadLinkKeys(data).keys)).toEqual(['k3']);
  });

  it('are changed by one person at a time', () => {
    const data = folder();
    const before = loadLinkKeys(data);
    writeFileSync(join(data, 'keys.json.next'), '');
    expect(() => rotateLinkKeys(data, '2031-03-01')).toThrow('Somebody else is changing the keys');
    expect(loadLinkKeys(data)).toEqual(before);
  });

  it('are refused when the file is damaged, rather than made again', () => {
    const data = folder();
    loadLinkKeys(data);
    writeFileSync(join(data, 'keys.json'), '{"current":"k2","keys":{}}');
    expect(() => loadLinkKeys(data)).toThrow('there is no key "k2"');
    expect(readFileSync(join(data, 'keys.json'), 'utf8')).toBe('{"current":"k2","keys":{}}');
  });
});

describe('a code to type', () => {
  const secret = (letter: string): LinkKeys => ({ current: 'k1', keys: { k1: letter.repeat(43) } });
  const withCodes = (keys: LinkKeys, store: Store) =>
    createLinks({ keys, publicUrl: 'https://example.org/pad', codes: store.linkCodes });
  let store: Store;
  beforeEach(async () => {
    store = await openStore(':memory:');
  });
  afterEach(() => store.close());

  it('is the same for the same link, so that a mail that is sent again is the same mail', async () => {
    const made = withCodes(secret('a'), store);
    const first = await made.contactCode(link);
    expect(first?.page).toBe('https://example.org/pad/m/code');
    expect(await made.contactCode({ ...link, expires: asLocalDate('2099-06-01') })).toEqual(first);
    const others = [{ generation: 2 }, { person: asPersonId('noordrand-2033.3') }, { party: asPartyId('nis:23002') }];
    const codes = await Promise.all(others.map((other) => made.contactCode({ ...link, ...other })));
    expect(new Set([first, ...codes].map((each) => each?.code)).size).toBe(4);
    expect((await withCodes(secret('b'), store).contactCode(link))?.code).not.toBe(first?.code);
  });

  it('stands for its link, as long as it lasts by now', async () => {
    const made = withCodes(secret('a'), store);
    const { code } = (await made.contactCode(link))!;
    expect(await made.linkOfCode(code)).toEqual(link);
    await made.contactCode({ ...link, expires: asLocalDate('2099-06-01') });
    expect(await made.linkOfCode(code.toLowerCase())).toEqual({ ...link, expires: '2099-06-01' });
    expect(await made.linkOfCode('')).toBeUndefined();
    expect(await made.linkOfCode('AAAA-AAAA-AAAA')).toBeUndefined();
  });

  it('survives the rotation of the keys, and stops with the key from which it was made', async () => {
    const keys: LinkKeys = { current: 'k1', keys: { k1: 'a'.repeat(43) } };
    const { code } = (await withCodes(keys, store).contactCode(link))!;
    const rotated = { current: 'k2', keys: { ...keys.keys, k2: 'b'.repeat(43) } };
    expect(await withCodes(rotated, store).linkOfCode(code)).toEqual(link);
    const retired = { current: 'k2', keys: { k2: 'b'.repeat(43) } };
    expect(await withCodes(retired, store).linkOfCode(code)).toBeUndefined();
  });
});
