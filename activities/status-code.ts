/** What a status code or the words of a mail server say about why a mail was refused or came back. */
import type { ReturnReason } from '../domain/commands.ts';

/** The first enhanced status code in a text (RFC 3463): `5.1.1`. Parts of an IP address or of a version are none. */
export const enhancedCodeIn = (text: string): string =>
  /(?<![\w.])#?([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)/.exec(text)?.[1] ?? '';

/** The first SMTP reply code that refuses something: `550`. */
export const replyCodeIn = (text: string): string => /(?<![\w.#-])([45][0-5]\d)(?=[ -])/.exec(text)?.[1] ?? '';

const closed =
  /quota|mailbox (?:is )?full|over ?quota|out of storage|insufficient storage|disabled|inactive|suspended|deactivated|boîte.{0,20}pleine|postfach.{0,20}voll|(?:postvak|mailbox) (?:is )?vol\b/i;
const nobody =
  /user unknown|unknown (?:user|recipient|local|address)|no such (?:user|recipient|address|mailbox|domain)|(?:does|do) ?n[o']t exist|not exist|recipient ?not ?found|(?:user|address|mailbox|domain|host)(?: name)? not found|unrouteable address|undeliverable address|invalid (?:recipient|mailbox|address)|no mailbox|address rejected|(?:adres|postvak|gebruiker).{0,40}(?:bestaat niet|niet gevonden|onbekend)|n'existe pas|introuvable|existiert nicht|nicht gefunden|unbekannt/i;
const unwanted =
  /spam|virus|malware|policy|blocked|blacklist|block list|reputation|dmarc|spf|too (?:large|big)|size limit|content reject/i;

/**
 * By RFC 3463: X.1 and unroutable hosts speak of the address, X.2 of the mailbox, the rest of this mail. Where the code says
 * nothing (X.0.0 or none), the words decide; without words it is this mail, since nobody is called unreachable on a guess.
 * @param otherwise what it is when neither code nor words say anything
 */
export function returnReason(code: string, words: string, otherwise: ReturnReason = 'content'): ReturnReason {
  const [, subject, detail] = code.split('.');
  // RFC 3463, 3.2: sender addresses, which say nothing about the recipient.
  if (subject === '1' && detail !== '0' && detail !== '7' && detail !== '8') return 'address';
  if (subject === '2') return detail === '3' || detail === '4' ? 'content' : 'mailbox';
  if (subject === '4' && code.startsWith('5.') && (detail === '1' || detail === '4' || detail === '310'))
    return 'address';
  if (subject !== undefined && subject !== '0' && subject !== '1') return 'content';
  if (closed.test(words)) return 'mailbox';
  if (unwanted.test(words)) return 'content';
  return nobody.test(words) ? 'address' : otherwise;
}
