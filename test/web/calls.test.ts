/** A call that is forgotten, made twice, or logged where it should not; a list that holds who needs no call. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { asInstant, asLocalDate, asPathId } from '../../domain/ids.ts';
import type { AccountRole } from '../../store/accounts.ts';
import { ASSE, Browser, createHarness, type Harness, PATH, request, startPath, WEMMEL, ZAVENTEM } from './harness.ts';

const INTENT = 'declaration-of-intent';
const FORM = `bel-${PATH}`;
let harness: Harness;
let browser: Browser;

async function signedIn(role: AccountRole, email = `${role}@example.org`): Promise<Browser> {
  const { accounts } = harness.store;
  const account = await accounts.ensureAccount({ role, email, name: `Sofie ${role}` });
  const next = new Browser(harness.app);
  const expires = asInstant(Date.parse(harness.now()) + 3_600_000);
  await next.get(`/aanmelden/${await accounts.createSignInToken(account.id, expires)}`);
  await next.submit(0, {});
  return next;
}

beforeEach(async () => {
  harness = await createHarness();
  await startPath(harness.store, harness.paths);
  await request(harness, INTENT);
  await harness.tell({
    type: 'answer',
    data: { party: WEMMEL, decision: INTENT, answer: 'rejected', on: asLocalDate('2031-02-11') },
  });
  browser = await signedIn('consultant');
  await browser.get('/bellen');
});
afterEach(() => harness.close());

describe('the call list', () => {
  test('says whom, why and what to say, and where nobody has a number it gives the address', () => {
    expect(browser.text).toContain('Bel vandaag 1 persoon');
    expect(browser.text).toContain('coördinator, Cultuur Noordrand · geen nummer bekend: mail fien@example.org');
    expect(browser.text).toContain('“Wemmel keurde de intentieverklaring af. Wilt u het opnieuw vragen');
    expect(browser.text).toContain('Wemmel keurde af: intentieverklaring. Opnieuw vragen of verder zonder?');
    expect(browser.text).toContain('Contact in Wemmel: Secretariaat 23102');
  });

  test('a call is logged with its next step, leaves the list until then, and comes back with what was said', async () => {
    await browser.submit(FORM, {
      ...{ outcome: 'spoken', note: 'Fien spreekt de burgemeester.', next: 'Horen wat de burgemeester zei' },
      nextOn: '2031-02-17',
    });
    expect(browser.text).toContain('Het gesprek is genoteerd.');
    expect(browser.text).toContain('Niemand te bellen');
    const [call] = await harness.store.calls.callsOf(PATH);
    expect(call).toMatchObject({
      ...{ outcome: 'spoken', nextOn: '2031-02-17', concerns: [`rejected/${INTENT}/${WEMMEL}`] },
      ...{ author: 'Sofie consultant', person: harness.state().coordinator },
    });
    harness.setTime('2031-02-17T09:00:00.000Z');
    browser = await signedIn('consultant');
    await browser.get('/bellen');
    expect(browser.text).toContain('Afgesproken voor 17 februari: Horen wat de burgemeester zei');
    expect(browser.text).toContain('Sofie consultant: gesproken');
    expect(browser.text).toContain('Fien spreekt de burgemeester.');
  });

  test('who was not reached comes back on the next working day', async () => {
    // A Friday.
    harness.setTime('2031-02-14T09:00:00.000Z');
    browser = await signedIn('consultant');
    await browser.get('/bellen');
    await browser.submit(FORM, { outcome: 'not-reached' });
    expect((await harness.store.calls.callsOf(PATH))[0]?.nextOn).toBe('2031-02-17');
  });

  test('what stays as it was is not forgotten, and what changes comes back at once', async () => {
    await browser.submit(FORM, { outcome: 'spoken' });
    expect(browser.text).toContain('Niemand te bellen');
    harness.setTime('2031-02-27T09:00:00.000Z');
    browser = await signedIn('consultant');
    await browser.get('/bellen');
    expect(browser.text).toContain('Bel vandaag 1 persoon');
    await browser.submit(FORM, { outcome: 'spoken' });
    const data = { party: ASSE, decision: INTENT, on: asLocalDate('2031-02-26') };
    await harness.tell({ type: 'answer', data: { ...data, answer: 'rejected' } });
    await browser.get('/bellen');
    expect(browser.text).toContain('Asse keurde af: intentieverklaring');
    expect(browser.text).not.toContain('Wemmel keurde af');
  });

  test('a concern that was solved is off the list', async () => {
    const data = { party: WEMMEL, decision: INTENT, on: asLocalDate('2031-02-11'), because: 'Verkeerd gelezen' };
    await harness.tell({ type: 'correct', data: { ...data, answer: 'approved' } });
    await browser.get('/bellen');
    expect(browser.text).toContain('Niemand te bellen');
  });

  test('a day that is over is refused at its field, and nothing of what was typed is lost', async () => {
    await browser.submit(FORM, { outcome: 'later', note: 'In vergadering', nextOn: '2031-02-01' });
    expect(browser.status).toBe(422);
    expect(browser.text).toContain('Kies vandaag of een dag daarna, binnen een jaar.');
    expect(browser.forms().find(({ id }) => id === FORM)?.fields).toMatchObject({
      note: 'In vergadering',
      nextOn: '2031-02-01',
    });
    expect(await harness.store.calls.callsOf(PATH)).toEqual([]);
  });

  test('the same form twice is one call', async () => {
    const { fields, action } = browser.forms().find(({ id }) => id === FORM)!;
    await browser.post(action, { ...fields, outcome: 'spoken' });
    await browser.post(action, { ...fields, outcome: 'spoken' });
    expect(await harness.store.calls.callsOf(PATH)).toHaveLength(1);
  });
});

describe('who calls whom', () => {
  test('a coordinator calls the municipalities, not themselves', async () => {
    browser = await harness.signIn('coordinator');
    await browser.get('/bellen');
    expect(browser.text).toContain('Secretariaat 23102 Wemmel, Cultuur Noordrand');
    expect(browser.text).toContain('“Uw bestuur keurde de intentieverklaring af.');
    await browser.submit(`${FORM}-nis-23102`, { outcome: 'spoken', note: 'Ze komen erop terug' });
    expect((await harness.store.calls.callsOf(PATH))[0]).toMatchObject({ party: WEMMEL });
    expect(browser.text).toContain('Niemand te bellen');
  });

  test('one session left is on the list, for each municipality that it is about', async () => {
    harness.setTime('2031-06-04T09:00:00.000Z');
    browser = await harness.signIn('coordinator');
    await browser.get('/bellen');
    expect(browser.text).toContain('Secretariaat 23002 Asse');
    expect(browser.text).toContain('Er is nog één zitting op tijd voor de intentieverklaring');
    expect(browser.html).toContain(`id="${FORM}-${ZAVENTEM.replace(':', '-')}"`);
  });

  test('nobody logs a call about a region that is not theirs, or without the token of the page', async () => {
    await startPath(harness.store, harness.paths, {
      id: asPathId('elders'),
      partnership: 'Elders',
      coordinator: 'jo@example.org',
    });
    const stranger = await signedIn('coordinator', 'jo@example.org');
    await stranger.get('/account');
    const token = stranger.forms()[0]?.fields['_form'] ?? '';
    await stranger.post(`/bellen/${PATH}`, { _form: token, outcome: 'spoken' });
    expect(stranger.status).toBe(403);
    await browser.post(`/bellen/${PATH}`, { _form: 'nonsense', outcome: 'spoken' });
    expect(browser.status).toBeGreaterThanOrEqual(400);
    expect(await harness.store.calls.callsOf(PATH)).toEqual([]);
  });
});
