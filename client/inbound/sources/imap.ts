/** A mailbox over IMAP. Whatever lies in it waits, read or not; what was taken is moved to a folder beside it. */
import { ImapFlow } from 'imapflow';
import { readRaw } from '../raw-mail.ts';
import { type InboundSource, takeEach } from '../source.ts';

const EVERY_MS = 30_000;
const SECOND = 1_000;
/** A mailbox that others read too must not hide a mail from us: so the place says what was taken, not the flag of having been read. */
const FOLDERS = { taken: ['Regiopad'], aside: ['Regiopad', 'Unknown'] };

/**
 * Each round has a connection of its own: nothing can hang over from the one before, and a server that comes back is found.
 * @param address `imaps://user:password@host:port/MAILBOX`; user and password are percent-encoded
 */
export function createImapSource(address: string, everyMs = EVERY_MS): InboundSource {
  const url = new URL(address);
  const mailbox = decodeURIComponent(url.pathname.slice(1)) || 'INBOX';
  return {
    name: `imaps://${url.host}/${mailbox}`,
    everyMs,
    async check() {
      const client = connectionTo(url);
      client.on('error', () => undefined);
      try {
        await client.connect();
        await client.mailboxOpen(mailbox);
      } finally {
        await client.logout().catch(() => {
          client.close();
        });
      }
    },
    async round(take, signal) {
      const client = connectionTo(url);
      const end = (): void => {
        client.close();
      };
      // What goes wrong rejects the command that waits for it.
      client.on('error', () => undefined);
      signal.addEventListener('abort', end);
      try {
        await client.connect();
        const folders = { taken: await folder(client, FOLDERS.taken), aside: await folder(client, FOLDERS.aside) };
        await client.mailboxOpen(mailbox);
        const uids = await client.search({ deleted: false }, { uid: true });
        if (!Array.isArray(uids)) throw new Error(`the mailbox ${mailbox} cannot be searched`);
        return await takeEach(uids, signal, async (uid) => {
          const { content } = await client.download(String(uid), undefined, { uid: true });
          // Another process has moved it meanwhile.
          if (content === undefined) return false;
          const taken = await take(await readRaw(content));
          await client.messageMove([uid], folders[taken], { uid: true });
          return true;
        });
      } finally {
        signal.removeEventListener('abort', end);
        await client.logout().catch(end);
      }
    },
  };
}

const connectionTo = (url: URL): ImapFlow =>
  new ImapFlow({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? 993 : Number(url.port),
    secure: true,
    auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: 20 * SECOND,
    greetingTimeout: 20 * SECOND,
    socketTimeout: 60 * SECOND,
  });

/** The full name of a folder, which is made when it is not there. */
const folder = async (client: ImapFlow, path: string[]): Promise<string> => (await client.mailboxCreate(path)).path;
