/** What a mail that came in is: read, never answered. Pure: the same mail is always the same. */
import type { ReturnReason } from '../../domain/commands.ts';
import { localDay } from '../../domain/dates.ts';
import type { Instant } from '../../domain/ids.ts';
import type { InboundKind } from '../../store/inbound-mails.ts';
import { absentUntil } from './absence.ts';
import { header, type InboundMail } from './mail.ts';
import {
  absenceSubject,
  answerSubject,
  bounceSubject,
  bounceText,
  daemonAddress,
  delaySubject,
  delayText,
  receiptSubject,
} from './phrases.ts';
import { excerptOf, plainLine, shortened } from './plain-text.ts';
import { type Reference, referencesIn } from './reference.ts';
import { type DeliveryReport, readReport } from './report.ts';
import { enhancedCodeIn, replyCodeIn, returnReason } from '../../activities/status-code.ts';

interface Finding {
  /** `unknown`: it is about no mail of ours. */
  kind: InboundKind | 'unknown';
  /** The status code of a bounce or delay; of an absence the day until which, when it is named; else empty. */
  code: string;
  /** The server's words; empty for what people write. */
  detail: string;
}

export interface Classified extends Finding {
  /** For bounces: what it says about the recipient. */
  why?: ReturnReason;
  /** The messages of ours that it may be about, the surest first. */
  references: Reference[];
  /** `Name <address>` */
  sender: string;
  subject: string;
  /** The beginning of what it says. */
  excerpt: string;
}

const LONGEST_LINE = 200;

/** @param now the moment at which it came in: a day without a year is after it */
export function classify(mail: InboundMail, now: Instant): Classified {
  const references = referencesIn(mail);
  const { kind, code, detail } = findingOf(mail, references.length > 0, now);
  const { name, address } = mail.from;
  return {
    ...{ kind, code, detail, references },
    ...(kind === 'bounce' && { why: returnReason(code, `${detail} ${mail.subject} ${mail.text}`) }),
    sender: shortened(name === '' || name === address ? address : `${name} <${address}>`, LONGEST_LINE),
    subject: shortened(mail.subject, LONGEST_LINE),
    excerpt: excerptOf(mail.text),
  };
}

function findingOf(mail: InboundMail, isAboutOurs: boolean, now: Instant): Finding {
  const report = reportOf(mail);
  if (report !== undefined) return fromReport(report);
  // A receipt that says `displayed` proves nothing about a person: it is kept, and claims nothing (RFC 8098).
  if (mail.parts.some(({ type }) => /^message\/(?:global-)?disposition-notification$/.test(type))) return automatic;
  return plainBounce(mail) ?? automaticReply(mail, now) ?? (isAboutOurs ? reply : unknown);
}

const automatic: Finding = { kind: 'automatic', code: '', detail: '' };
const reply: Finding = { kind: 'reply', code: '', detail: '' };
const unknown: Finding = { kind: 'unknown', code: '', detail: '' };

/** The report of a mail server: in its own part, or among the text of a server that does not mark it. */
function reportOf(mail: InboundMail): DeliveryReport | undefined {
  const marked = mail.parts.filter(({ type }) => /^message\/(?:global-)?delivery-status$/.test(type));
  for (const { content } of marked) {
    const report = readReport(content);
    if (report !== undefined) return report;
  }
  return isFromDaemon(mail) && /^final-recipient:/im.test(mail.text) ? readReport(mail.text) : undefined;
}

function fromReport({ action, code, detail }: DeliveryReport): Finding {
  if (action === 'delivered') return automatic;
  return { kind: action === 'failed' ? 'bounce' : 'delay', code, detail };
}

const hasNoSender = (mail: InboundMail): boolean => /^<\s*>/.test(header(mail, 'return-path'));
const isFromDaemon = (mail: InboundMail): boolean => hasNoSender(mail) || daemonAddress.test(mail.from.address);

/** A mail that came back, or waits, without a report. */
function plainBounce(mail: InboundMail): Finding | undefined {
  const { subject, text } = mail;
  const isNamed = mail.headers.has('x-failed-recipients');
  if (!isNamed && !isFromDaemon(mail)) return undefined;
  const said = { code: enhancedCodeIn(text) || replyCodeIn(text), detail: diagnosisIn(text) };
  if (delaySubject.test(subject) || (!bounceSubject.test(subject) && delayText.test(text)))
    return { kind: 'delay', ...said };
  if (isNamed || bounceSubject.test(subject)) return { kind: 'bounce', ...said };
  // An absence that is sent without a return path speaks of delivery nowhere but in a quote.
  return daemonAddress.test(mail.from.address) && bounceText.test(text) ? { kind: 'bounce', ...said } : undefined;
}

/** The line of a text with the server's answer in it. */
function diagnosisIn(text: string): string {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const line = lines.find((each) => enhancedCodeIn(each) !== '' || replyCodeIn(each) !== '');
  return shortened(plainLine(line ?? ''), LONGEST_LINE);
}

/** Headers of programs that do not know RFC 3834. */
const replyHeaders = ['x-autoreply', 'x-autorespond', 'x-autoresponder', 'x-auto-reply', 'x-mail-autoreply'];

/** What a program sent: an absence, or something else that nobody wrote. */
function automaticReply(mail: InboundMail, now: Instant): Finding | undefined {
  const submitted = header(mail, 'auto-submitted').toLowerCase();
  const precedence = header(mail, 'precedence').toLowerCase();
  const isMachine = (submitted !== '' && !submitted.startsWith('no')) || /^(?:bulk|list|junk)/.test(precedence);
  const isReply =
    submitted.startsWith('auto-replied') ||
    precedence.startsWith('auto') ||
    replyHeaders.some((name) => mail.headers.has(name) && header(mail, name).toLowerCase() !== 'no');
  // Exchange marks its automatic answers with this; people's mails do not carry it.
  const isSuppressed = /\b(?:all|oof|autoreply)\b/i.test(header(mail, 'x-auto-response-suppress'));
  // Who answers such a mail by hand keeps its subject.
  const saysAbsence = absenceSubject.test(mail.subject) && !answerSubject.test(mail.subject);
  const isDaemon = daemonAddress.test(mail.from.address);
  if (receiptSubject.test(mail.subject) && (isMachine || isReply || isSuppressed || hasNoSender(mail)))
    return automatic;
  if (isReply || (saysAbsence && !isDaemon)) {
    const code = absentUntil(`${mail.subject}\n${mail.text}`, localDay(now)) ?? '';
    return { kind: 'out-of-office', code, detail: '' };
  }
  return isMachine || isSuppressed || isDaemon || hasNoSender(mail) || mail.headers.has('list-id')
    ? automatic
    : undefined;
}
