/** Behind the proxies of deploy/proxy, as they are, every link and form works, and nobody can pass for another address. */
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../foundation/launched.ts';
import { createHarness, type Harness, PATH, request, startPath, WEMMEL } from '../web/harness.ts';
import { caddy, HOST, nginx, type Proxy, startProxy } from './proxies.ts';

const PREFIX = '/regiopad';

describe.each([
  ['nginx', process.env['NGINX'], nginx],
  ['Caddy', process.env['CADDY'], caddy],
] as const)('%s', (_name, program, prepare) => {
  describe.skipIf(program === undefined)('as in deploy/proxy', () => {
    let harness: Harness;
    let proxy: Proxy;
    let remove: () => void;
    const addresses: unknown[] = [];
    beforeAll(async () => {
      harness = await createHarness({ config: { publicUrl: `https://${HOST}${PREFIX}` } });
      await startPath(harness.store, harness.paths);
      await request(harness, 'declaration-of-intent');
      await harness.app.listen({ host: '127.0.0.1', port: 0 });
      harness.app.server.on('request', ({ headers }) => addresses.push(headers['x-forwarded-for']));
      const { port } = harness.app.server.address() as AddressInfo;
      proxy = await startProxy(
        program!,
        prepare,
        temporaryFolder((done) => (remove = done)),
        port,
      );
    });
    afterAll(async () => {
      await proxy.stop();
      await harness.close();
      remove();
    });

    test('a link of a mail opens its page, with a cookie for this site only', async () => {
      const opened = await proxy.ask(`${PREFIX}/m/${await harness.token(WEMMEL)}`);
      expect([302, 303]).toContain(opened.status);
      expect(opened.headers.location).toBe(`${PREFIX}/m/p/${PATH}/23102`);
      const [cookie = ''] = opened.headers['set-cookie'] ?? [];
      expect(cookie).toMatch(/Path=\/regiopad\/.*Secure/);
      const page = await proxy.ask(`${PREFIX}/m/p/${PATH}/23102`, { headers: { cookie: cookie.split(';')[0]! } });
      expect(page.status).toBe(200);
      expect(page.text).toContain('Wemmel');
      expect(page.headers['strict-transport-security']).toContain('max-age=31536000');
    });

    test('a form comes through, and what is wrong in it comes back on its page', async () => {
      const form = await proxy.ask(`${PREFIX}/m/code`);
      const cookie = form.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
      const [, token = ''] = /name="_form" value="([^"]*)"/.exec(form.text) ?? [];
      const sent = await proxy.ask(`${PREFIX}/m/code`, {
        method: 'POST',
        headers: { cookie, origin: `https://${HOST}`, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ _form: token, code: 'x' }).toString(),
      });
      expect(sent.status).toBe(422);
    });

    test('only what belongs to Regiopad is passed on', async () => {
      expect((await proxy.ask(PREFIX)).status).toBeLessThan(400);
      expect((await proxy.ask('/elsewhere')).status).toBe(404);
      // Open from the machine itself, and the proxy is on it.
      expect((await proxy.ask(`${PREFIX}/metrics`)).status).toBeGreaterThanOrEqual(401);
    });

    test('an address that a visitor claims counts for nothing', async () => {
      addresses.length = 0;
      await proxy.ask(`${PREFIX}/healthz`, { headers: { 'x-forwarded-for': '203.0.113.9' } });
      expect(addresses).toEqual(['127.0.0.1']);
    });
  });
});
