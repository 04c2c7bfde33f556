/**
 * A mail scanner in a real browser: it opens every link, runs scripts and presses every button, but types nothing. It must
 * neither change nor use up anything, or a municipality's answer is given by a machine, or its link is spent before it is read.
 */
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium, startWorld, type World } from './world.ts';

const WEMMEL = 'nis:23102';
const patience = { timeout: 30_000, interval: 200 };

let world: World;
let browser: Browser;
let links: string[] = [];
let typedCode = '';
let presses = 0;

beforeAll(async () => {
  [world, browser] = await Promise.all([startWorld('2031-02-11T09:00:00.000Z'), launchChromium()]);
  for (const step of ['support', 'existing-cooperation', 'area', 'agreements']) await world.finishTasks(step);
  const { coordinator } = await world.paths.state(world.path);
  const actor = { kind: 'coordinator', via: 'cli', personId: coordinator } as const;
  const command = { type: 'request', data: { decision: 'statement-of-commitment' } } as const;
  await world.paths.command(world.path, { id: 'request-1', actor, command });
}, 120_000);

afterAll(async () => {
  await browser.close();
  await world.stop();
});

const contactOf = async (): Promise<string> => {
  const { parties } = await world.paths.state(world.path);
  return (await world.store.people.person(parties[WEMMEL as keyof typeof parties]!.contact!))!.email!;
};

/** Every address in the mail to Wemmel, and the code in it. */
async function linksInMail(): Promise<[string[], string]> {
  const page = await (await browser.newContext()).newPage();
  const row = page.locator('tbody tr').filter({ hasText: await contactOf() });
  await expect
    .poll(async () => {
      await page.goto(`${world.url}/mailbox`);
      return row.count();
    }, patience)
    .toBe(1);
  await row.first().getByRole('link').click();
  const text = await page.locator('.mail-text').innerText();
  const found = await page
    .locator('.mail-text a')
    .evaluateAll((all: { href: string }[]) => all.map(({ href }) => href));
  await page.context().close();
  return [[...new Set(found)].filter((href) => href.startsWith('http')), /\w{4}-\w{4}-\w{4}/.exec(text)?.[0] ?? ''];
}

/** Everything that the path and the store remember. */
async function remembered() {
  const tables = ['people', 'documents', 'link_codes', 'accounts', 'web_sessions', 'ledger'] as const;
  const rows = await Promise.all(tables.map((table) => world.store.db.selectFrom(table).selectAll().execute()));
  return { events: await world.store.events.eventsOf(world.path), rows };
}

/** All mails are on their way: what changes from now on, somebody changed. */
async function quiet(): Promise<void> {
  await expect.poll(async () => Object.keys((await world.paths.state(world.path)).outbox).length, patience).toBe(0);
  let before = -1;
  await expect
    .poll(async () => {
      const seq = await world.store.events.lastSeq(world.path);
      const isStill = seq === before && seq === (await world.paths.state(world.path)).seq;
      before = seq;
      return isStill;
    }, patience)
    .toBe(true);
}

const BUTTONS = 'button, input[type=submit]';

/** Opens an address; false when a file came instead of a page. */
async function opens(page: Page, address: string): Promise<boolean> {
  const download = page.waitForEvent('download').then(async (file) => (await file.path()) === '');
  const isPage = page.goto(address).then(
    () => true,
    () => download,
  );
  download.catch(() => undefined);
  return isPage;
}

/** Opens a page and presses one button after the other, each on the page as it was; gives what the page links to. */
async function pressAll(page: Page, address: string): Promise<string[]> {
  if (!(await opens(page, address))) return [];
  const found = await page.locator('main a').evaluateAll((all: { href: string }[]) => all.map(({ href }) => href));
  for (const [what, press] of [
    // What is folded is pressed too: scanners do not look.
    [BUTTONS, (each: Locator) => each.dispatchEvent('click')],
    ['main form', (each: Locator) => each.evaluate((form: { submit(): void }) => form.submit())],
  ] as const) {
    const count = await page.locator(what).count();
    for (let index = 0; index < count; index += 1) {
      await page.goto(address);
      const sent = page.waitForEvent('framenavigated', { timeout: 10_000 });
      await press(page.locator(what).nth(index));
      await sent;
      await page.waitForLoadState('load');
      presses += 1;
    }
    await page.goto(address);
  }
  return found.filter((href) => href.startsWith(world.url)).map((href) => href.split('#')[0]!);
}

