/** Mails as mail servers and people send them back, written after the looks of the real ones. */

/** The number of the message of ours that the samples are about. */
export const NUMBER = '0123456789abcdef0123456789abcdef01234567';
export const OTHER = 'f'.repeat(40);
export const SEAL = '5ea15ea1';
export const VERP = `bounces+${NUMBER}${SEAL}@example.org`;
export const MESSAGE_ID = `<${NUMBER}@example.org>`;

/** Lines as they go over the wire. */
export const mail = (...lines: string[]): string => lines.join('\r\n');

const original = [
  'Return-Path: <bounces@example.org>',
  'Received: from regiopad.example.org by mx.example.org with ESMTP',
  'From: Cultuur Noordrand via Regiopad <regiopad@example.org>',
  'To: An Peeters <an@wemmel.example.org>',
  'Subject: Wemmel: intentieverklaring op de raad van 24 juni',
  `Message-ID: ${MESSAGE_ID}`,
  `References: <${OTHER}.pad@example.org>`,
  'Auto-Submitted: auto-generated',
  'MIME-Version: 1.0',
  'Content-Type: multipart/alternative; boundary="orig"',
];
const originalBody = ['', '--orig', 'Content-Type: text/plain', '', 'Beste An', '--orig--'];

interface Report {
  from?: string;
  subject?: string;
  text?: string[];
  status: string[];
  statusType?: string;
  returned?: 'message/rfc822' | 'text/rfc822-headers' | 'message/global-headers' | 'none';
  headers?: string[];
  to?: string;
}

/** A report of a mail server (RFC 3462, 3464). */
export function report({ status, ...options }: Report): string {
  const {
    from = 'MAILER-DAEMON@mx.example.org (Mail Delivery System)',
    subject = 'Undelivered Mail Returned to Sender',
  } = options;
  const { text = ['This is the mail system.'], returned = 'message/rfc822', to = 'bounces@example.org' } = options;
  return mail(
    'Return-Path: <>',
    ...(options.headers ?? []),
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="report"',
    '',
    '--report',
    'Content-Type: text/plain; charset=utf-8',
    '',
    ...text,
    '',
    '--report',
    `Content-Type: ${options.statusType ?? 'message/delivery-status'}`,
    '',
    ...status,
    '',
    ...(returned === 'none' ? [] : ['--report', `Content-Type: ${returned}`, '', ...original]),
    ...(returned === 'message/rfc822' ? originalBody : []),
    '--report--',
    '',
  );
}

/** The fields of a report about one recipient. */
export const fields = (action: string, status: string, diagnosis?: string): string[] => [
  'Reporting-MTA: dns; mx.example.org',
  'Arrival-Date: Mon, 10 Feb 2031 08:00:00 +0100 (CET)',
  '',
  'Final-Recipient: rfc822; an@wemmel.example.org',
  `Action: ${action}`,
  `Status: ${status}`,
  ...(diagnosis === undefined ? [] : [`Diagnostic-Code: smtp; ${diagnosis}`]),
];

/** A mail with some headers and a plain body. */
export const plain = (headers: string[], body: string[], from = 'An Peeters <an@wemmel.example.org>'): string =>
  mail(`From: ${from}`, ...headers, 'MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8', '', ...body, '');

export const answering = [`In-Reply-To: ${MESSAGE_ID}`, `References: <${OTHER}.pad@example.org> ${MESSAGE_ID}`];
