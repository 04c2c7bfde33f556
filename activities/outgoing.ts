/** A mail as it is handed to a transport, and the identities that are derived from its message. */
import { createHash } from 'node:crypto';
import addressparser from 'nodemailer/lib/addressparser';
import type { Instant, PartyId, PathId } from '../domain/ids.ts';

export interface Address {
  name: string;
  address: string;
}

export interface OutgoingMail {
  /** With angle brackets; the same message has the same one at each attempt. */
  messageId: string;
  from: Address;
  /** Where a server sends the mail back to (the envelope sender). */
  envelopeFrom: string;
  to: Address;
  replyTo?: Address;
  /** With angle brackets: what mails of one path and party refer to, so that they stand together. */
  thread?: string;
  subject: string;
  text: string;
  html: string;
  /** The Date header. */
  at: Instant;
  headers: Record<string, string>;
}

/** No mail server or mail program should answer what a machine sends (RFC 3834). */
export const automaticHeaders = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' } as const;

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 40);

export const messageIdOf = (key: string, sender: Address): string => `<${hashOf(key)}@${domainOf(sender)}>`;

export const threadOf = (path: PathId, party: PartyId | undefined, sender: Address): string =>
  `<${hashOf(`${path}/${party ?? ''}`)}.pad@${domainOf(sender)}>`;

/** The settings that say who mail comes from. */
export interface MailConfig {
  /** `Regiopad <regiopad@example.org>` */
  mailFrom: string;
  /** Where bounces go; without it to the sender. */
  bounces?: Bounces | undefined;
}

export interface Bounces {
  /** `bounces@example.org` */
  address: string;
  /** Eight digits that only who has our keys can make for a message's number. */
  sealOf: (number: string) => string;
}

/**
 * The envelope sender of a message: the address for bounces with the message's number and its seal as detail (VERP; RFC 5233), so
 * that whatever comes back says which mail it is about, and that it is about a mail that was sent: `bounces+0123…@example.org`.
 * Without an address for bounces it is the sender's.
 */
export function bounceAddressFor(messageId: string, { mailFrom, bounces }: MailConfig): string {
  if (bounces === undefined) return senderFrom(mailFrom).address;
  const { address, sealOf } = bounces;
  const at = address.lastIndexOf('@');
  const number = messageId.slice(1, messageId.indexOf('@'));
  return `${address.slice(0, at)}+${number}${sealOf(number)}${address.slice(at)}`;
}

/** The sender from a setting such as `Regiopad <regiopad@example.org>`. */
export function senderFrom(mailFrom: string): Address {
  const [found] = addressparser(mailFrom, { flatten: true });
  if (found === undefined || !isAddress(found.address)) throw new Error(`MAIL_FROM holds no address: ${mailFrom}`);
  return { name: found.name, address: found.address };
}

/** Who a mail of a path comes from: `Zuidrand via Regiopad`, on the address of the sender. */
export function senderFor(partnership: string, { name, address }: Address): Address {
  const plain = partnership.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return { name: `${plain} via ${name === '' ? 'Regiopad' : name}`, address };
}

/** One plain address: nothing that could become a second recipient or a header. */
export const isAddress = (text: string): boolean =>
  text.length <= 254 && /^[^\s\p{Cc}@<>(),;:"\\[\]]+@[^\s\p{Cc}@<>(),;:"\\[\]]+$/u.test(text);

const domainOf = (sender: Address): string => sender.address.slice(sender.address.lastIndexOf('@') + 1);
