/** What a failure of nodemailer means for a message, and for those that come after it. */
import type { DeliveryOutcome } from '../domain/message.ts';

export interface SendResult {
  outcome: DeliveryOutcome;
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
  if (reply === 421) return { ...deferred, scope: 'server' };
  if (isSetUp) return { ...deferred, scope: 'server' };
  if (lostCodes.has(failure.code ?? '')) {
    if (handedOver) return { outcome: 'unknown', ...said, scope: 'connection' };
    return { ...deferred, scope: wasConnected ? 'connection' : 'server' };
  }
  // A server that does not take our sender takes nobody's mail: a matter of configuration, never of the recipient.
  if (command.startsWith('MAIL')) return { ...deferred, scope: 'server' };
  if (reply !== undefined && reply >= 500 && reply !== 503) return { outcome: 'refused', ...said, scope: 'message' };
  if (failure.code === 'EENVELOPE' && reply === undefined) return { outcome: 'refused', ...said, scope: 'message' };
  return { ...deferred, scope: 'message' };
}
