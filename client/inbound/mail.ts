/** A mail as it came in, in the form in which it is judged. */
import type { ParsedMail } from 'mailparser';
import { plainLine } from './plain-text.ts';

export interface MailPart {
  /** Lower case, for example `message/delivery-status`. */
  type: string;
  content: string;
}

export interface InboundMail {
  /** Every value of a header, in order, on one line; by lower-case name. */
  headers: ReadonlyMap<string, readonly string[]>;
  from: { name: string; address: string };
  subject: string;
  /** The body as plain text; made from HTML when there is nothing else. */
  text: string;
  /** What is attached or reported: statuses, the mail that came back, calendars. */
  parts: readonly MailPart[];
}

/** Of a longer body no more is looked at: what a machine has to say stands at the beginning. */
const LONGEST_TEXT = 100_000;
const LONGEST_HTML = 300_000;

/** Reads a mail, or the beginning of a long one. What cannot be read as a mail at all is one without headers. Never throws. */
export async function readMail(content: Uint8Array): Promise<InboundMail> {
  // Loaded when it is needed, and before what is caught: a mail is not unreadable since its reader is not there.
  const { simpleParser } = await import('mailparser');
  try {
    const options = { keepDeliveryStatus: true, skipTextToHtml: true, skipImageLinks: true, skipTextLinks: true };
    return asInbound(await simpleParser(Buffer.from(content), { ...options, maxHtmlLengthToParse: LONGEST_HTML }));
  } catch {
    return { headers: new Map(), from: { name: '', address: '' }, subject: '', text: '', parts: [] };
  }
}

function asInbound(mail: ParsedMail): InboundMail {
  const headers = new Map<string, string[]>();
  for (const { key, line } of mail.headerLines) {
    const value = plainLine(line.slice(line.indexOf(':') + 1));
    headers.set(key.toLowerCase(), [...(headers.get(key.toLowerCase()) ?? []), value]);
  }
  const [from] = mail.from?.value ?? [];
  return {
    headers,
    from: { name: plainLine(from?.name ?? ''), address: plainLine(from?.address ?? '').toLowerCase() },
    subject: plainLine(mail.subject ?? ''),
    text: (mail.text ?? '').slice(0, LONGEST_TEXT),
    parts: mail.attachments.map(({ contentType, content }) => ({
      type: contentType.toLowerCase(),
      content: content.subarray(0, LONGEST_TEXT).toString('utf8'),
    })),
  };
}

/** The first value of a header; empty when there is none. */
export const header = (mail: InboundMail, name: string): string => mail.headers.get(name)?.[0] ?? '';
