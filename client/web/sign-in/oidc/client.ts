/** Signing in at an identity provider by the authorization code flow of OpenID Connect, with PKCE, state and nonce. */
import * as openid from 'openid-client';
import type { OidcSettings } from '../../../../worker/config-oidc.ts';
import type { ErrorCode } from '../../../errors.ts';

/** What the browser keeps while somebody is away at the provider. */
export interface Memory {
  state: string;
  nonce: string;
  verifier: string;
}

/** What went wrong, as its page says it. */
export type OidcCode = Extract<ErrorCode, `oidc-${string}`>;

export class OidcError extends Error {
  readonly code: OidcCode;
  constructor(code: OidcCode, cause: unknown) {
    super(code, { cause });
    this.code = code;
  }
}

export interface OidcClient {
  /** Where to send somebody. Throws an OidcError. */
  start(): Promise<{ url: string; memory: Memory }>;
  /** What the provider says of who came back with this query. Throws an OidcError. */
  finish(query: string, memory: Memory): Promise<Record<string, unknown>>;
}

const PATIENCE_SECONDS = 10;

/** @param redirectUri the page to which the provider sends people back: it knows this address */
export function createOidcClient(settings: OidcSettings, redirectUri: string): OidcClient {
  const { issuer, clientId, clientSecret, scope } = settings;
  let known: Promise<openid.Configuration> | undefined;

  async function discover(): Promise<openid.Configuration> {
    const isPlain = new URL(issuer).protocol === 'http:';
    try {
      return await openid.discovery(new URL(issuer), clientId, clientSecret, undefined, {
        timeout: PATIENCE_SECONDS,
        // Only on this machine: the configuration refuses it elsewhere.
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- deprecated to make it stand out
        ...(isPlain && { execute: [openid.allowInsecureRequests] }),
      });
    } catch (error) {
      throw new OidcError('oidc-unavailable', error);
    }
  }

  /** Found once; a provider that was away is asked again. */
  const provider = (): Promise<openid.Configuration> => {
    known ??= discover().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };

  return {
    async start() {
      const config = await provider();
      const verifier = openid.randomPKCECodeVerifier();
      const memory = { verifier, state: openid.randomState(), nonce: openid.randomNonce() };
      const url = openid.buildAuthorizationUrl(config, {
        ...{ redirect_uri: redirectUri, scope, state: memory.state, nonce: memory.nonce },
        ...{ code_challenge: await openid.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' },
      });
      return { url: url.href, memory };
    },

    async finish(query, { state, nonce, verifier }) {
      if (new URLSearchParams(query).get('state') !== state) throw new OidcError('oidc-expired', 'another state');
      const config = await provider();
      try {
        const tokens = await openid.authorizationCodeGrant(config, new URL(`${redirectUri}?${query}`), {
          ...{ pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true },
        });
        const claims = tokens.claims();
        if (claims === undefined) throw new OidcError('oidc-failed', 'no ID token');
        // Some providers say what the scopes ask for in the ID token, others when they are asked.
        const more =
          config.serverMetadata().userinfo_endpoint === undefined
            ? {}
            : await openid.fetchUserInfo(config, tokens.access_token, claims.sub);
        return { ...more, ...claims };
      } catch (error) {
        throw error instanceof OidcError ? error : new OidcError(codeOf(error), error);
      }
    },
  };
}

const awayErrors = ['temporarily_unavailable', 'server_error'];

function codeOf(error: unknown): OidcCode {
  if (error instanceof openid.AuthorizationResponseError) {
    if (error.error === 'access_denied') return 'oidc-denied';
    return awayErrors.includes(error.error) ? 'oidc-unavailable' : 'oidc-failed';
  }
  if (error instanceof openid.ResponseBodyError)
    return error.error === 'invalid_grant' ? 'oidc-expired' : 'oidc-failed';
  if (error instanceof openid.ClientError) return error.code === 'OAUTH_TIMEOUT' ? 'oidc-unavailable' : 'oidc-failed';
  // What fetch throws when nobody answers.
  return error instanceof TypeError ? 'oidc-unavailable' : 'oidc-failed';
}
