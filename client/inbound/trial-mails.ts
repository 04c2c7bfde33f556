/** What could come back to a mail of the embedded mailbox, made as mail servers and people make it: for a trial. */
import { createTransport } from 'nodemailer';
import type { MailDetail } from '../mailbox.ts';

export const trialKinds = ['reply', 'out-of-office', 'bounce'] as const;
export type TrialKind = (typeof trialKinds)[number];

export interface TrialWords {
  subject: string;
  /** What is written; of a bounce the explanation above the report. */
  text: string;
}

const headerOf = (mail: MailDetail, name: string): string => {
  const line = mail.headers.find((header) => header.name === name)?.line ?? '';
  return line.slice(line.indexOf(':') + 1).trim();
};
const addressIn = (text: string): string => /<([^<>\s]+)>/.exec(text)?.[1] ?? text.trim();

/** The bytes of a mail about one that is in the mailbox, from who got it to where that wants its answers or reports. */
export async function trialMail(kind: TrialKind, mail: MailDetail, words: TrialWords): Promise<Buffer> {
  const returnPath = addressIn(headerOf(mail, 'return-path') || mail.from);
  if (kind === 'bounce') return Buffer.from(report(mail, returnPath, words));
  const isAbsence = kind === 'out-of-office';
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const { message } = await transport.sendMail({
    from: mail.to,
    // An absence goes to the envelope's sender (RFC 3834, 4), an answer of a person to who signed.
    to: isAbsence ? returnPath : addressIn(mail.from),
    subject: words.subject,
    text: words.text,
    inReplyTo: mail.messageId,
    references: [headerOf(mail, 'references'), mail.messageId].join(' ').trim(),
    headers: isAbsence ? { 'Return-Path': '<>', 'Auto-Submitted': 'auto-replied' } : {},
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return message as Buffer;
}

/** Who got it does not exist: as a mail server reports it (RFC 3464). */
function report(mail: MailDetail, to: string, { subject, text }: TrialWords): string {
  const recipient = addressIn(mail.to);
  const domain = recipient.slice(recipient.lastIndexOf('@') + 1);
  const encoded = (words: string): string => `=?utf-8?B?${Buffer.from(words).toString('base64')}?=`;
  return [
    'Return-Path: <>',
    `From: Mail Delivery System <mailer-daemon@${domain}>`,
    `To: ${to}`,
    `Subject: ${encoded(subject)}`,
    'Auto-Submitted: auto-replied',
    `Date: ${new Date().toUTCString()}`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="report"',
    '',
    '--report',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(text).toString('base64'),
    '',
    '--report',
    'Content-Type: message/delivery-status',
    '',
    `Reporting-MTA: dns; ${domain}`,
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    'Action: failed',
    'Status: 5.1.1',
    `Diagnostic-Code: smtp; 550 5.1.1 <${recipient}>: Recipient address rejected: User unknown`,
    '',
    '--report',
    'Content-Type: text/rfc822-headers',
    '',
    ...mail.headers.map(({ line }) => line),
    '',
    '--report--',
    '',
  ].join('\r\n');
}
