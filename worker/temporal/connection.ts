/**
 * How a Temporal server is reached: address, namespace, TLS, API key. Read from variables, and from a profile when TEMPORAL_PROFILE or
 * TEMPORAL_CONFIG_FILE asks for one, under the names that Temporal's own tools know (@temporalio/envconfig). What that library would
 * pass over in silence is refused here: a file that is not there, half a key pair, an API key without encryption.
 */
import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from '@temporalio/client';
import { type ClientConnectConfig, loadClientConfigProfile, toClientOptions } from '@temporalio/envconfig';
import { messageOf, SetupError } from '../setup-error.ts';

/** What a server wants to see besides its address; empty for a server on this machine. */
export interface TemporalAccess {
  readonly tls?: NonNullable<ConnectionOptions['tls']>;
  readonly apiKey?: string;
  /** Headers of every call. */
  readonly metadata?: Record<string, string>;
}

export interface TemporalServer {
  /** host:port of its gRPC frontend. */
  readonly address: string;
  readonly namespace: string;
  readonly access: TemporalAccess;
}

export interface TemporalSettings {
  /** Undefined when nobody named a server: `npm start` starts one. */
  readonly address: string | undefined;
  readonly namespace: string | undefined;
  readonly access: TemporalAccess;
}

/** What `Connection` and `NativeConnection` both take. */
export const connectionOptions = ({ address, access }: Pick<TemporalServer, 'address' | 'access'>) => ({
  address,
  ...access,
});

/** In words fit for a log: no key, no certificate. */
export const accessText = ({ tls, apiKey, metadata }: TemporalAccess): string =>
  [
    tls === undefined || tls === false ? 'no encryption' : 'TLS',
    ...(typeof tls === 'object' && tls.clientCertPair ? ['client certificate'] : []),
    ...(apiKey === undefined ? [] : ['API key']),
    ...Object.keys(metadata ?? {}),
  ].join(', ');

type Environment = Readonly<Record<string, string | undefined>>;

const ADDRESS = /^[^\s:/]+:\d{1,5}$/;
const BOOLEANS = ['true', 'false', '1', '0'];

/**
 * @param given the environment, without empty variables
 * @throws SetupError with one line: the variable, what is expected, and what to do
 */
export function temporalSettings(given: Environment): TemporalSettings {
  refuseUnclear(given);
  const { namespace, connectionOptions: options } = readProfile(given);
  const { address, apiKey, tls, metadata } = options;
  if (address !== undefined && !ADDRESS.test(address))
    throw new SetupError(
      `TEMPORAL_ADDRESS: expected host:port, for example 127.0.0.1:7233, got ${JSON.stringify(address)}`,
    );
  if (apiKey !== undefined && tls === false)
    throw new SetupError(
      'TEMPORAL_TLS: expected true or nothing beside an API key, which must not travel in the clear',
    );
  const access: TemporalAccess = {
    ...(tls && { tls }),
    ...(typeof apiKey === 'string' && { apiKey }),
    ...(metadata && Object.keys(metadata).length > 0 && { metadata: metadata as Record<string, string> }),
  };
  if (address === undefined && Object.keys(access).length > 0)
    throw new SetupError(`TEMPORAL_ADDRESS: expected the server that ${accessText(access)} is meant for, got nothing`);
  return { address, namespace, access };
}

/** A file of profiles is read only when somebody asks for it: one made for another use must not send paths elsewhere. */
function readProfile(given: Environment): ClientConnectConfig {
  const { TEMPORAL_PROFILE: profile, TEMPORAL_CONFIG_FILE: file } = given;
  const overrideEnvVars = Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const isFileWanted = profile !== undefined || file !== undefined;
  try {
    if (file !== undefined) readFileSync(file);
    const found = loadClientConfigProfile({ overrideEnvVars, disableFile: !isFileWanted, configFileStrict: true });
    const { clientCert, clientKey } = found.tls ?? {};
    if ((clientCert === undefined) !== (clientKey === undefined))
      throw new SetupError(`no ${clientCert === undefined ? 'certificate for the key' : 'key for the certificate'}`);
    return toClientOptions(found);
  } catch (error) {
    const name = file !== undefined ? 'TEMPORAL_CONFIG_FILE' : isFileWanted ? 'TEMPORAL_PROFILE' : 'TEMPORAL_TLS_…';
    const [why = ''] = messageOf(error).split('\n');
    throw new SetupError(`${name}: expected what can be read and is whole, got: ${why}`);
  }
}

function refuseUnclear(given: Environment): void {
  const { TEMPORAL_TLS: tls, TEMPORAL_TLS_DISABLE_HOST_VERIFICATION: isUnverified } = given;
  if (tls !== undefined && !BOOLEANS.includes(tls))
    throw new SetupError(`TEMPORAL_TLS: expected true or false, got ${JSON.stringify(tls)}`);
  if (isUnverified !== undefined)
    throw new SetupError(
      'TEMPORAL_TLS_DISABLE_HOST_VERIFICATION: expected nothing: a server is always verified. Name its authority with TEMPORAL_TLS_SERVER_CA_CERT_PATH',
    );
}
