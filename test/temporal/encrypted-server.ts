/** What stands before a Temporal server elsewhere: it wants TLS, a client certificate, an API key. */
import { createSecureServer } from 'node:http2';
import { type AddressInfo, connect } from 'node:net';
import { createServer } from 'node:tls';
import type { KeyPair } from './authority.ts';

export interface Front {
  address: string;
  close: () => void;
}

/** Ends the encryption before a real server, for clients with a certificate of the same authority only. */
export async function startFront(pair: KeyPair, authority: Buffer, behind: string): Promise<Front> {
  const { certificate: cert, key } = pair;
  const [host = '', port = ''] = behind.split(':');
  const server = createServer({ cert, key, ca: authority, requestCert: true, ALPNProtocols: ['h2'] }, (secure) => {
    const plain = connect({ host, port: Number(port) });
    for (const [from, to] of [
      [secure, plain],
      [plain, secure],
    ] as const) {
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
      from.pipe(to);
    }
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: addressOf(server.address()), close: () => server.close() };
}

/** Refuses every call as a server does that wants another API key, and notes the headers that came. */
export async function startKeyCheck(
  pair: KeyPair,
  status: number,
): Promise<Front & { seen: Record<string, unknown>[] }> {
  const seen: Record<string, unknown>[] = [];
  const server = createSecureServer({ cert: pair.certificate, key: pair.key });
  server.on('stream', (stream, headers) => {
    seen.push(headers);
    stream.on('error', () => undefined);
    stream.respond(
      { ':status': 200, 'content-type': 'application/grpc', 'grpc-status': String(status), 'grpc-message': 'no' },
      { endStream: true },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: addressOf(server.address()), seen, close: () => server.close() };
}

const addressOf = (address: AddressInfo | string | null): string =>
  `127.0.0.1:${String((address as AddressInfo).port)}`;
