/** A coordinator who does not see that mails to a municipality go nowhere, or cannot say that an address is right. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { introduceRegion } from '../../client/introduce.ts';
import { readRegion } from '../../definitions/region.ts';
import { asPathId, asPersonId } from '../../domain/ids.ts';
import { type Browser, createHarness, type Harness, PATH, request, startPath, WEMMEL } from './harness.ts';

const ASKED = 'declaration-of-intent';
const page = `/paden/${PATH}/gemeenten/${WEMMEL}`;
let harness: Harness;
let browser: Browser;
beforeEach(async () => {
  harness = await createHarness();
  await startPath(harness.store, harness.paths);
  browser = await harness.signIn('coordinator');
  await request(harness, ASKED);
  const to = harness.state().parties[WEMMEL]?.contact ?? asPersonId('');
  await harness.paths.command(PATH, {
    id: 'bounce',
    actor: { kind: 'system', via: 'mail' },
    command: { type: 'return-mail', data: { key: `${PATH}/${to}/request/2031-02-12`, to, why: 'mailbox' } },
  });
});
afterEach(() => harness.close());

test('the page of a municipality says since when no mail arrives and who gets it, and one button ends that', async () => {
  await browser.get(page);
  expect(browser.text).toContain('Sinds 12 februari 2031 komt hier geen mail aan: de mailbox neemt niets meer aan.');
  expect(browser.text).toContain('Mails komen bij de coördinator.');
  const contact = harness.state().parties[WEMMEL]?.contact ?? '';
  await browser.submit(`confirm-address-${contact.replace('.', '-')}`, {});
  expect(harness.state().unreachable).toEqual({});
  expect(browser.text).not.toContain('komt hier geen mail aan');
});

test('the log says that a mail came back and that the address was confirmed, by whom', async () => {
  await browser.get(page);
  const contact = harness.state().parties[WEMMEL]?.contact ?? '';
  await browser.submit(`confirm-address-${contact.replace('.', '-')}`, {});
  await browser.get(`/paden/${PATH}/logboek`);
  expect(browser.text).toContain('Mail aan Secretariaat 23102 kwam terug: Vraag');
  expect(browser.text).toContain('Mailadres van Secretariaat 23102 nagekeken: het klopt');
});

test('the page of the path says which municipality a mail did not reach, and not that there is nothing to do', async () => {
  const ONE = asPathId('statutenwijziging-brabantse-rand');
  harness.setTime('2027-03-01T09:00:00.000Z');
  const read = readRegion('examples/een-beslissing.yaml');
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  await harness.paths.start(await introduceRegion(harness.store, read.value));
  await request(harness, 'council-decision', ONE);
  const administrator = await harness.signIn('administrator');
  await administrator.get(`/paden/${ONE}`);
  expect(administrator.text).toContain('Er hoeft nu niets te gebeuren.');
  const to = harness.state(ONE).parties[WEMMEL]?.contact ?? asPersonId('');
  await harness.paths.command(ONE, {
    id: 'bounce-one',
    actor: { kind: 'system', via: 'mail' },
    command: { type: 'return-mail', data: { key: `${ONE}/${to}/request/2027-03-01`, to, why: 'address' } },
  });
  await administrator.get(`/paden/${ONE}`);
  expect(administrator.text).toContain('Wemmel : Vraag aan Bart Somers');
  expect(administrator.html).toContain(`href="/paden/${ONE}/gemeenten/${WEMMEL}">Wemmel</a>`);
  expect(administrator.text).not.toContain('Er hoeft nu niets te gebeuren.');
  harness.setTime('2027-03-01T10:00:00.000Z');
  await harness.tell({ type: 'confirm-address', data: { person: to } }, ONE);
  const afterwards = await harness.signIn('administrator');
  await afterwards.get(`/paden/${ONE}`);
  expect(afterwards.text).not.toContain('Niet aangekomen');
});
