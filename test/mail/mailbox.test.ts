/** Without a mail server of one's own: what is sent can be read at /mailbox, and stays on this machine. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSmtpTransport, type MailTransport } from '../../activities/transport.ts';
import { listMails, type Mailbox, openMailbox, readMail } from '../../client/mailbox.ts';
import { asInstant } from '../../domain/ids.ts';

let folder: string;
let mailbox: Mailbox;
let transport: MailTransport;
beforeEach(async () => {
  folder = join(mkdtempSync(join(tmpdir(), 'regiopad-mailbox-')), 'mail');
  mailbox = await openMailbox(folder, 0);
  transport = createSmtpTransport(mailbox.url);
});
afterEach(async () => {
  transport.close();
  await mailbox.close();
  rmSync(join(folder, '..'), { recursive: true });
});

const send = (subject: string, messageId = `<${subject}@example.org>`) =>
  transport.send({
    messageId,
    from: { name: 'Regiopad', address: 'regiopad@example.org' },
    envelopeFrom: 'regiopad@example.org',
    to: { name: 'An Peeters', address: 'an@example.org' },
    subject,
    text: `Tekst van ${subject}`,
    html: `<p>Tekst van <b>${subject}</b></p>`,
    at: asInstant(Date.parse('2031-02-10T08:00:00Z')),
    headers: { 'Auto-Submitted': 'auto-generated' },
  });

it('keeps what it takes, newest first, and shows repeats as such', async () => {
  expect((await send('one')).outcome).toBe('accepted');
  await send('two');
  await send('two');
  const mails = await listMails(folder);
  expect(mails.map(({ subject, copies }) => [subject, copies])).toEqual([
    ['two', 2],
    ['two', 2],
    ['one', 1],
  ]);
  expect(mails[0]).toMatchObject({ to: '"An Peeters" <an@example.org>', messageId: '<two@example.org>' });
  const one = await readMail(folder, mails.at(-1)?.id ?? '');
  expect(one).toMatchObject({ subject: 'one', text: 'Tekst van one' });
  expect(one?.html).toContain('<b>one</b>');
  expect(one?.headers.map(({ name }) => name)).toContain('auto-submitted');
});

it('keeps its mails when it is opened again, and holds no unfinished files', async () => {
  await send('one');
  transport.close();
  await mailbox.close();
  mailbox = await openMailbox(folder, 0);
  transport = createSmtpTransport(mailbox.url);
  await send('two');
  expect((await listMails(folder)).map(({ subject }) => subject)).toEqual(['two', 'one']);
  expect(readdirSync(folder).every((name) => name.endsWith('.eml'))).toBe(true);
});

it('opens no other file, whatever the id', async () => {
  await send('one');
  writeFileSync(join(folder, '..', 'outside.eml'), 'Subject: not yours\r\n\r\n');
  for (const id of ['../outside', '..', '', 'x', '0000000000000-000000000000'])
    expect(await readMail(folder, id)).toBeUndefined();
  expect(await listMails(join(folder, 'none'))).toEqual([]);
});

it('does not listen to other machines', async () => {
  const outside = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal);
  if (outside === undefined) return;
  const reached = await new Promise<boolean>((resolve) => {
    const socket = connect(mailbox.port, outside.address);
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
  expect(reached).toBe(false);
});

it('says so when its port is taken', async () => {
  await expect(openMailbox(folder, mailbox.port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
