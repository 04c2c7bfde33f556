import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWebApp } from '../../client/web/app.ts';
import { createPathClient } from '../../client/path-client.ts';
import { asInstant, type PathId } from '../../domain/ids.ts';
import { createLinks } from '../../worker/links.ts';
import { Stack, until } from '../workflow/stack.ts';
import { Browser } from './harness.ts';

let stack: Stack;
let browser: Browser;
let path: PathId;

beforeAll(async () => {
  stack = await Stack.start();
  await stack.startWorker();
  path = await stack.startPath('kempen');
  await until(async () => (await stack.store.events.lastSeq(path)) > 0);
  const publicUrl = 'http://localhost:3000';
  const keys = { current: 'k', keys: { k: Buffer.alloc(32, 1).toString('base64url') } };
  const app = await createWebApp({
    ...{
      store: stack.store,
      paths: createPathClient(stack.client),
      links: createLinks({ keys, publicUrl }),
      config: { publicUrl },
    },
    sendSignIn: () => Promise.resolve(),
    sendTestMail: () => Promise.resolve('accepted'),
    pingTemporal: () => Promise.resolve(),
  });
  const role = 'administrator' as const;
  const account = await stack.store.accounts.ensureAccount({ role, email: 'a@localhost', name: 'Beheerder' });
  const token = await stack.store.accounts.createSignInToken(account.id, asInstant(Date.now() + 60_000));
  browser = new Browser(app);
  await browser.get(`/aanmelden/${token}`);
  await browser.submit(0, {});
});
afterAll(() => stack.stop());

const firstTask = (): string => browser.forms().find(({ id }) => id.startsWith('complete-task-'))!.id;

describe('with the real engine', () => {
  test('a click is noted and shown on the page that follows', async () => {
    await browser.get(`/paden/${path}`);
    const form = firstTask();
    await browser.submit(form, {});
    expect(browser.status).toBe(200);
    expect(browser.text).toContain('Genoteerd');
    expect(browser.forms().some(({ id }) => id === form)).toBe(false);
  });

  test('while no worker runs a click gets a clear page within seconds, and sent again it counts once', async () => {
    await browser.get(`/paden/${path}/beheer`);
    await stack.stopWorker();
    const clickedAt = Date.now();
    await browser.submit('pause', { reason: 'Verkiezingen' });
    expect(Date.now() - clickedAt).toBeLessThan(20_000);
    expect(browser.status).toBe(503);
    expect(browser.text).toContain('Wij weten nog niet of dit is aangekomen');
    expect(browser.forms()[0]!.fields['reason']).toBe('Verkiezingen');
    await stack.startWorker();
    await browser.submit(0, {});
    expect(browser.text).toContain('Gepauzeerd: Verkiezingen');
    const events = await stack.store.events.eventsOf(path);
    expect(events.filter(({ type }) => type === 'paused')).toHaveLength(1);
  });

  test('while the server is away the pages still show everything, and a click is kept', async () => {
    await browser.get(`/paden/${path}/beheer`);
    await stack.server.stop();
    await browser.get(`/paden/${path}`);
    expect(browser.status).toBe(200);
    await browser.get(`/paden/${path}/beheer`);
    const clickedAt = Date.now();
    await browser.submit('resume', {});
    expect(Date.now() - clickedAt).toBeLessThan(20_000);
    expect(browser.status).toBe(503);
  });
});
