/** The variables of an identity provider (OpenID Connect), such as ACM/IDM. */
import { z } from 'zod';

export interface OidcSettings {
  /** As the provider calls itself; its addresses are found from there. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Separated by spaces. */
  readonly scope: string;
}

/** Unencrypted only on this machine, for a trial. */
const issuer = z.string().refine(
  (text) => {
    if (!URL.canParse(text)) return false;
    const { protocol, hostname } = new URL(text);
    return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname));
  },
  { error: 'an address that starts with https://' },
);
const scope = z.string().refine((text) => text.split(/\s+/).includes('openid'), {
  error: 'scopes separated by spaces, with openid among them',
});

export const oidcVariables = {
  OIDC_ISSUER: issuer.optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_SCOPE: scope.default('openid profile vo'),
};

/** Undefined without an issuer; what is missing when there is one. */
export function oidcSettings(variables: {
  OIDC_ISSUER?: string | undefined;
  OIDC_CLIENT_ID?: string | undefined;
  OIDC_CLIENT_SECRET?: string | undefined;
  OIDC_SCOPE: string;
}): OidcSettings | { missing: string } | undefined {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_SCOPE } = variables;
  if (OIDC_ISSUER === undefined) return undefined;
  if (OIDC_CLIENT_ID === undefined) return { missing: 'OIDC_CLIENT_ID' };
  if (OIDC_CLIENT_SECRET === undefined) return { missing: 'OIDC_CLIENT_SECRET' };
  return { issuer: OIDC_ISSUER, clientId: OIDC_CLIENT_ID, clientSecret: OIDC_CLIENT_SECRET, scope: OIDC_SCOPE };
}
