import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { asLocalDate, asPathId, asPersonId } from '../../domain/ids.ts';
import { ASSE, Browser, createHarness, type Harness, PATH, request, startPath, WEMMEL } from './harness.ts';

let harness: Harness;
let browser: Browser;

beforeEach(async () => {
  harness = await createHarness();
  await startPath(harness.store, harness.paths);
  await request(harness, 'declaration-of-intent');
  browser = new Browser(harness.app);
});
afterEach(() => harness.close());

describe('a link that opens nothing has its own page', () => {
  test('forged, cut off or nonsense: 404, and nothing about any path', async () => {
    const token = await harness.token(WEMMEL);
    const [head, body, signature] = token.split('.');
    const claims = JSON.parse(Buffer.from(body!, 'base64url').toString()) as object;
    const swapped = Buffer.from(JSON.stringify({ ...claims, party: ASSE })).toString('base64url');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    const forged = [
      'x',
      token.slice(0, -4),
      `${head!}.${swapped}.${signature!}`,
      `${none}.${body!}.`,
      encodeURIComponent('../../x'),
    ];
    for (const each of forged) {
      await browser.get(`/m/${each}`);
      expect(browser.status).toBe(404);
      expect(browser.text).toContain('Deze link klopt niet');
      expect(browser.text).toContain('vraag dan hulp aan de coördinator die in uw mail staat');
      expect(browser.html).toContain('href="/m/code"');
      expect(browser.text).not.toContain('Noordrand');
    }
  });

  test('with what a mail program put behind it: opens all the same', async () => {
    const token = await harness.token(WEMMEL);
    for (const tail of ['>', ')', '.', ',', '"', '%3E', '%22', '>.', '%E2%80%9D', ');']) {
      await browser.get(`/m/${token}${tail}`);
      expect(browser.status, tail).toBe(200);
      expect(browser.url).toBe(`/m/p/${PATH}/23102`);
    }
  });

  test('expired: 410, and whom to ask', async () => {
    await browser.get(`/m/${await harness.token(WEMMEL, { expires: '2020-01-01' })}`);
    expect(browser.status).toBe(410);
    expect(browser.text).toContain('Deze link is verlopen');
    expect(browser.text).toContain('Fien De Smet');
    expect(browser.text).toContain('fien@example.org');
  });

  test('of an earlier contact, or of a deputy who no longer is: 410, and whom to ask', async () => {
    await browser.get(`/m/${await harness.token(WEMMEL, { generation: 0 })}`);
    expect(browser.status).toBe(410);
    expect(browser.text).toContain('Het aanspreekpunt of de plaatsvervanger is gewijzigd.');
    await browser.get(`/m/${await harness.token(WEMMEL, { person: asPersonId(`${PATH}.99`) })}`);
    expect(browser.status).toBe(410);
    expect(browser.text).toContain('fien@example.org');
  });

  test('of a municipality that left: 410, and since when', async () => {
    const token = await harness.token(WEMMEL);
    await harness.tell({ type: 'remove-party', data: { party: WEMMEL, reason: 'Fusie' } });
    await browser.get(`/m/${token}`);
    expect(browser.status).toBe(410);
    expect(browser.text).toContain('neemt sinds 12 februari 2031 niet meer deel');
  });

  test('of a path that is not there: 404', async () => {
    const { contact } = harness.state().parties[WEMMEL]!;
    const token = await harness.links.contactToken({
      ...{ path: asPathId('ergens-anders'), party: WEMMEL, person: contact!, generation: 1 },
      expires: '2099-01-01' as Parameters<Harness['links']['contactToken']>[0]['expires'],
    });
    await browser.get(`/m/${token}`);
    expect(browser.status).toBe(404);
    expect(browser.text).toContain('Dit traject kennen we niet');
  });

  test('of a municipality that became part of another: 410, who answers now, and whom to ask', async () => {
    const token = await harness.token(WEMMEL);
    const into = { party: ASSE };
    await harness.tell({ type: 'merge-parties', data: { parties: [WEMMEL], into, reason: 'Fusie' } });
    await browser.get(`/m/${token}`);
    expect(browser.status).toBe(410);
    expect(browser.text).toContain('Wemmel is nu deel van Asse');
    expect(browser.text).toContain('fien@example.org');
  });

  test('of a region that is gone, expired or not: the page says so, and whom to ask', async () => {
    const gone = { path: asPathId('verdwenen') };
    const { contact, linkGeneration: generation } = harness.state().parties[WEMMEL]!;
    for (const [expires, status] of [
      ['2099-12-31', 404],
      ['2020-01-01', 410],
    ] as const) {
      const link = { ...gone, party: WEMMEL, person: contact!, generation, expires: asLocalDate(expires) };
      await browser.get(`/m/${await harness.links.contactToken(link)}`);
      expect(browser.status).toBe(status);
      expect(browser.text).toContain('vraag dan hulp aan de coördinator die in uw mail staat');
    }
  });

  test('where all is answered: who decided what, and when', async () => {
    const visitor = await harness.visit(WEMMEL);
    await visitor.submit('antwoord-declaration-of-intent', {
      ...{ answer: 'approved', 'approved.session': 'other', 'approved.date': '2031-02-11' },
      ...{ name: 'An Peeters', function: 'secretariaat' },
    });
    await browser.get(`/m/${await harness.token(WEMMEL)}`);
    expect(browser.text).toContain('Alles is beantwoord');
    expect(browser.text).toContain('Goedgekeurd op 11 februari');
    expect(browser.text).toContain('Genoteerd op 12 februari 2031 om 10.00 uur door An Peeters (secretariaat)');
    expect(browser.text).toContain('fien@example.org');
  });

  test('a clean address without the link, or of another municipality: 401, nothing shown, nothing taken', async () => {
    const before = harness.state().seq;
    await browser.get(`/m/p/${PATH}/23102`);
    expect(browser.status).toBe(401);
    expect(browser.text).toContain('met de link uit uw mail');
    expect(browser.text).toContain('vraag dan hulp aan de coördinator die in uw mail staat');
    const wemmel = await harness.visit(WEMMEL);
    const { fields } = wemmel.forms()[0]!;
    const cookie = wemmel.cookieHeader(`/m/p/${PATH}/23102`);
    for (const url of [`/m/p/${PATH}/23002`, `/m/p/zuidrand/23102`]) {
      await browser.request({ method: 'GET', url, headers: { cookie } });
      expect(browser.status).toBe(401);
      const filled = { ...fields, answer: 'scheduled', 'scheduled.session': '2031-03-18', name: 'x', function: 'y' };
      await browser.post(`${url}/antwoord`, filled, { cookie });
      expect(browser.status).toBe(401);
    }
    expect(harness.state().seq).toBe(before);
  });
});

describe('whatever else goes wrong has a Dutch page', () => {
  test('an address that does not exist', async () => {
    await browser.get('/bestaat-niet');
    expect(browser.status).toBe(404);
    expect(browser.text).toContain('Deze pagina bestaat niet');
  });

  test('a fault of ours: 500, without its words', async () => {
    const wemmel = await harness.visit(WEMMEL);
    harness.paths.failure = new Error('secret detail');
    await wemmel.submit(0, { answer: 'scheduled', 'scheduled.session': '2031-03-18', name: 'x', function: 'y' });
    expect(wemmel.status).toBe(500);
    expect(wemmel.text).toContain('Er ging iets mis bij ons');
    expect(wemmel.text).not.toContain('secret');
  });

  test('a form that is far too large', async () => {
    const wemmel = await harness.visit(WEMMEL);
    await wemmel.submit(0, { name: 'x'.repeat(300_000) });
    expect(wemmel.status).toBe(413);
  });
});
