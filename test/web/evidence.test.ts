/** Proof of a decision, as a web address or a file: kept as it came, shown everywhere, and given only to who may have it. */
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RefusedError, UnavailableError } from '../../client/path-client.ts';
import { ASSE, type Browser, createHarness, type Harness, PATH, request, startPath, WEMMEL } from './harness.ts';
import { jpeg, pdf, png, polyglot } from './sample-files.ts';

const ASKED = 'declaration-of-intent';
const FORM = `bewijs-${ASKED}`;
const PAGE = `/paden/${PATH}/beslissingen/${ASKED}/${WEMMEL}`;
let harness: Harness;
let browser: Browser;

const wemmel = () => harness.state().asks[`${ASKED}/${WEMMEL}` as keyof ReturnType<Harness['state']>['asks']];
const file = (name: string, content: Uint8Array<ArrayBuffer> = pdf()) => ({ field: 'file', name, content });
const sumOf = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');
const linkIn = (page: Browser): string => /href="([^"]*\/bestanden\/[^"]*)"/.exec(page.html)?.[1] ?? '';

async function answered(party = WEMMEL): Promise<Browser> {
  const visitor = await harness.visit(party);
  const approved = { answer: 'approved', 'approved.session': 'other', 'approved.date': '2031-02-11' };
  await visitor.submit(`antwoord-${ASKED}`, { ...approved, name: 'An Peeters', function: 'secretariaat' });
  return visitor;
}

beforeEach(async () => {
  harness = await createHarness();
  await startPath(harness.store, harness.paths);
  await request(harness, ASKED);
  browser = await answered();
});
afterEach(() => harness.close());

describe('a municipality', () => {
  test.each([
    ['besluit.pdf', pdf(), 'application/pdf'],
    ['foto.png', png(), 'image/png'],
    ['foto.jpg', jpeg(), 'image/jpeg'],
  ])('sends %s: the path keeps a reference, and the page shows its name and sum', async (name, content, mediaType) => {
    await browser.submit(FORM, {}, {}, file(name, content));
    expect(browser.text).toContain('Genoteerd. Dank u wel.');
    const [document] = await harness.store.documents.documentsOf(PATH);
    expect(document).toMatchObject({
      ...{ kind: 'evidence', decision: ASKED, party: WEMMEL, name, mediaType, sha256: sumOf(content) },
      createdBy: harness.state().parties[WEMMEL]!.contact,
    });
    expect(wemmel()?.answer?.reference).toBe(`document:${document!.id}`);
    expect(browser.text).toContain(`Besluit: ${name} (1 kB)`);
    expect(browser.text).toContain(`Controlegetal (SHA-256): ${sumOf(content)}`);
    expect(browser.text).toContain(`${name} (1 kB, SHA-256 ${sumOf(content)})`);
    await browser.get(linkIn(browser));
    expect(browser.headers['content-type']).toBe(mediaType);
    expect(browser.headers['content-disposition']).toContain(`filename="${name}"`);
  });

  test('gives a web address or a file, and hears what is missing or too much', async () => {
    await browser.submit(FORM, {});
    expect(browser.status).toBe(422);
    expect(browser.text).toContain('Vul een webadres in, of kies een bestand.');
    await browser.submit(FORM, { reference: 'https://wemmel.example.org/besluit/12' }, {}, file('besluit.pdf'));
    expect(browser.status).toBe(422);
    expect(browser.text).toContain('Geef een webadres of een bestand, niet allebei.');
    expect(await harness.store.documents.documentsOf(PATH)).toEqual([]);
    await browser.submit(FORM, { reference: 'https://wemmel.example.org/besluit/12' });
    expect(browser.html).toContain('href="https://wemmel.example.org/besluit/12"');
  });

  test.each([
    ['a page', 'besluit.pdf', new Uint8Array(Buffer.from('<h1>Besluit</h1>')), 'Dit is geen pdf, png of jpg'],
    ['nothing', 'besluit.pdf', new Uint8Array(0), 'Dit bestand is leeg'],
    ['half a file', 'besluit.pdf', pdf().slice(0, 40), 'Dit bestand is niet volledig aangekomen'],
    ['11 MB', 'besluit.pdf', new Uint8Array(11 * 1024 * 1024).fill(32), 'Dit bestand is groter dan 10 MB'],
  ])('that sends %s hears so at the field, and nothing is kept', async (_what, name, content, sentence) => {
    await browser.submit(FORM, {}, {}, file(name, content));
    expect(browser.status).toBe(422);
    expect(browser.text).toContain(sentence);
    expect(browser.html).toContain(`id="${FORM}-file-error"`);
    expect(await harness.store.documents.documentsOf(PATH)).toEqual([]);
    expect(wemmel()?.answer?.reference).toBeUndefined();
  });

  test('sends more than a form may hold: a page says so', async () => {
    await browser.submit(FORM, {}, {}, file('besluit.pdf', new Uint8Array(17 * 1024 * 1024)));
    expect(browser.status).toBe(413);
    expect(browser.text).toContain('een bestand mag hoogstens 10 MB zijn');
  });

  test('does not send its file again when nobody answers', async () => {
    harness.paths.failure = new UnavailableError('away');
    await browser.submit(FORM, {}, {}, file('besluit.pdf'));
    expect(browser.status).toBe(503);
    harness.paths.failure = undefined;
    await browser.submit(0, {});
    expect(browser.text).toContain('besluit.pdf (1 kB)');
    expect(await harness.store.documents.documentsOf(PATH)).toHaveLength(1);
  });

  test('does not send it again either when the path refuses: the form says that it is there', async () => {
    harness.paths.failure = new RefusedError({ code: 'command-id-reused' });
    await browser.submit(FORM, {}, {}, file('besluit.pdf'));
    expect(browser.status).toBe(422);
    expect(browser.text).toContain('“besluit.pdf” hebben we al');
    harness.paths.failure = undefined;
    await browser.submit(FORM, {});
    expect(browser.text).toContain('besluit.pdf (1 kB)');
  });

  test('can send another one; both stay on record, and a correction of the answer keeps the proof', async () => {
    await browser.submit(FORM, {}, {}, file('kladversie.pdf', pdf('klad')));
    await browser.submit(FORM, {}, {}, file('besluit.pdf', pdf('echt')));
    expect(browser.text).toContain('Besluit: besluit.pdf');
    expect(browser.text).toContain('kladversie.pdf (1 kB, SHA-256');
    const { reference } = wemmel()!.answer!;
    const correction = `verbetering-${ASKED}`;
    expect(browser.text).toContain('“besluit.pdf” hebben we al');
    await browser.submit(correction, { name: 'An', function: 'secretariaat', because: 'Andere zitting' });
    expect(wemmel()?.answer).toMatchObject({ kind: 'approved', reference });
  });

  test('cannot pass off a file of another municipality, or of another decision, as its own', async () => {
    const asse = await answered(ASSE);
    await asse.submit(FORM, {}, {}, file('asse.pdf', pdf('Asse')));
    const [document] = await harness.store.documents.documentsOf(PATH);
    await browser.submit(FORM, { document: document!.id });
    expect(browser.status).toBe(422);
    await browser.submit(FORM, { reference: `document:${document!.id}` });
    expect(browser.status).toBe(422);
    expect(wemmel()?.answer?.reference).toBeUndefined();
  });

  test('sends at most ten files for one decision', async () => {
    for (let count = 0; count < 10; count += 1) {
      await browser.submit(FORM, {}, {}, file('besluit.pdf', pdf(String(count))));
      expect(browser.status).toBe(200);
    }
    await browser.submit(FORM, {}, {}, file('besluit.pdf', pdf('eleven')));
    expect(browser.status).toBe(422);
    expect(browser.text).toContain('hebben we al 10 bestanden');
  });
});

describe('a coordinator', () => {
  test('sends a file for a municipality; it is marked as said on its behalf', async () => {
    const fien = await harness.signIn('coordinator');
    await fien.get(PAGE);
    await fien.submit('add-evidence', {}, {}, file('notulen.pdf'));
    expect(fien.text).toContain('Besluit: notulen.pdf (1 kB)');
    expect(fien.text).toContain('namens Wemmel');
    await fien.get(linkIn(fien));
    expect(fien.headers['content-type']).toBe('application/pdf');
    await browser.get(browser.url.split('?')[0]!);
    expect(browser.text).toContain('notulen.pdf');
  });

  test('may give a number instead; what is wrong is said in the form', async () => {
    const fien = await harness.signIn('coordinator');
    await fien.get(PAGE);
    await fien.submit('add-evidence', {}, {}, file('notulen.pdf', new Uint8Array(Buffer.from('geen pdf'))));
    expect(fien.status).toBe(422);
    expect(fien.text).toContain('Dit is geen pdf, png of jpg');
    await fien.submit('add-evidence', { reference: 'GR/2031/12' });
    expect(fien.text).toContain('Besluit: GR/2031/12');
  });
});

describe('a file is given', () => {
  const withFile = async (name: string, content = pdf()): Promise<string> => {
    await browser.submit(FORM, {}, {}, file(name, content));
    return linkIn(browser);
  };

  test('as a download only, whatever is in it', async () => {
    await browser.get(await withFile('besluit.html', polyglot()));
    expect(browser.status).toBe(200);
    expect(browser.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="besluit.html.pdf"; filename*=UTF-8''besluit.html.pdf`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-store',
    });
    expect(Buffer.from(browser.bytes)).toEqual(Buffer.from(polyglot()));
  });

  test.each([
    ['../../etc/passwd.pdf', 'passwd.pdf'],
    ['besluit 🏛️ één.pdf', 'besluit 🏛️ één.pdf'],
    ['besluit"; filename="evil.exe', 'besluit__ filename=_evil.exe.pdf'],
    ['a\r\nSet-Cookie: x=1.pdf', 'aSet-Cookie_ x=1.pdf'],
    ['besluit\u202Efdp.exe', 'besluitfdp.exe.pdf'],
    [`${'x'.repeat(300)}.pdf`, `${'x'.repeat(120)}.pdf`],
  ])('under a name that is safe: %j', async (given, safe) => {
    await browser.get(await withFile(given));
    const header = String(browser.headers['content-disposition']);
    expect(header).toMatch(/^attachment; filename="[\w. ()-]+"; filename\*=UTF-8''[\w.%!~-]+$/);
    const name = decodeURIComponent(header.split("UTF-8''")[1]!);
    // Browsers write quotes and line ends in a name as %22 and %0D%0A.
    expect(name.replaceAll('_22', '_').replaceAll('_0D_0A', '')).toBe(safe);
    expect(browser.headers['set-cookie']).toBeUndefined();
  });

  test('to its own municipality, the coordinator and administrators, and to nobody else', async () => {
    const address = await withFile('besluit.pdf');
    const id = address.split('/').at(-1)!;
    const fien = await harness.signIn('coordinator');
    const beheer = await harness.signIn('administrator');
    for (const who of [fien, beheer]) {
      await who.get(`/paden/${PATH}/bestanden/${id}`);
      expect(who.status).toBe(200);
    }
    const asse = await harness.visit(ASSE);
    await asse.get(`/m/p/${PATH}/23002/bestanden/${id}`);
    expect(asse.status).toBe(404);
    await asse.get(address);
    expect(asse.status).toBe(401);
    const other = await harness.signIn('coordinator', 'other@example.org');
    await other.get(`/paden/${PATH}/bestanden/${id}`);
    expect(other.status).toBe(403);
    await startPath(harness.store, harness.paths, { id: 'elders' as typeof PATH, coordinator: 'other@example.org' });
    await other.get(`/paden/elders/bestanden/${id}`);
    expect(other.status).toBe(404);
    for (const url of [`/paden/${PATH}/bestanden/${id}`, address]) {
      expect((await harness.app.inject({ url })).statusCode).toBe(401);
    }
    for (const strange of ['x', '..%2F..%2Fetc%2Fpasswd', '%00', encodeURIComponent(`${id}' or 1=1`)]) {
      await browser.get(`/m/p/${PATH}/23102/bestanden/${strange}`);
      expect(browser.status).toBe(404);
    }
  });

  test('of a municipality that was merged to the one that it became part of', async () => {
    await withFile('besluit.pdf');
    const into = { party: ASSE };
    await harness.tell({ type: 'merge-parties', data: { parties: [WEMMEL], into, reason: 'Fusie' } });
    const asse = await harness.visit(ASSE);
    const [document] = await harness.store.documents.documentsOf(PATH);
    await asse.get(`/m/p/${PATH}/23002/bestanden/${document!.id}`);
    expect(asse.status).toBe(200);
  });
});
