/** A reverse proxy as a town has one: it ends the encryption, and takes the prefix of the path off or leaves it on. */
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export const PREFIX = '/regiopad';

export async function startProxy(port: number, strips: boolean): Promise<{ server: Server; url: string }> {
  const server = createServer((incoming, outgoing) => {
    const { url = '/' } = incoming;
    if (!url.startsWith(PREFIX)) {
      outgoing.writeHead(404).end('not behind this proxy');
      return;
    }
    const path = strips ? url.slice(PREFIX.length) || '/' : url;
    const headers = { ...incoming.headers, host: 'example.org', 'x-forwarded-proto': 'https' };
    const passed = request({ host: '127.0.0.1', port, method: incoming.method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}` };
}
