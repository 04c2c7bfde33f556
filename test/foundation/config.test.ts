import { describe, expect, test } from 'vitest';
import { describeConfig, loadConfig } from '../../worker/config.ts';

const BOUNCE = 'an address with at most 15 characters and no + before the @, for example bounces@example.org';

test('an empty environment gives a Regiopad on this machine', () => {
  expect(loadConfig({ PORT: '' })).toMatchObject({
    dataDir: expect.stringMatching(/\/data$/) as string,
    host: '127.0.0.1',
    port: 3000,
    publicUrl: 'http://127.0.0.1:3000',
    storeLocation: expect.stringMatching(/\/data\/dossier.db$/) as string,
    storePoolSize: 10,
    temporalAddress: undefined,
    temporalNamespace: 'regiopad',
    smtpUrl: undefined,
    mailFrom: 'Regiopad <regiopad@example.org>',
    mailBounce: undefined,
    logLevel: 'warn',
    stickyQueueTimeoutMs: 2000,
    mailboxPort: undefined,
  });
});

test('links in mails start with PUBLIC_URL, or with an address that can be reached', () => {
  expect(loadConfig({ PUBLIC_URL: 'https://regiopad.example.org/' }).publicUrl).toBe('https://regiopad.example.org');
  expect(loadConfig({ HOST: '0.0.0.0', PORT: '8080' }).publicUrl).toBe('http://127.0.0.1:8080');
  expect(loadConfig({ HOST: '::1' }).publicUrl).toBe('http://[::1]:3000');
});

describe('a wrong value is one line with the name of the variable', () => {
  test.each([
    ['PORT', 'abc', 'a port, 0 to 65535'],
    ['PORT', '65536', 'a port, 0 to 65535'],
    ['PORT', '-1', 'a port, 0 to 65535'],
    ['PORT', '0x10', 'a port, 0 to 65535'],
    ['TEMPORAL_ADDRESS', 'localhost', 'host:port, for example 127.0.0.1:7233'],
    ['SMTP_URL', 'mail.example.org', 'an address that starts with smtp:// or smtps://'],
    ['PUBLIC_URL', 'ftp://example.org', 'an address that starts with http:// or https://'],
    ['MAIL_FROM', 'Regiopad <a@b.be>\r\nBcc: c@d.be', 'Name <address@example.org>'],
    ['DATABASE_URL', 'mysql://db.example.org/x', 'an address that starts with postgres:// or postgresql://'],
    ['DATABASE_POOL', '0', 'a number of connections, 1 to 1000'],
    ['MAIL_BOUNCE', 'bounces', BOUNCE],
    ['MAIL_BOUNCE', 'bounces+x@example.org', BOUNCE],
    ['MAIL_BOUNCE', 'bounces-regiopad@example.org', BOUNCE],
    ...['imaps://imap.example.org/INBOX', 'imap://c', 'file://server/folder', 'file:///', '/var/spool'].map((value) => [
      'MAIL_INBOUND',
      value,
      'imaps://user:password@host/INBOX (user and password percent-encoded) or file:///path/of/a/folder',
    ]),
    ['LOG_LEVEL', 'loud', 'one of fatal, error, warn, info, debug, trace, silent'],
    ['REGIOPAD_STICKY_MS', 'soon', 'a whole number of milliseconds'],
  ])('%s=%s', (name, value, expected) => {
    expect(() => loadConfig({ [name]: value })).toThrow(`${name}: expected ${expected}, got ${JSON.stringify(value)}`);
  });

  test('and all wrong ones are told at once', () => {
    expect(() => loadConfig({ PORT: 'x', LOG_LEVEL: 'y' })).toThrow(/^PORT: .*\nLOG_LEVEL: .*$/);
  });
});

describe('the password of the mail server is never shown', () => {
  test('nor that of the mailbox', () => {
    const shown = describeConfig(
      loadConfig({ MAIL_INBOUND: 'imaps://pad%40example.org:se-cret@imap.example.org/INBOX' }),
    );
    expect(shown).toContain('imaps://pad%40example.org:***@imap.example.org/INBOX');
    expect(() => loadConfig({ MAIL_INBOUND: 'pop3://a:se-cret@b' })).toThrow('"pop3://a:***@b"');
  });

  test.each([
    'postgres://pad:se-cret@db.example.org/regiopad',
    'postgres://db.example.org/x?user=pad&password=se-cret',
  ])('nor that of the store: %s', (url) => {
    expect(loadConfig({ DATABASE_URL: url }).storeLocation).toBe(url);
    expect(describeConfig(loadConfig({ DATABASE_URL: url }))).toMatch(/storeLocation +postgres:.*\*\*\*/);
    expect(describeConfig(loadConfig({ DATABASE_URL: url }))).not.toContain('se-cret');
  });

  test.each(['smtp://user:se-cret@mail.example.org', 'smtps://user:p@se-cret@mail.example.org:465'])('%s', (url) => {
    const shown = describeConfig(loadConfig({ SMTP_URL: url }));
    expect(shown).toContain('//user:***@mail.example.org');
    expect(shown).not.toContain('se-cret');
  });

  test('not in a complaint either', () => {
    expect(() => loadConfig({ SMTP_URL: 'http://user:se-cret@mail.example.org' })).toThrow(
      /got "http:\/\/user:\*\*\*@/,
    );
  });
});
