/** An identity provider as ACM/IDM is one, on this machine: real OpenID Connect, with its own pages to sign in. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

export interface IdentityProvider {
  issuer: string;
  close(): Promise<void>;
}

export const CLIENT = {
  clientId: 'regiopad',
  clientSecret: 'a-secret-of-thirty-two-characters',
  scope: 'openid profile vo',
};

/** Who can sign in there, by what they type; the claims are those of the scope `vo`, and an address for some. */
export const people: Record<string, Record<string, string | boolean>> = {
  an: {
    vo_id: '2b1f-an',
    vo_orgcode: 'OVO001835',
    vo_orgnaam: 'Gemeente Wemmel',
    given_name: 'An',
    family_name: 'Peeters',
  },
  els: { vo_id: '77aa-els', vo_orgcode: 'OVO000001', email: 'els@example.org', email_verified: true },
  // Says that she is Fien, and nobody checked it.
  eva: { vo_id: '13cc-eva', vo_orgcode: 'OVO000002', email: 'fien@example.org', email_verified: false },
};

/** @param redirectUri where it sends people back to */
export async function startProvider(redirectUri: string): Promise<IdentityProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        ...{ client_id: CLIENT.clientId, client_secret: CLIENT.clientSecret, redirect_uris: [redirectUri] },
        ...{ response_types: ['code'], grant_types: ['authorization_code'] },
      },
    ],
    claims: {
      openid: ['sub'],
      profile: ['given_name', 'family_name'],
      vo: ['vo_id', 'vo_orgcode', 'vo_orgnaam', 'email', 'email_verified'],
    },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
    pkce: { required: () => true },
    cookies: { keys: ['a key for cookies'] },
    features: { devInteractions: { enabled: true } },
  });
  const callback = provider.callback();
  server.on('request', (request, response) => void callback(request, response));
  return {
    issuer,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}
