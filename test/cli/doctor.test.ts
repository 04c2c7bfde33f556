/** `doctor` finds what is wrong before people do, and says what to do about it. */
import { once } from 'node:events';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Check } from '../../client/doctor/check.ts';
import { compareClock, dateOf } from '../../client/doctor/clock.ts';
import { machineChecks } from '../../client/doctor/machine.ts';
import { mailChecks } from '../../client/doctor/mail.ts';
import { temporalChecks } from '../../client/doctor/temporal.ts';
import { webChecks } from '../../client/doctor/web.ts';
import { makeMaildir } from '../../client/inbound/sources/maildir.ts';
import { loadConfig, temporalServerOf } from '../../worker/config.ts';
import { loadLinkKeys } from '../../worker/link-keys.ts';
import { writeRunFile } from '../../worker/run-file.ts';
import { type DevServer, startEphemeralDevServer } from '../../worker/temporal/dev-server.ts';
import { temporaryFolder } from '../foundation/launched.ts';
import { startServer } from '../mail/server.ts';
import { makeAuthority } from '../temporal/authority.ts';
import { startKeyCheck } from '../temporal/encrypted-server.ts';
import { run } from './run.ts';

/** What a check finds, or what it says is wrong. */
async function outcome(checks: readonly Check[], name: string): Promise<string> {
  const check = checks.find((each) => each.name === name)!;
  return check.run().catch((error: unknown) => `WRONG ${(error as Error).message}`);
}

