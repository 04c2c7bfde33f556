/** What somebody would lose here while PostgreSQL is away: a page that says so, what was filled in, and the way on once it is back. */
import { once } from 'node:events';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWebApp } from '../../client/web/app.ts';
import { tell } from '../../client/web/tell.ts';
import type { Web } from '../../client/web/web.ts';
import { asInstant, asLocalDate } from '../../domain/ids.ts';
import { tasksOf } from '../../domain/lookup.ts';
import type { Actor } from '../../domain/state.ts';
import { findPostgres, layOutCluster, removeCluster, serveCluster, answers } from '../../scripts/testing/postgres.ts';
import { openStore } from '../../store/store.ts';
import { createLinks } from '../../worker/links.ts';
import { freePort, hasEnded, until } from '../../worker/processes.ts';
import type { Receipt } from '../../workflows/messages.ts';
import { Browser, fakePaths, PATH, startPath, WEMMEL } from '../web/harness.ts';

const clock = () => asInstant(Date.parse('2031-02-12T09:00:00Z'));
const publicUrl = 'http://localhost:3000';
const keys = { current: 'k1', keys: { k1: Buffer.alloc(32, 7).toString('base64url') } };
const decision = 'statement-of-commitment';

const ends: (() => unknown)[] = [];
afterAll(async () => {
  for (const end of ends.toReversed()) await end();
});

/** A server that dies and comes back, a region on it that was asked, and somebody with a link. */
async function world() {
  const cluster = await layOutCluster(findPostgres().programs!);
  const port = await freePort();
  let { child, url } = serveCluster(cluster, port);
  const serve = () => until(() => answers(url), 60_000);
  const die = async () => {
    if (hasEnded(child)) return;
    const ended = once(child, 'exit');
    child.kill('SIGQUIT');
    await ended;
  };
  await serve();
  const store = await openStore(url, { now: clock });
  const paths = fakePaths(store, clock);
  const { coordinator } = await startPath(store, paths);
  const actor = { kind: 'coordinator', personId: coordinator, via: 'web' } as const;
  for (const { key, kind } of tasksOf(paths.states.get(PATH)!)) {
    const command = { type: 'complete-task', data: { task: key } } as const;
    if (kind === undefined) await paths.command(PATH, { id: key, actor, command });
  }
  await paths.command(PATH, { id: 'ask', actor, command: { type: 'request', data: { decision } } });
  const links = createLinks({ keys, publicUrl, codes: store.linkCodes });
  const app = await createWebApp({
    ...{ store, paths, links, clock, patience: 1000, config: { publicUrl } },
    sendSignIn: () => Promise.resolve(),
    sendTestMail: () => Promise.resolve('accepted'),
    pingTemporal: () => Promise.resolve(),
  });
  ends.push(
    () => removeCluster(cluster),
    die,
    () => store.close(),
    () => app.close(),
  );
  const { contact, linkGeneration: generation } = paths.states.get(PATH)!.parties[WEMMEL]!;
  const link = { path: PATH, party: WEMMEL, person: contact!, generation, expires: asLocalDate('2099-12-31') };
  const browser = new Browser(app);
  await browser.get(`/m/${await links.contactToken(link)}`);
  return {
    ...{ browser, store, app, die, url: () => url },
    async comeBack() {
      ({ child, url } = serveCluster(cluster, port));
      expect(await serve()).toBe(true);
    },
  };
}

let stage: Awaited<ReturnType<typeof world>>;
beforeAll(async () => {
  stage = await world();
}, 180_000);

const filledIn = {
  ...{ name: 'Luc Wemmel', function: 'cultuur', answer: 'approved' },
  ...{ 'approved.session': 'other', 'approved.date': '2031-02-11' },
};

test('a page says that it cannot be shown, the form comes back filled in, and goes through once the database is back', async () => {
  const { browser, store, app } = stage;
  const form = browser.forms().find(({ id }) => id === `antwoord-${decision}`)!;
  await stage.die();

  await browser.post(form.action, { ...form.fields, ...filledIn }, { referer: `${publicUrl}${browser.url}` });
  expect(browser.status).toBe(503);
  expect(browser.headers['retry-after']).toBe('10');
  expect(browser.text).toContain('Wij weten nog niet of uw antwoord is aangekomen');
  const again = browser.forms().find(({ action }) => action === form.action)!;
  expect(again.fields).toMatchObject({ ...filledIn, _command: form.fields['_command'] });
  const home = form.action.replace(/\/antwoord$/, '');
  expect(browser.html).toContain(`href="${home}"`);

  await browser.get(home);
  expect(browser.status).toBe(503);
  expect(browser.text).toContain('Dit kan nu even niet getoond worden');

  const answer = await app.inject({ url: '/api/v1/paths', headers: { authorization: 'Bearer x'.padEnd(60, 'x') } });
  expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([503, 'store-away']);

  await stage.comeBack();
  await browser.post(again.action, again.fields);
  expect(browser.status).toBe(200);
  expect(browser.text).toContain('Goedgekeurd op 11 februari');
  const events = await store.events.eventsOf(PATH);
  expect(events.filter(({ type }) => type === 'answered')).toHaveLength(1);
});

test('what was accepted is said to be, within seconds, while the database gives no answer', async () => {
  const { store, url } = stage;
  const locker = new Client(url());
  await locker.connect();
  await locker.query('begin; lock table events in access exclusive mode');
  const receipt: Receipt = { commandId: 'one', seq: 1_000, at: clock() };
  const web = { store, paths: { command: () => Promise.resolve(receipt) } } as unknown as Web;
  const actor = { kind: 'administrator', via: 'cli' } as Actor;
  const since = performance.now();
  const told = await tell(web, PATH, 'one', actor, { type: 'resume', data: {} });
  expect(told).toEqual({ ok: true, receipt });
  // Not as long as it takes to give up a database.
  expect(performance.now() - since).toBeLessThan(15_000);
  await locker.end();
});