async function scan(context: BrowserContext): Promise<number> {
  const page = await context.newPage();
  page.on('dialog', (dialog) => void dialog.accept());
  const seen = new Set<string>();
  const queue = [...links];
  for (let address = queue.shift(); address !== undefined; address = queue.shift()) {
    if (seen.has(address)) continue;
    seen.add(address);
    for (const next of await pressAll(page, address)) if (!seen.has(next)) queue.push(next);
  }
  return seen.size;
}

/** The forms of a page as they are, sent several times at once. */
async function postAtOnce(context: BrowserContext, address: string): Promise<number[]> {
  const page = await context.newPage();
  await page.goto(address);
  const forms = await page.locator('main form').evaluateAll((all: unknown[]) =>
    (all as { action: string; elements: Iterable<{ name: string; value: string; type: string }> }[]).map((form) => ({
      action: form.action,
      fields: [...form.elements].filter(({ type }) => type === 'hidden').map(({ name, value }) => [name, value]),
    })),
  );
  const posts = forms.flatMap(({ action, fields }) =>
    Array.from({ length: 4 }, () =>
      context.request.post(action, {
        headers: { origin: world.url },
        form: Object.fromEntries(fields) as Record<string, string>,
      }),
    ),
  );
  return (await Promise.all(posts)).map((response) => response.status());
}

test('a real mail arrives with its link and its code', async () => {
  [links, typedCode] = await linksInMail();
  expect(links.some((link) => link.startsWith(`${world.url}/m/`))).toBe(true);
});

test('a scanner changes and uses up nothing; afterwards the answer of a person works from the same link', async () => {
  await quiet();
  const before = await remembered();
  for (const link of links) {
    const once = (method: string): Promise<Response> => fetch(link, { method, redirect: 'manual' });
    const answers = await Promise.all(['HEAD', 'GET', 'GET', 'HEAD', 'GET'].map(once));
    expect(new Set(answers.map(({ status }) => status)).size).toBe(1);
    // Nobody can post to a link.
    expect((await once('POST')).status).toBe(404);
  }
  const context = await browser.newContext({ javaScriptEnabled: true });
  const pages = await scan(context);
  expect(pages).toBeGreaterThan(3);
  expect(presses).toBeGreaterThan(10);
  const home = `${world.url}/m/p/${world.path}/23102`;
  const statuses = await postAtOnce(context, home);
  expect(statuses.length).toBeGreaterThan(3);
  expect(new Set(statuses)).toEqual(new Set([422]));
  await context.close();

  await quiet();
  expect(await remembered()).toEqual(before);

  const phone = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await phone.goto(links.find((link) => link.startsWith(`${world.url}/m/`))!);
  await phone.getByLabel('Geagendeerd', { exact: true }).check();
  await phone.locator('select').first().selectOption('2031-03-24');
  await phone.getByText('Iemand anders?').first().click();
  await phone.getByLabel('Naam').first().fill('An Peeters');
  await phone.getByLabel('Functie').first().fill('secretariaat');
  await phone.getByRole('button', { name: 'Noteren' }).first().click();
  await expect.poll(() => phone.getByRole('status').innerText()).toContain('Genoteerd');
  const { asks } = await world.paths.state(world.path);
  const ask = asks[`statement-of-commitment/${WEMMEL}` as keyof typeof asks];
  expect(ask).toMatchObject({ status: 'scheduled', answer: { sessionOn: '2031-03-24' } });
}, 240_000);

test('the code in the mail opens the page for who types it', async () => {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await page.goto(`${world.url}/m/code`);
  await page.getByRole('textbox', { name: 'Code' }).fill(typedCode.toLowerCase().replaceAll('-', ' '));
  await page.getByRole('button', { name: 'Openen' }).click();
  await expect.poll(() => page.url()).toBe(`${world.url}/m/p/${world.path}/23102`);
});
