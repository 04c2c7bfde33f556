/** The sender of a path's mails: a name that adds a header or a recipient. */
import addressparser from 'nodemailer/lib/addressparser';
import { createTransport } from 'nodemailer';
import { describe, expect, it } from 'vitest';
import { bounceAddressFor, messageIdOf, senderFor, senderFrom } from '../../activities/outgoing.ts';
import { createBounces } from '../../worker/bounces.ts';
import type { LinkKeys } from '../../worker/link-keys.ts';
import { linkKeys } from './postman.ts';

const sender = senderFrom('Regiopad <regiopad@example.org>');

async function headersWith(partnership: string): Promise<string[]> {
  const stream = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  const from = senderFor(partnership, sender);
  const { message } = await stream.sendMail({ from, to: { name: 'An', address: 'an@example.org' }, text: 'x' });
  const [head] = (message as Buffer).toString().split('\n\n');
  return (head ?? '').replace(/\n[ \t]+/g, ' ').split('\n');
}

describe('the sender of a path', () => {
  it('is the partnership, via Regiopad, on the address of the installation', () => {
    expect(senderFor('Cultuur Noordrand', sender)).toEqual({
      name: 'Cultuur Noordrand via Regiopad',
      address: 'regiopad@example.org',
    });
    expect(senderFor('Zuidrand', { name: '', address: 'a@example.org' }).name).toBe('Zuidrand via Regiopad');
  });

  it.each([
    'Noordrand\r\nBcc: dief@example.org',
    'Noordrand, dief@example.org',
    'Noordrand" <dief@example.org>, "x',
    'Noordrand\u2028Bcc: dief@example.org',
  ])('stays one sender and one header: %j', async (partnership) => {
    const headers = await headersWith(partnership);
    expect(headers.filter((line) => /^(bcc|cc|from|to):/i.test(line)).map((line) => line.split(':')[0])).toEqual([
      'From',
      'To',
    ]);
    const from = headers.find((line) => line.startsWith('From: ')) ?? '';
    const senders = addressparser(from.slice('From: '.length), { flatten: true });
    expect(senders.map(({ address }) => address)).toEqual(['regiopad@example.org']);
  });
});

describe('where a mail comes back to', () => {
  const mailFrom = 'Regiopad <regiopad@example.org>';
  const messageId = messageIdOf('noordrand/noordrand.2/request/2031-02-25', sender);

  it('says which mail it was, in an address that every server takes', () => {
    const bounces = createBounces('terug-naar-regi@terug.example.org', () => linkKeys)!;
    const address = bounceAddressFor(messageId, { mailFrom, bounces });
    expect(address).toMatch(/^terug-naar-regi\+[0-9a-f]{48}@terug\.example\.org$/);
    expect(address).toContain(messageId.slice(1, 41));
    expect(Buffer.byteLength(address.split('@')[0] ?? '')).toBe(64);
  });

  it('carries a seal that nobody makes without our keys, and that outlives their rotation', () => {
    let ring: LinkKeys = linkKeys;
    const bounces = createBounces('bounces@example.org', () => ring)!;
    const [number, seal] = [messageId.slice(1, 41), bounces.sealOf(messageId.slice(1, 41))];
    expect(bounces.isSealed(number, seal)).toBe(true);
    expect(bounces.isSealed('0'.repeat(40), seal)).toBe(false);
    expect(bounces.isSealed(number, '')).toBe(false);
    ring = { current: 'k2', keys: { ...linkKeys.keys, k2: 'y'.repeat(43) } };
    expect(bounces.sealOf(number)).not.toBe(seal);
    expect(bounces.isSealed(number, seal)).toBe(true);
    ring = { current: 'k2', keys: { k2: 'y'.repeat(43) } };
    expect(bounces.isSealed(number, seal)).toBe(false);
  });

  it('is the sender, when no address for it was given', () => {
    expect(bounceAddressFor(messageId, { mailFrom })).toBe('regiopad@example.org');
  });
});
