/** How a mail leaves: to a mail server, to a folder, or nowhere. All three make the same MIME. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport, type SendMailOptions } from 'nodemailer';
import DKIM from 'nodemailer/lib/dkim';
import type { OutgoingMail } from './outgoing.ts';
import { outcomeOf, type SendResult, type SmtpFailure } from './smtp-outcome.ts';

export interface MailTransport {
  /** How many mails may be under way at once. */
  readonly concurrency: number;
  /** Never rejects: what goes wrong is an outcome. */
  send: (mail: OutgoingMail) => Promise<SendResult>;
  close: () => void;
}

export interface SmtpTransport extends MailTransport {
  /** Connects and signs in without sending anything. Never rejects; `accepted` when the server would listen to a sender. */
  verify: () => Promise<SendResult>;
}

/** What mails are signed with (DKIM, RFC 6376). */
export interface DkimKey {
  domainName: string;
  keySelector: string;
  /** PEM. */
  privateKey: string;
}

const MINUTE = 60_000;
/** Also how many mails may be under way at once. */
export const connections = 5;

const accepted = (response: string): SendResult => ({
  outcome: 'accepted',
  code: 'accepted',
  response,
  scope: 'message',
});

/** @param url `smtp://` or `smtps://`, with user and password if the server wants them */
export function createSmtpTransport(url: string, dkim?: DkimKey): SmtpTransport {
  const signer = dkim && new DKIM(dkim);
  const pool = createTransport({
    url,
    pool: true,
    maxConnections: connections,
    // Trying again is Temporal's work, under the same Message-ID.
    maxRequeues: 0,
    connectionTimeout: MINUTE,
    greetingTimeout: MINUTE,
    // After the final dot a server may take its time (RFC 5321, 4.5.3.2.6).
    socketTimeout: 10 * MINUTE,
    idleTimeout: MINUTE / 3,
  });
  const underWay = new Map<string, { handedOver: boolean }>();
  pool.use('stream', (mail, done) => {
    const progress = underWay.get(mail.data.messageId ?? '');
    // A signer holds the whole mail until it has seen its end, so it comes before the end is noted.
    if (signer !== undefined) mail.message.processFunc((content) => signer.sign(content));
    mail.message.processFunc((content) => content.once('end', () => progress && (progress.handedOver = true)));
    done();
  });

  return {
    concurrency: connections,
    async send(mail) {
      const progress = { handedOver: false };
      underWay.set(mail.messageId, progress);
      try {
        const info = await pool.sendMail(asOptions(mail));
        return accepted(info.response);
      } catch (error) {
        const failure = error as SmtpFailure & { syscall?: string };
        return outcomeOf(failure, progress.handedOver, !couldNotConnect(failure));
      } finally {
        underWay.delete(mail.messageId);
      }
    },
    async verify() {
      try {
        await pool.verify();
        return accepted('verified');
      } catch (error) {
        const failure = error as SmtpFailure & { syscall?: string };
        return outcomeOf(failure, false, !couldNotConnect(failure));
      }
    },
    close: () => {
      pool.close();
    },
  };
}

/** Nobody listens, no route, or no greeting in time. */
const couldNotConnect = (failure: SmtpFailure & { syscall?: string }): boolean =>
  failure.syscall === 'connect' || /greeting|connection timeout/i.test(failure.message);

/** Writes each mail as an .eml file; names sort by time and say nothing about people. */
export function createFolderTransport(folder: string): MailTransport {
  const compose = composer();
  let count = 0;
  return {
    concurrency: 1,
    async send(mail) {
      count += 1;
      const name = `${mail.at.slice(0, 19).replace(/:/g, '-')}_${String(count).padStart(4, '0')}.eml`;
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, name), await compose(mail));
      return accepted(`written as ${name}`);
    },
    close: () => undefined,
  };
}

/** Makes the mail and drops it: a simulation fails where a real delivery would. */
export function createNullTransport(): MailTransport {
  const compose = composer();
  return {
    concurrency: 1,
    async send(mail) {
      await compose(mail);
      return accepted('composed');
    },
    close: () => undefined,
  };
}

function composer(): (mail: OutgoingMail) => Promise<Buffer> {
  const stream = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return async (mail) => {
    const { message } = await stream.sendMail(asOptions(mail));
    return message as Buffer;
  };
}

function asOptions(mail: OutgoingMail): SendMailOptions {
  return {
    messageId: mail.messageId,
    date: new Date(mail.at),
    from: mail.from,
    to: mail.to,
    ...(mail.replyTo === undefined ? {} : { replyTo: mail.replyTo }),
    ...(mail.thread === undefined ? {} : { inReplyTo: mail.thread, references: mail.thread }),
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    headers: mail.headers,
    // Exactly one recipient, whatever the headers say.
    envelope: { from: mail.envelopeFrom, to: [mail.to.address] },
    // The same mail is the same file.
    baseBoundary: mail.messageId.slice(1, 17),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
