/** Regiopad reaches the Temporal server that somebody named, with what that server wants to see, and never any other. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { describeConfig, loadConfig, temporalServerOf } from '../../worker/config.ts';
import { connectionOptions } from '../../worker/temporal/connection.ts';
import { type DevServer, startEphemeralDevServer } from '../../worker/temporal/dev-server.ts';
import { awaitNamespace } from '../../worker/temporal/namespace.ts';
import { temporaryFolder } from '../foundation/launched.ts';
import { makeAuthority } from './authority.ts';
import { startFront, startKeyCheck } from './encrypted-server.ts';

let folder: string;
let remove: () => void;
let authority: ReturnType<typeof makeAuthority>;
beforeAll(() => {
  folder = temporaryFolder((done) => (remove = done));
  authority = makeAuthority(folder);
});
afterAll(() => remove());

const serverOf = (environment: NodeJS.ProcessEnv) => temporalServerOf(loadConfig(environment))!;

describe('a server behind TLS with client certificates', () => {
  let temporal: DevServer;
  let front: Awaited<ReturnType<typeof startFront>>;
  beforeAll(async () => {
    temporal = await startEphemeralDevServer({ namespace: 'noordrand' });
    front = await startFront(authority.server, readFileSync(authority.authorityFile), temporal.address);
  });
  afterAll(async () => {
    front.close();
    await temporal.stop();
  });

  const variables = () => ({
    TEMPORAL_ADDRESS: front.address,
    TEMPORAL_NAMESPACE: 'noordrand',
    TEMPORAL_TLS_SERVER_NAME: 'localhost',
    TEMPORAL_TLS_SERVER_CA_CERT_PATH: authority.authorityFile,
    TEMPORAL_TLS_CLIENT_CERT_PATH: authority.client.certificateFile,
    TEMPORAL_TLS_CLIENT_KEY_PATH: authority.client.keyFile,
  });

  test('is reached by worker and pages alike, named by variables', async () => {
    const server = serverOf(variables());
    await awaitNamespace(server, 60_000);
    const native = await NativeConnection.connect(connectionOptions(server));
    onTestFinished(() => native.close());
    const info = await native.workflowService.describeNamespace({ namespace: 'noordrand' });
    expect(info.namespaceInfo?.name).toBe('noordrand');
  });

  test('is reached by a profile of a file', async () => {
    const file = join(folder, 'temporal.toml');
    writeFileSync(
      file,
      [
        '[profile.vlaanderen]',
        `address = "${front.address}"`,
        'namespace = "noordrand"',
        '[profile.vlaanderen.tls]',
        'server_name = "localhost"',
        `server_ca_cert_path = "${authority.authorityFile}"`,
        `client_cert_path = "${authority.client.certificateFile}"`,
        `client_key_path = "${authority.client.keyFile}"`,
      ].join('\n'),
    );
    const server = serverOf({ TEMPORAL_CONFIG_FILE: file, TEMPORAL_PROFILE: 'vlaanderen' });
    expect(server.namespace).toBe('noordrand');
    await awaitNamespace(server, 60_000);
  });

  test.each([
    ['without a certificate of the client', 'TEMPORAL_TLS_CLIENT_CERT_PATH', 'TEMPORAL_TLS_CLIENT_KEY_PATH'],
    ['of an unknown authority', 'TEMPORAL_TLS_SERVER_CA_CERT_PATH', 'TEMPORAL_TLS_SERVER_CA_CERT_PATH'],
  ])('%s is not believed', async (_what, ...without) => {
    const rest = Object.fromEntries(Object.entries(variables()).filter(([name]) => !without.includes(name)));
    const server = serverOf({ ...rest, TEMPORAL_TLS: 'true' });
    await expect(awaitNamespace(server, 300)).rejects.toThrow(/did not answer/);
  });
});

test('an API key goes along with every call, over TLS, and is never shown', async () => {
  const front = await startKeyCheck(authority.server, 7);
  onTestFinished(front.close);
  const environment = {
    ...{ TEMPORAL_ADDRESS: front.address, TEMPORAL_API_KEY: 'se-cret' },
    ...{ TEMPORAL_TLS_SERVER_CA_CERT_PATH: authority.authorityFile, TEMPORAL_TLS_SERVER_NAME: 'localhost' },
  };
  const connection = Connection.lazy(connectionOptions(serverOf(environment)));
  onTestFinished(() => connection.close());
  const call = connection.workflowService.describeNamespace({ namespace: 'x' });
  await expect(connection.withDeadline(Date.now() + 60_000, () => call)).rejects.toMatchObject({ code: 7 });
  expect(front.seen[0]).toMatchObject({ authorization: 'Bearer se-cret' });
  const shown = describeConfig(loadConfig(environment));
  expect(shown).toContain('TLS, API key');
  expect(shown).not.toContain('se-cret');
});

test('an API key alone is enough for Temporal Cloud: encryption comes with it', () => {
  const server = serverOf({ TEMPORAL_ADDRESS: 'eu-west-1.aws.api.temporal.io:7233', TEMPORAL_API_KEY: 'k' });
  expect(connectionOptions(server)).toEqual({
    ...{ address: 'eu-west-1.aws.api.temporal.io:7233', tls: true, apiKey: 'k' },
  });
});

test('a file of profiles that nobody asked for sends no path elsewhere', () => {
  const home = temporaryFolder(onTestFinished);
  writeFileSync(join(home, 'temporal.toml'), '[profile.default]\naddress = "elsewhere.example.org:7233"\n');
  expect(loadConfig({ HOME: home, XDG_CONFIG_HOME: home }).temporalAddress).toBeUndefined();
});

describe('what is half or unclear is refused, in one line that names the variable', () => {
  const address = { TEMPORAL_ADDRESS: '127.0.0.1:7233' };
  test.each<[string, () => NodeJS.ProcessEnv, RegExp]>([
    ['a key without a server', () => ({ TEMPORAL_API_KEY: 'se-cret' }), /^TEMPORAL_ADDRESS: .*TLS, API key/],
    ['a key in the clear', () => ({ ...address, TEMPORAL_API_KEY: 'k', TEMPORAL_TLS: 'false' }), /^TEMPORAL_TLS: /],
    ['a strange yes', () => ({ ...address, TEMPORAL_TLS: 'yes' }), /^TEMPORAL_TLS: expected true or false/],
    ['no verification', () => ({ ...address, TEMPORAL_TLS_DISABLE_HOST_VERIFICATION: '1' }), /always verified/],
    ['no such file', () => ({ TEMPORAL_CONFIG_FILE: '/nowhere.toml' }), /^TEMPORAL_CONFIG_FILE: .*ENOENT/],
    [
      'half a key pair',
      () => ({ ...address, TEMPORAL_TLS_CLIENT_CERT_PATH: authority.client.certificateFile }),
      /^TEMPORAL_TLS_….*no key for the certificate/,
    ],
    ['a certificate that is not there', () => ({ ...address, TEMPORAL_TLS_SERVER_CA_CERT_PATH: '/x.pem' }), /ENOENT/],
  ])('%s', (_what, environment, expected) => {
    expect(() => loadConfig(environment())).toThrow(expected);
    expect(() => loadConfig(environment())).not.toThrow(/\n/);
  });
});
