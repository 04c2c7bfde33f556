/** Behind a path prefix every page, form, file and code has to work, whichever way the proxy passes the prefix on. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { asLocalDate } from '../../domain/ids.ts';
import { createHarness, type Harness, PATH, request, startPath, WEMMEL } from './harness.ts';
import { PREFIX, startProxy } from './proxy.ts';
import { pdf } from './sample-files.ts';

const PUBLIC = `https://example.org${PREFIX}`;
const ASKED = 'declaration-of-intent';
const HOME = `${PREFIX}/m/p/${PATH}/23102`;

let harness: Harness;
let proxy: { server: Server; url: string };
let cookies: Map<string, string>;

interface Answer {
  status: number;
  location: string | null;
  html: string;
  headers: Headers;
}

/** Asks as a browser does, through the proxy; cookies are kept as far as their path says so. */
async function ask(path: string, init: RequestInit = {}): Promise<Answer> {
  const mine = [...cookies].filter(([key]) => path.startsWith(key.split(' ')[1]!)).map(([, value]) => value);
  const headers = { cookie: mine.join('; '), origin: 'https://example.org', ...(init.headers as object) };
  const response = await fetch(`${proxy.url}${path}`, { ...init, headers, redirect: 'manual' });
  for (const line of response.headers.getSetCookie()) {
    expect(line).toContain('Secure');
    const at = /Path=([^;]*)/.exec(line)?.[1] ?? '/';
    cookies.set(`${line.split('=')[0]!} ${at}`, line.split(';')[0]!);
  }
  const html = await response.text();
  const location = response.headers.get('location');
  if (location !== null) expect(location).toMatch(/^\/regiopad(?:\/|$)/);
  for (const [, address = ''] of html.matchAll(/(?:href|action|src)="(\/[^"]*)"/g)) {
    expect(address).toMatch(/^\/regiopad(?:\/|$)/);
  }
  return { status: response.status, location, html, headers: response.headers };
}

/** The hidden fields of a form on a page, and where it goes. */
function formOn({ html }: Answer, id: string): { action: string; fields: Record<string, string> } {
  const [, attributes = '', inner = ''] =
    new RegExp(`<form([^>]*id="${id}"[^>]*)>([\\s\\S]*?)</form>`).exec(html) ?? [];
  const hidden = [...inner.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
  return {
    action: /action="([^"]*)"/.exec(attributes)?.[1] ?? '',
    fields: Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value])),
  };
}

async function send(page: Answer, id: string, fill: Record<string, string>, file?: Blob): Promise<Answer> {
  const { action, fields } = formOn(page, id);
  const all = Object.entries({ ...fields, ...fill });
  const body: FormData | URLSearchParams = file === undefined ? new URLSearchParams(all) : new FormData();
  if (body instanceof FormData) for (const [name, value] of all) body.append(name, value);
  if (body instanceof FormData && file !== undefined) body.append('file', file, 'besluit.pdf');
  return ask(action, { method: 'POST', body });
}

const follow = async (answer: Answer): Promise<Answer> => {
  expect([302, 303]).toContain(answer.status);
  return ask(answer.location!.split('#')[0]!);
};

async function behind(strips: boolean): Promise<void> {
  proxy = await startProxy((harness.app.server.address() as AddressInfo).port, strips);
}

beforeEach(async () => {
  cookies = new Map();
  harness = await createHarness({ config: { publicUrl: PUBLIC } });
  await startPath(harness.store, harness.paths);
  await request(harness, ASKED);
  await harness.app.listen({ host: '127.0.0.1', port: 0 });
});
afterEach(async () => {
  proxy.server.closeAllConnections();
  proxy.server.close();
  await harness.close();
});

describe.each([
  ['that takes the prefix off', true],
  ['that leaves it on', false],
])('behind a proxy %s', (_how, strips) => {
  test('the whole visit works: link, answer, proof as a file, download, sessions, details, colleague', async () => {
    await behind(strips);
    const link = `/m/${await harness.token(WEMMEL)}`;
    let page = await follow(await ask(`${PREFIX}${link}`));
    const who = { name: 'An Peeters', function: 'secretariaat' };
    const approved = { answer: 'approved', 'approved.session': 'other', 'approved.date': '2031-02-11' };
    page = await follow(await send(page, `antwoord-${ASKED}`, { ...who, ...approved }));
    expect(page.html).toContain('Goedgekeurd op 11 februari');
    page = await follow(await send(page, `bewijs-${ASKED}`, {}, new Blob([pdf()])));
    const file = await ask(/href="([^"]*\/bestanden\/[^"]*)"/.exec(page.html)![1]!);
    expect(file.status).toBe(200);
    expect(file.headers.get('content-disposition')).toContain('besluit.pdf');
    for (const each of ['zittingen', 'gegevens', 'collega']) {
      page = await ask(`${HOME}/${each}`);
      expect(page.status).toBe(200);
    }
    const colleague = { name: 'Jan Janssens', email: 'jan@example.org', function: 'cultuurdienst', by: 'An Peeters' };
    page = await follow(await send(page, 'collega', colleague));
    expect(page.html).toContain('Doorgegeven');
    expect((await ask(HOME)).status).toBe(410);
  });

  test('a code opens the page, and what is wrong keeps the prefix', async () => {
    await behind(strips);
    const { contact, linkGeneration: generation } = harness.state().parties[WEMMEL]!;
    const link = { path: PATH, party: WEMMEL, person: contact!, generation, expires: asLocalDate('2099-12-31') };
    const { code, page: address } = (await harness.links.contactCode(link))!;
    expect(address).toBe(`${PUBLIC}/m/code`);
    const form = await ask(`${PREFIX}/m/code`);
    expect((await send(form, 'code', { code: 'x' })).status).toBe(422);
    const opened = await follow(await send(form, 'code', { code }));
    expect(opened.html).toContain('Gemeenteraad van Wemmel');
    for (const dead of [`${PREFIX}/m/nonsense`, `${PREFIX}/nergens`, `${PREFIX}/m/p/elders/23102`]) {
      expect((await ask(dead)).status).toBeGreaterThanOrEqual(400);
    }
  });

  test('no address leads elsewhere, whatever stands in it', async () => {
    await behind(strips);
    cookies.clear();
    const strange = [
      '//evil.example',
      '/\\evil.example',
      '/m//evil.example',
      '/m/https://evil.example',
      '/%2F%2Fevil.example',
    ];
    for (const each of [
      ...strange,
      '/?next=https://evil.example',
      '/aanmelden?terug=//evil.example',
      '/m/code?url=//evil.example',
    ]) {
      const { location } = await ask(`${PREFIX}${each}`);
      expect(location ?? '').not.toContain('evil');
    }
  });
});
