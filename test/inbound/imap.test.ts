/** A mailbox over IMAP: what lies in it is taken once and moved, read or not, and a server that goes away is found again. */
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createImapSource } from '../../client/inbound/sources/imap.ts';
import { deliverTo } from '../../client/inbound/sources/maildir.ts';
import type { TakeMail } from '../../client/inbound/take.ts';
import { type ImapServer, startDovecot } from './servers/dovecot.ts';
import { giveTo, serverFolder } from './servers/running.ts';
import { namesIn } from './world.ts';

const never = new AbortController().signal;

describe.skipIf(!existsSync('/usr/sbin/dovecot') || process.getuid?.() !== 0)('with Dovecot', () => {
  let maildir: string;
  let imap: ImapServer;
  let taken: string[] = [];
  const take: TakeMail = ({ head }) => {
    const text = Buffer.from(head)
      .toString()
      .replace(/^.*\r?\n\r?\n/s, '')
      .trim();
    taken.push(text);
    return Promise.resolve(text.startsWith('unknown') ? 'aside' : 'taken');
  };
  const deliver = async (text: string): Promise<void> => {
    await deliverTo(maildir, `Subject: x\r\n\r\n${text}\r\n`);
    giveTo('mail', maildir);
  };

  beforeAll(async () => {
    maildir = join(serverFolder(), 'mail');
    mkdirSync(maildir);
    giveTo('mail', maildir);
    imap = await startDovecot(maildir, 'mail');
    setDefaultCACertificates([...getCACertificates(), imap.certificate]);
  });
  afterAll(() => imap.stop());

  test('mails are taken and moved, those that a colleague has read as well, and what is of no use is put aside', async () => {
    for (const text of ['one', 'read', 'unknown']) await deliver(text);
    const [, second = ''] = namesIn(maildir, 'new');
    renameSync(join(maildir, 'new', second), join(maildir, 'cur', `${second}:2,S`));
    expect(await createImapSource(imap.url).round(take, never)).toEqual({ taken: 3, failures: [] });
    expect(taken.sort()).toEqual(['one', 'read', 'unknown']);
    expect([...namesIn(maildir, 'new'), ...namesIn(maildir, 'cur')]).toEqual([]);
    const inFolder = (name: string) => [...namesIn(maildir, name, 'new'), ...namesIn(maildir, name, 'cur')].length;
    expect([inFolder('.Regiopad'), inFolder('.Regiopad.Unknown')]).toEqual([2, 1]);
    expect(await createImapSource(imap.url).round(take, never)).toEqual({ taken: 0, failures: [] });
  });

  test('what cannot be taken now stays for the next round', async () => {
    await deliver('later');
    taken = [];
    const failing: TakeMail = () => Promise.reject(new Error('the store is away'));
    const { failures } = await createImapSource(imap.url).round(failing, never);
    expect(failures).toMatchObject([{ message: 'the store is away' }]);
    await createImapSource(imap.url).round(take, never);
    expect(taken).toEqual(['later']);
  });

  test('a wrong password and a server that is away are said, without the password', async () => {
    const wrong = createImapSource(imap.url.replace('ge%3Aheim', 'fout-wachtwoord'));
    const failure: unknown = await wrong.round(take, never).catch((error: unknown) => error);
    expect(failure).toMatchObject({ authenticationFailed: true });
    expect(`${String(failure)}${wrong.name}`).not.toContain('fout-wachtwoord');
    const away = createImapSource('imaps://a:b@127.0.0.1:1/INBOX');
    await expect(away.round(take, never)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
