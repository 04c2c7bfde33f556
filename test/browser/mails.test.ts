/** A mail that somebody on a phone, in the dark, with large letters or with a screen reader cannot read. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountMails } from '../../templates/samples/accounts.ts';
import { mailSamples, renderSample } from '../../templates/samples/mails.ts';
import { createTexts } from '../../worker/texts.ts';
import { launchChromium, picture } from './world.ts';

const texts = createTexts()('igs-cultuur');
const mails = [
  ...mailSamples.map((sample) => ({ name: sample.name, ...renderSample(sample, texts) })),
  ...accountMails.map((mail) => ({ name: mail.name, ...mail.render(texts) })),
];
/** Of those that look different. */
const pictured = ['request', 'request-long-names', 'request-right-to-left', 'morning', 'receipt-changes', 'digest'];
/** Gmail shows no more than 102 kB of a mail; ours stay far below that. */
const MOST_BYTES = 20_000;

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

async function opened(context: BrowserContext, html: string): Promise<Page> {
  const page = await context.newPage();
  await page.setContent(html);
  return page;
}

const isWiderThan = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>('document.documentElement.scrollWidth > window.innerWidth');

/** Which elements stand in which: mails with the same ones look alike, whatever they say. */
const shapeOf = (html: string): string =>
  [...new Set(html.replace(/<style>[^]*<\/style>/, '').match(/<\w+(?: class="[^"]*")?/g))].sort().join(' ');
const shapes = [...new Map(mails.map((mail) => [shapeOf(mail.html), mail])).values()];

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  it.each([320, 700])('every mail fits %i px', async (width) => {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
    const page = await opened(context, '');
    for (const { name, html } of mails) {
      await page.setContent(html);
      expect([name, await isWiderThan(page)]).toEqual([name, false]);
      if (pictured.includes(name)) await picture(page, `mail-${name}-${width}-${colorScheme}`);
    }
    await context.close();
  });

  it.each(shapes)('axe finds nothing to say of a mail like $name', async ({ html }) => {
    const context = await browser.newContext({ colorScheme, viewport: { width: 320, height: 900 } });
    const { violations } = await new AxeBuilder({ page: await opened(context, html) }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`)).toEqual([]);
    await context.close();
  });
});

it('every mail can be read with letters twice as large on a phone', async () => {
  const context = await browser.newContext({ viewport: { width: 320, height: 900 } });
  const page = await opened(context, '');
  for (const { name, html } of mails) {
    await page.setContent(html.replaceAll(/font-size: (\d+)px/g, (_all, size) => `font-size: ${2 * Number(size)}px`));
    expect([name, await isWiderThan(page)]).toEqual([name, false]);
    if (pictured.includes(name)) await picture(page, `mail-${name}-320-large`);
  }
  await context.close();
});

it('every mail asks nothing of another server, so that it reads the same with pictures off, and is small', async () => {
  const context = await browser.newContext();
  const asked: string[] = [];
  const page = await opened(context, '');
  page.on('request', (request) => asked.push(request.url()));
  for (const { name, html } of mails) {
    await page.setContent(html);
    expect([name, Buffer.byteLength(html) < MOST_BYTES]).toEqual([name, true]);
  }
  expect(asked).toEqual([]);
  await context.close();
});

it('the link of a mail can be seen where styles are taken away', async () => {
  const context = await browser.newContext({ viewport: { width: 320, height: 900 } });
  const { html } = mails.find(({ name }) => name === 'request-long-names')!;
  const page = await opened(context, html.replace(/<style>[^]*<\/style>/, ''));
  await picture(page, 'mail-request-long-names-320-without-styles');
  const colours = await page.evaluate<string[]>(
    `((link) => [getComputedStyle(link).color, getComputedStyle(link.parentElement).backgroundColor])(document.links[0])`,
  );
  expect(colours).toEqual(['rgb(255, 255, 255)', 'rgb(11, 95, 107)']);
  await context.close();
});
