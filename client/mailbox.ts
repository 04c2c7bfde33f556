/** The embedded mailbox: a mail server on loopback that keeps what it gets as files, for when there is no SMTP_URL. */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { AddressObject } from 'mailparser';
import { SMTPServer, type SMTPServerEnvelope } from 'smtp-server';

export interface MailSummary {
  id: string;
  receivedAt: string;
  messageId: string;
  from: string;
  to: string;
  subject: string;
  /** How many mails in the box carry this Message-ID: more than one is a repeat. */
  copies: number;
}

export interface MailDetail extends Omit<MailSummary, 'copies'> {
  text: string;
  /** As it was sent: show it in a sandboxed frame only. */
  html: string;
  headers: { name: string; line: string }[];
}

export interface Mailbox {
  /** `smtp://127.0.0.1:<port>` */
  url: string;
  port: number;
  close: () => Promise<void>;
}

const LARGEST = 10 * 1024 * 1024;
const idPattern = /^\d{13}-[0-9a-f]{12}$/;

/**
 * Listens on loopback only, without sign-in: whoever is on this machine may put mail in, and none of it leaves.
 * @param port 0 for any free one
 */
export async function openMailbox(folder: string, port: number): Promise<Mailbox> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // Mails of one millisecond stay in the order in which they came.
  let last = 0;
  const nextMoment = (): number => (last = Math.max(Date.now(), last + 1));
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: LARGEST,
    logger: false,
    onData: (stream, { envelope }, done) => {
      collect(stream)
        .then((content) => keep(folder, nextMoment(), Buffer.concat([traceOf(envelope), content])))
        .then(() => done(), done);
    },
  });
  // A sender that vanishes is its own affair.
  server.on('error', () => undefined);
  const actual = await listen(server, port);
  return {
    url: `smtp://127.0.0.1:${actual}`,
    port: actual,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Newest first. */
export async function listMails(folder: string): Promise<MailSummary[]> {
  const ids = (await filesOf(folder)).sort().reverse();
  const mails = await Promise.all(ids.map((id) => readMail(folder, id)));
  const found = mails.filter((mail) => mail !== undefined);
  const copies = new Map<string, number>();
  for (const { messageId } of found) copies.set(messageId, (copies.get(messageId) ?? 0) + 1);
  return found.map(({ id, receivedAt, messageId, from, to, subject }) => ({
    ...{ id, receivedAt, messageId, from, to, subject },
    copies: copies.get(messageId) ?? 1,
  }));
}

/** Undefined when there is no such mail. */
export async function readMail(folder: string, id: string): Promise<MailDetail | undefined> {
  if (!idPattern.test(id)) return undefined;
  let content: Buffer;
  try {
    content = await readFile(join(folder, `${id}.eml`));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  // Loaded when it is needed: a process that serves again after a kill has no time for it.
  const { simpleParser } = await import('mailparser');
  const mail = await simpleParser(content, { skipImageLinks: true, skipTextToHtml: true });
  return {
    id,
    receivedAt: new Date(Number(id.slice(0, 13))).toISOString(),
    messageId: mail.messageId ?? '',
    from: addressText(mail.from),
    to: addressText(mail.to),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: typeof mail.html === 'string' ? mail.html : '',
    headers: mail.headerLines.map(({ key, line }) => ({ name: key, line })),
  };
}

const addressText = (addresses: AddressObject | AddressObject[] | undefined): string =>
  [addresses ?? []]
    .flat()
    .flatMap((group) => group.text)
    .join(', ');

async function filesOf(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder);
    return names.filter((name) => name.endsWith('.eml')).map((name) => name.slice(0, -'.eml'.length));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Whole or not at all: a mail that the server acknowledged can be read. */
async function keep(folder: string, at: number, content: Buffer): Promise<void> {
  const id = `${String(at).padStart(13, '0')}-${randomBytes(6).toString('hex')}`;
  const draft = join(folder, `.${id}`);
  await writeFile(draft, content, { mode: 0o600, flush: true });
  await rename(draft, join(folder, `${id}.eml`));
}

/** The line that a server adds at the end of the way (RFC 5321, 4.4): where a mail that cannot be delivered goes back to. */
const traceOf = ({ mailFrom }: SMTPServerEnvelope): Buffer =>
  Buffer.from(`Return-Path: <${mailFrom === false ? '' : mailFrom.address}>\r\n`);

async function collect(stream: AsyncIterable<Buffer> & { sizeExceeded?: boolean }): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part);
  if (stream.sizeExceeded === true)
    throw Object.assign(new Error('The mail is larger than 10 MB'), { responseCode: 552 });
  return Buffer.concat(parts);
}

function listen(server: SMTPServer, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.server.off('error', reject);
      resolve((server.server.address() as AddressInfo).port);
    });
  });
}
