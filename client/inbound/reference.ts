/** Which message of ours a mail is about. */
import { header, type InboundMail } from './mail.ts';

/** Where servers note the address to which a mail was really sent. */
const recipientHeaders = [
  'delivered-to',
  'x-original-to',
  'envelope-to',
  'x-envelope-to',
  'x-delivered-to',
  'x-rcpt-to',
  'x-forwarded-to',
  'to',
  'cc',
];
const originals = /^(?:message\/(?:rfc822|global)|(?:text\/rfc822|message\/global)-headers)$/;

export interface Reference {
  number: string;
  /** The seal that stood beside it in an address for bounces (worker/bounces.ts); empty where there is none. */
  seal: string;
}

/** The number of a message: the local part of its Message-ID and, with its seal, the detail of its envelope sender (RFC 5233). */
const inAddress = /\+([0-9a-f]{40})([0-9a-f]{8})@/gi;
const inMessageId = /<([0-9a-f]{40})@/gi;
const ownMessageId = /^(?:x-original-)?message-id:\s*<([0-9a-f]{40})@/gim;

const found = (text: string, pattern: RegExp): Reference[] =>
  [...text.matchAll(pattern)].map(([, number = '', seal = '']) => ({
    number: number.toLowerCase(),
    seal: seal.toLowerCase(),
  }));

const MOST = 20;

/**
 * The messages that a mail may be about, the surest first: the address it was sent to, the mail that it returns, what it
 * answers, and for mails without any of these what its text quotes.
 */
export function referencesIn(mail: InboundMail): Reference[] {
  const recipients = recipientHeaders.flatMap((name) => mail.headers.get(name) ?? []);
  const returned = mail.parts.filter(({ type }) => originals.test(type)).map(({ content }) => content);
  const answered = [header(mail, 'in-reply-to'), header(mail, 'references').split(' ').reverse().join(' ')];
  const references = [
    ...recipients.flatMap((value) => found(value, inAddress)),
    ...returned.flatMap((content) => found(content, inAddress)),
    ...returned.flatMap((content) => found(content, ownMessageId)),
    ...answered.flatMap((value) => found(value, inMessageId)),
    ...found(mail.text, ownMessageId),
    ...found(mail.text, inMessageId),
    ...found(mail.text, inAddress),
  ];
  return [...new Map(references.map((each) => [`${each.number} ${each.seal}`, each])).values()].slice(0, MOST);
}