describe('the Temporal server', () => {
  let temporal: DevServer;
  beforeAll(async () => {
    temporal = await startEphemeralDevServer();
  });
  afterAll(() => temporal.stop());
  const at = (address: string, changes: NodeJS.ProcessEnv = {}) =>
    temporalChecks(temporalServerOf(loadConfig({ TEMPORAL_ADDRESS: address, ...changes })));

  test('that is fine is named with its namespace; that nobody works is said', async () => {
    const checks = at(temporal.address);
    expect(await outcome(checks, 'temporal server')).toMatch(
      /^127.*\(no encryption\), namespace regiopad, version 1\./,
    );
    expect(await outcome(checks, 'worker')).toMatch(/^WRONG none looks for work.*systemctl start regiopad-worker/);
  });

  test('without our namespace', async () => {
    const found = await outcome(at(temporal.address, { TEMPORAL_NAMESPACE: 'elsewhere' }), 'temporal server');
    expect(found).toMatch(/^WRONG .*no namespace elsewhere: make it \(temporal operator namespace create -n elsewhere/);
  });

  test('that is not there, and one that is no Temporal server', async () => {
    const checks = at('127.0.0.1:1');
    expect(await outcome(checks, 'temporal server')).toMatch(
      /^WRONG nobody answers at 127.0.0.1:1: .* start the server/,
    );
    expect(await outcome(checks, 'worker')).toMatch(/^unknown/);
    const mail = await startServer();
    onTestFinished(mail.close);
    expect(await outcome(at(`127.0.0.1:${mail.port}`), 'temporal server')).toMatch(/^WRONG .*does not answer us as a/);
  });

  test('that takes another key than ours', async () => {
    const { server, authorityFile } = makeAuthority(temporaryFolder(onTestFinished));
    const front = await startKeyCheck(server, 16);
    onTestFinished(front.close);
    const access = { TEMPORAL_API_KEY: 'se-cret', TEMPORAL_TLS_SERVER_CA_CERT_PATH: authorityFile };
    const found = await outcome(
      at(front.address, { ...access, TEMPORAL_TLS_SERVER_NAME: 'localhost' }),
      'temporal server',
    );
    expect(found).toMatch(/^WRONG .*does not let us in \(TLS, API key\): correct TEMPORAL_API_KEY/);
    expect(found).not.toContain('se-cret');
  });
});

describe('mail', () => {
  test('a mail server that does not take our password', async () => {
    const refuse = startServer({ onAuth: (_auth, _session, done) => done(new Error('wrong')) });
    const server = await refuse;
    onTestFinished(server.close);
    const config = loadConfig({ SMTP_URL: `smtp://us:se-cret@127.0.0.1:${server.port}` });
    const found = await outcome(mailChecks(config), 'mail server');
    expect(found).toMatch(/^WRONG .*EAUTH.*correct user and password in SMTP_URL/);
    expect(found).not.toContain('se-cret');
    const open = await outcome(mailChecks(loadConfig({ SMTP_URL: server.url })), 'mail server');
    expect(open).toMatch(/not signed here$/);
  });

  test('a mailbox that is not there, and one that is', async () => {
    const spool = join(temporaryFolder(onTestFinished), 'spool');
    const config = loadConfig({ MAIL_INBOUND: pathToFileURL(spool).href, REGIOPAD_INBOUND: 'apart' });
    expect(await outcome(mailChecks(config), 'mail that comes in')).toMatch(/^WRONG MAIL_INBOUND: .*ENOENT/);
    await makeMaildir(spool);
    expect(await outcome(mailChecks(config), 'mail that comes in')).toMatch(/by processes of their own$/);
  });
});

describe('the machine', () => {
  test('a folder that cannot be written', async () => {
    const file = join(temporaryFolder(onTestFinished), 'file');
    writeFileSync(file, '');
    const found = await outcome(machineChecks(loadConfig({ REGIOPAD_DATA: join(file, 'data') })), 'data folder');
    expect(found).toMatch(/^WRONG .*cannot be written .*REGIOPAD_DATA/);
  });

  test('keys that others can read', async () => {
    const dataDir = join(temporaryFolder(onTestFinished), 'data');
    mkdirSync(dataDir);
    const checks = machineChecks(loadConfig({ REGIOPAD_DATA: dataDir }));
    expect(await outcome(checks, 'keys of links')).toMatch(/is made at the first start$/);
    loadLinkKeys(dataDir);
    expect(await outcome(checks, 'keys of links')).toMatch(/k1 signs, 1 in all$/);
    chmodSync(join(dataDir, 'keys.json'), 0o640);
    expect(await outcome(checks, 'keys of links')).toMatch(/^WRONG others .*chmod 600 .*keys\.json$/);
  });

  test('a clock that is ahead of another one, or behind it', async () => {
    const server = createServer((_request, response) => {
      response.setHeader('Date', new Date(Date.UTC(2031, 1, 12, 7)).toUTCString()).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const witness = (await dateOf(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`))!;
    const at = (hours: number) => () => compareClock(Date.UTC(2031, 1, 12, 7) + hours * 3_600_000, [witness]);
    expect(at(0)()).toMatch(/^as 127/);
    expect(at(2)).toThrow(/120 minutes ahead of .*timedatectl set-ntp true/);
    expect(at(-48)).toThrow(/2880 minutes behind/);
    expect(compareClock(0, [])).toMatch(/^no other clock/);
  });
});

describe('the pages', () => {
  test.each([
    [{ HOST: '0.0.0.0', PUBLIC_URL: 'http://regiopad.example.org' }, /is not encrypted.*PUBLIC_URL=https/],
    [{ HOST: '0.0.0.0' }, /is not encrypted/],
    [{ PUBLIC_URL: 'https://127.0.0.1:1/regiopad' }, /^https:.*not running now$/],
    [{}, /not running now$|answers$/],
  ])('%j', async (environment, expected) => {
    expect(await outcome(webChecks(loadConfig(environment)), 'pages')).toMatch(expected);
  });

  test('are looked for where `npm start` runs them, not where PORT would have them', async () => {
    const server = createServer((_request, answer) => answer.end('fine')).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    const dataDir = temporaryFolder(onTestFinished);
    const run = { pid: process.pid, script: 'node', startedAt: new Date().toISOString() };
    writeRunFile(dataDir, { ...run, web: { pid: process.pid, script: 'node', url } });
    const config = loadConfig({ REGIOPAD_DATA: dataDir, PORT: '1' });
    expect(await outcome(webChecks(config), 'pages')).toBe(`${url} answers`);
  });

  test('an identity provider that does not answer', async () => {
    const oidc = { OIDC_ISSUER: 'http://127.0.0.1:1', OIDC_CLIENT_ID: 'us', OIDC_CLIENT_SECRET: 'se-cret' };
    const found = await outcome(webChecks(loadConfig(oidc)), 'identity provider');
    expect(found).toMatch(/^WRONG http:\/\/127\.0\.0\.1:1 does not tell where to sign in/);
    expect(found).not.toContain('se-cret');
  });
});

test('the command says all of it, with how many are wrong, and fails', async () => {
  const dataDir = temporaryFolder(onTestFinished);
  const smtp = 'smtp://us:se-cret@127.0.0.1:1';
  const ran = await run(['doctor'], { REGIOPAD_DATA: dataDir, TEMPORAL_ADDRESS: '127.0.0.1:1', SMTP_URL: smtp });
  expect(ran.code).toBe(1);
  for (const line of ['ok     data folder', 'ok     store', 'WRONG  temporal server', 'WRONG  mail server'])
    expect(ran.stdout).toContain(line);
  expect(ran.stderr).toContain('of these need attention');
  expect(ran.stdout + ran.stderr).not.toContain('se-cret');
});
