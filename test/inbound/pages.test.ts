/** What came in is seen where people look for it; in a trial a mail can be answered, sent back or met with an absence. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMaildirSource } from '../../client/inbound/sources/maildir.ts';
import { Browser, PATH, WEMMEL } from '../web/harness.ts';
import { answering, fields, MESSAGE_ID, plain, report, VERP } from './samples.ts';
import { type InboundWorld, inboundWorld, namesIn, temporaryFolder } from './world.ts';

const folder = temporaryFolder();
const spool = join(folder, 'spool');
const id = '1900000000000-0123456789ab';
let world: InboundWorld;
beforeAll(async () => {
  writeFileSync(
    join(folder, `${id}.eml`),
    [
      ...[`Return-Path: <${VERP}>`, `Message-ID: ${MESSAGE_ID}`, 'From: Regiopad <regiopad@example.org>'],
      ...['To: An "de" Peeters <an@wemmel.example.org>', 'Subject: Wemmel: intentie', '', 'Beste An'],
    ].join('\r\n'),
  );
  world = await inboundWorld({ mailbox: { folder, spool } });
});
afterAll(async () => {
  await world.harness.close();
  rmSync(folder, { recursive: true });
});

const mailsPage = async () => {
  const browser = await world.harness.signIn('administrator');
  await browser.get(`/paden/${PATH}/mails`);
  return browser;
};

describe('in a trial', () => {
  const press = async (kind: string, text = '') => {
    const browser = new Browser(world.harness.app);
    await browser.get(`/mailbox/${id}`);
    await browser.submit(0, { kind, text });
    return browser;
  };
  const round = () => createMaildirSource(spool).round(world.take, new AbortController().signal);

  test.each([
    ['reply', 'Staat op de agenda.\r\nGroeten', 'antwoord', 'Staat op de agenda. Groeten'],
    ['out-of-office', '', 'afwezig tot 26 februari 2031', 'Bel voor dringende zaken'],
    ['bounce', '', 'teruggekomen', 'Het adres bestaat niet'],
  ])('a mail can be met with %s: a real mail comes in, and the path shows it', async (kind, text, badge, excerpt) => {
    expect((await press(kind, text)).text).toContain('De mail is onderweg');
    expect(await round()).toEqual({ taken: 1, failures: [] });
    const page = await mailsPage();
    expect(page.text).toContain(badge);
    expect(page.text).toContain(excerpt);
  });

  test('nothing else can be pressed, and nothing from elsewhere', async () => {
    expect((await press('unknown')).status).toBe(400);
    const browser = new Browser(world.harness.app);
    await browser.get(`/mailbox/${id}`);
    await browser.post(`/mailbox/${id}/antwoord`, { kind: 'bounce', _form: 'x' });
    expect(browser.status).toBe(403);
    await browser.get(`/mailbox/${id}`);
    await browser.submit(0, { kind: 'bounce' }, { 'x-forwarded-for': '203.0.113.9' });
    expect(browser.status).toBe(404);
    expect(namesIn(spool, 'new')).toEqual([]);
  });
});

describe('the page of a path’s mails', () => {
  test('says what servers said and what came in, never that a mail was read', async () => {
    await world.takeText(report({ status: fields('delayed', '4.4.1', 'timed out') }));
    const text = (await mailsPage()).text;
    expect(text).toContain('aangenomen door de mailserver');
    expect(text).toContain('de mailserver van de ontvanger stelt uit');
    expect(text).not.toMatch(/geopend|gelezen door|bekeken/);
  });

  test('shows mail as text, whatever it holds', async () => {
    const evil = '<script>alert(1)</script><img src=x onerror=alert(1)>';
    await world.takeText(plain([`Subject: ${evil}`, ...answering], [evil], `"${evil}" <a@example.org>`));
    const { html } = await mailsPage();
    expect(html).toContain('&lt;script&gt;');
    expect(html).not.toMatch(/<script|<img/);
  });

  test('says many attempts that ended the same in one line', async () => {
    const entry = (await world.harness.store.ledger.entry(MESSAGE_ID))!;
    for (const at of [1, 2, 3, 4, 5]) {
      await world.harness.store.ledger.noteAttempt({
        ...{
          ...entry,
          messageId: `<${'b'.repeat(40)}@example.org>`,
          messageKey: 'x',
          outcome: 'deferred',
          code: '450',
        },
        ...{ response: 'greylisted', at: `2031-02-12T0${at}:00:00.000Z` as never },
      });
    }
    const text = (await mailsPage()).text;
    expect(text).toContain('5 keer tussen 12 februari 2031 om 02.00 uur en 12 februari 2031 om 06.00 uur');
    expect(text.match(/uitgesteld, wordt opnieuw geprobeerd/g)).toHaveLength(1);
  });
});

test('the page of a municipality says that a mail came back, until one is taken again', async () => {
  const browser = await world.harness.signIn('administrator');
  await browser.get(`/paden/${PATH}/gemeenten/${WEMMEL}`);
  expect(browser.text).toMatch(/Een mail aan .* kwam terug op 12 februari 2031/);
  world.harness.setTime('2031-02-13T09:00:00.000Z');
  const entry = (await world.harness.store.ledger.entry(MESSAGE_ID))!;
  await world.harness.store.ledger.noteAttempt({
    ...{ ...entry, messageId: `<${'c'.repeat(40)}@example.org>`, messageKey: 'y', outcome: 'accepted', code: '250' },
    at: world.harness.now(),
  });
  const nextDay = await world.harness.signIn('administrator');
  await nextDay.get(`/paden/${PATH}/gemeenten/${WEMMEL}`);
  expect(nextDay.status).toBe(200);
  expect(nextDay.text).not.toContain('kwam terug');
});
