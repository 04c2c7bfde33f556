/** What a failure of nodemailer means for a message, and for those that come after it. */
import type { DeliveryOutcome, MailTrouble } from '../domain/message.ts';
import { enhancedCodeIn, returnReason } from './status-code.ts';

export interface SendResult {
  outcome: DeliveryOutcome;
  /** Absent when it was accepted, and when nobody knows. */
  trouble?: MailTrouble;
  /** Stable, for machines: `accepted`, `EAUTH`, `550`, … */
  code: string;
  /** What the server said, or what went wrong. */
  response: string;
  /** What failed: this message; the connection it went over; or the server, so that trying the next one is pointless. */
  scope: 'message' | 'connection' | 'server';
}

/** The fields of nodemailer's errors that say where in the conversation it went wrong. */
export interface SmtpFailure {
  message: string;
  code?: string;
  /** The server's reply code, when it replied. */
  responseCode?: number;
  response?: string;
  command?: string;
}

/** Failures of the set-up or the server, not of this message or of one connection. */
const serverCodes = new Set([
  'EAUTH',
  'ENOAUTH',
  'EOAUTH2',
  'ETLS',
  'EREQUIRETLS',
  'EDNS',
  'ECONFIG',
  'EPROXY',
  'EPROTOCOL',
]);
/** The connection ended without a reply. */
const lostCodes = new Set(['ECONNECTION', 'ESOCKET', 'ETIMEDOUT']);

/**
 * @param handedOver the whole content went into the connection: when that broke afterwards, the server may have the mail
 * @param wasConnected false when the server could not be reached at all
 */
export function outcomeOf(failure: SmtpFailure, handedOver: boolean, wasConnected: boolean): SendResult {
  const { responseCode: reply, command = '' } = failure;
  const isSetUp = serverCodes.has(failure.code ?? '');
  const code = reply === undefined || isSetUp ? (failure.code ?? 'error') : String(reply);
  const said = { code, response: failure.response ?? failure.message };
  const deferred = { outcome: 'deferred' as const, ...said };
  const waits = { ...deferred, trouble: 'server' as const };
  if (reply === 421 || isSetUp) return { ...waits, scope: 'server' };
  if (lostCodes.has(failure.code ?? '')) {
    if (handedOver) return { outcome: 'unknown', ...said, scope: 'connection' };
    return { ...waits, scope: wasConnected ? 'connection' : 'server' };
  }
  // A server that does not take our sender takes nobody's mail: a matter of configuration, never of the recipient.
  if (command.startsWith('MAIL')) return { ...waits, scope: 'server' };
  if (isOurs(said.response)) return { ...waits, scope: 'message' };
  if (reply !== undefined && reply >= 500 && reply !== 503) {
    return { outcome: 'refused', trouble: troubleOf(reply, said.response, command), ...said, scope: 'message' };
  }
  if (failure.code === 'EENVELOPE' && reply === undefined) {
    return { outcome: 'refused', trouble: 'address', ...said, scope: 'message' };
  }
  return { ...deferred, scope: 'message' };
}

/** Said at a recipient, and yet about us: our sender's address (RFC 3463, X.1.7 and X.1.8), or that the server passes nothing on for us. */
const isOurs = (response: string): boolean =>
  /^[45]\.1\.[78]$/.test(enhancedCodeIn(response)) ||
  /relay(?:ing)? (?:access )?(?:is )?(?:denied|not (?:permitted|allowed))|not permitted to relay/i.test(response);

/** Replies to a recipient that speak of the address unless their words say otherwise (RFC 5321, 4.2.3; RFC 7504). */
const aboutAddress: readonly number[] = [521, 550, 551, 553, 556];

/** Why a server refused a mail for good: its enhanced code, else its words, else what the reply itself is for. */
function troubleOf(reply: number, response: string, command: string): MailTrouble {
  if (!command.startsWith('RCPT')) return returnReason(enhancedCodeIn(response), response);
  const usual = aboutAddress.includes(reply) ? 'address' : reply === 552 ? 'mailbox' : 'content';
  return returnReason(enhancedCodeIn(response), response, usual);
}
