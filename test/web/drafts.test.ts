/** The file that a council needs: there when a text is sent, the right one, and never somebody else's. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { asLocalDate } from '../../domain/ids.ts';
import { DOCX } from '../../worker/drafts/documents.ts';
import { changed, readable, saying, template } from '../documents/word-files.ts';
import { ASSE, type Browser, createHarness, type Harness, PATH, request, startPath, WEMMEL } from './harness.ts';

const ASKED = 'declaration-of-intent';
const TEXT = `/paden/${PATH}/teksten/${ASKED}`;
const CHANGES = `/paden/${PATH}/beslissingen/${ASKED}/${WEMMEL}/wijzigingen`;
const HOME = `/m/p/${PATH}/23102`;
let harness: Harness;

beforeEach(async () => {
  harness = await createHarness();
  await startPath(harness.store, harness.paths);
});
afterEach(() => harness.close());

const word = (content: Uint8Array, name = 'tekst.docx') => ({
  field: 'file',
  name,
  content: new Uint8Array(content),
});

/** The bytes behind an address, with what the answer says of them. */
async function download(browser: Browser, url: string) {
  const { app } = harness;
  const headers = { host: 'localhost:3000', cookie: browser.cookieHeader(url) };
  const response = await app.inject({ method: 'GET', url, headers });
  return { status: response.statusCode, headers: response.headers, bytes: new Uint8Array(response.rawPayload) };
}

const linkTo = (browser: Browser, name: string): string => {
  const found = [...browser.html.matchAll(/<a href="([^"]*)"[^>]*>([^<]*)<\/a>/g)].find(([, , text]) => text === name);
  if (found?.[1] === undefined) throw new Error(`no link ${name} on ${browser.url}: ${browser.text.slice(0, 400)}`);
  return found[1];
};

const draftText = async (browser: Browser, url: string): Promise<string> =>
  readable((await download(browser, url)).bytes);

describe('a municipality that is asked', () => {
  test('finds its own draft on its page, as a download that names it and the version', async () => {
    await request(harness, ASKED);
    const wemmel = await harness.visit(WEMMEL);
    const name = 'Ontwerpbesluit intentieverklaring Wemmel, versie 1.docx';
    const draft = await download(wemmel, linkTo(wemmel, name));
    expect(draft.headers['content-type']).toBe(DOCX);
    expect(draft.headers['content-disposition']).toContain(`filename*=UTF-8''${encodeURIComponent(name)}`);
    expect(readable(draft.bytes)).toContain('De gemeente Wemmel draagt jaarlijks bij');
    expect(wemmel.text).toContain('Het ontwerpbesluit en de bijlagen (tekst versie 1)');
  });

  test('asks for a version that there never was: the record is not read for it', async () => {
    await request(harness, ASKED);
    const wemmel = await harness.visit(WEMMEL);
    const reading = vi.spyOn(harness.store.events, 'eventsOf');
    for (const version of ['2', '0', '-1', '1.5', 'x', '1e9'])
      expect((await download(wemmel, `${HOME}/ontwerp/${ASKED}/${version}`)).status).toBe(404);
    expect((await download(wemmel, `${HOME}/ontwerp/extension/1`)).status).toBe(404);
    expect(reading).not.toHaveBeenCalled();
  });

  test('gets the file that stands for its version, not that of another municipality or of a version it was not sent', async () => {
    await request(harness, ASKED);
    const wemmel = await harness.visit(WEMMEL);
    expect((await download(wemmel, `${HOME}/ontwerp/${ASKED}/2`)).status).toBe(404);
    expect((await download(wemmel, `${HOME}/ontwerp/extension/1`)).status).toBe(404);
    expect((await download(wemmel, `/m/p/${PATH}/23002/ontwerp/${ASKED}/1`)).status).toBe(401);
    expect((await download(wemmel, `${HOME}/ontwerp/${ASKED}/x`)).status).toBe(404);
  });

  test('changes nothing by opening or downloading: a scanner opens every link', async () => {
    await request(harness, ASKED);
    const before = harness.state().seq;
    const wemmel = await harness.visit(WEMMEL);
    const url = linkTo(wemmel, 'Ontwerpbesluit intentieverklaring Wemmel, versie 1.docx');
    const twice = await Promise.all([download(wemmel, url), download(wemmel, url)]);
    expect(Buffer.from(twice[0].bytes).equals(twice[1].bytes)).toBe(true);
    expect(harness.state().seq).toBe(before);
    const drafts = (await harness.store.documents.documentsOf(PATH)).filter(({ kind }) => kind === 'draft');
    expect(drafts).toHaveLength(1);
  });

  test('sends the changed text instead of typing the changes; its approval names file and version', async () => {
    await request(harness, ASKED);
    const wemmel = await harness.visit(WEMMEL);
    await wemmel.submit(`gewijzigd-${ASKED}`, {}, {}, word(saying('Andere tekst'), 'Raad 24 juni.docx'));
    expect(wemmel.status).toBe(200);
    expect(wemmel.text).toContain('Genoteerd. Dank u wel.');
    expect(wemmel.text).toContain('Raad 24 juni.docx');
    await wemmel.submit(`antwoord-${ASKED}`, {
      ...{ answer: 'approved-with-changes', 'changed.session': 'other', 'changed.date': '11-02-2031' },
      ...{ name: 'An Peeters', function: 'secretariaat' },
    });
    expect(wemmel.status).toBe(200);
    const { answer } = harness.state().asks[`${ASKED}/${WEMMEL}` as never] as { answer: { changes: string } };
    expect(answer.changes).toBe('Zie het toegevoegde bestand: Raad 24 juni.docx');
    expect(wemmel.text).toContain('Goedgekeurd met wijzigingen op 11 februari (tekst versie 1)');
  });

  test.each([
    ['a macro', changed({ 'word/vbaProject.bin': () => 'x' }), 'In dit Word-bestand zit een macro'],
    ['no Word file', Buffer.from('%PDF-1.4\n%%EOF\n'), 'Dit is geen Word-bestand'],
  ])('is told why %s is not taken, and nothing is kept', async (_what, content, sentence) => {
    await request(harness, ASKED);
    const wemmel = await harness.visit(WEMMEL);
    await wemmel.submit(`gewijzigd-${ASKED}`, {}, {}, word(content));
    expect(wemmel.status).toBe(422);
    expect(wemmel.text).toContain(sentence);
    const kept = await harness.store.documents.documentsOf(PATH);
    expect(kept.filter(({ kind }) => kind === 'changes')).toEqual([]);
  });

  test('has no draft for what it decided before it was asked', async () => {
    await harness.tell({
      type: 'answer',
      data: { party: WEMMEL, decision: ASKED, answer: 'approved', on: asLocalDate('2031-02-10') },
    });
    const wemmel = await harness.visit(WEMMEL);
    expect(wemmel.text).not.toContain('Ontwerpbesluit');
    expect(wemmel.text).not.toContain('tekst versie');
  });
});

describe('a coordinator', () => {
  test('sees beforehand what each municipality would get; nothing is kept or sent', async () => {
    const fien = await harness.signIn('coordinator');
    await fien.get(`/paden/${PATH}/teksten`);
    await fien.get(linkTo(fien, 'Intentieverklaring'));
    expect(fien.text).toContain('Nog niet verstuurd.');
    const preview = await download(fien, `${TEXT}/voorbeeld/${WEMMEL}/1`);
    expect(preview.headers['content-disposition']).toContain('filename="Voorbeeld - Ontwerpbesluit');
    expect(readable(preview.bytes)).toContain('De gemeente Wemmel draagt jaarlijks bij');
    expect(await harness.store.documents.documentsOf(PATH)).toEqual([]);
  });

  test('replaces the template: the next text is made from it, what was sent stays', async () => {
    await request(harness, ASKED);
    const fien = await harness.signIn('coordinator');
    await fien.get(TEXT);
    expect(await draftText(fien, `${TEXT}/ontwerp/${WEMMEL}/1`)).toContain('Aanleiding en context');
    await fien.submit('sjabloon', {}, {}, word(saying('Besluit van {gemeente}', '{bijdrage}'), 'Ons sjabloon.docx'));
    expect(fien.status).toBe(200);
    expect(fien.text).toContain('Ons sjabloon.docx');
    expect((await download(fien, `${TEXT}/sjabloon`)).bytes.length).not.toBe(template().length);
    expect(await draftText(fien, `${TEXT}/voorbeeld/${WEMMEL}/2`)).toBe('Besluit van Wemmel\n€ 12.000\n');
    expect(await draftText(fien, `${TEXT}/ontwerp/${ASSE}/1`)).toContain('Aanleiding en context');
  });

  test('is told which variable a template does not know, and which there are', async () => {
    const fien = await harness.signIn('coordinator');
    await fien.get(TEXT);
    await fien.submit('sjabloon', {}, {}, word(saying('{gemeente} {bedrag}')));
    expect(fien.status).toBe(422);
    expect(fien.text).toContain('In dit sjabloon staat {bedrag}. Dat kennen we daar niet.');
    expect(fien.text).toContain('{bijdrage}');
    await fien.get(TEXT);
    await fien.submit('sjabloon', {}, {}, word(saying('{@gemeente}')));
    expect(fien.text).toContain('In dit sjabloon klopt er iets niet bij “gemeente”');
  });

  test('gives attachments along: with the text that was sent, or only with the next one', async () => {
    await request(harness, ASKED);
    const fien = await harness.signIn('coordinator');
    await fien.get(TEXT);
    await fien.submit('bijlage', { version: '1' }, {}, word(saying('Statuten'), 'Statuten.docx'));
    await fien.submit('bijlage', { version: '2' }, {}, word(saying('Nota'), 'Nota.docx'));
    expect(fien.text).toContain('Nota.docx');
    const wemmel = await harness.visit(WEMMEL);
    expect(wemmel.text).toContain('Statuten.docx');
    expect(wemmel.text).not.toContain('Nota.docx');
    expect(await draftText(wemmel, linkTo(wemmel, 'Statuten.docx'))).toBe('Statuten\n');
    const nota = [...(await harness.store.documents.documentsOf(PATH))].find(({ name }) => name === 'Nota.docx')!;
    expect((await download(wemmel, `${HOME}/bestanden/${nota.id}`)).status).toBe(404);
    await fien.get(TEXT);
    const statuten = fien.forms().find(({ id }) => id.startsWith('weg-'))!;
    await fien.submit(statuten.id, {});
    await harness.tell({ type: 'request', data: { decision: ASKED, textVersion: 2, approvals: 'ask-again' } });
    await wemmel.get(HOME);
    expect(wemmel.text).toContain('Nota.docx');
    expect(wemmel.text).not.toContain('Statuten.docx');
    expect(await draftText(wemmel, linkTo(wemmel, 'Ontwerpbesluit intentieverklaring Wemmel, versie 2.docx'))).toMatch(
      /Bijlagen\nNota\.docx\n/,
    );
  });

  test('compares the changed text with the one that was sent, and accepts it or asks everybody again', async () => {
    await request(harness, ASKED);
    const wemmel = await harness.visit(WEMMEL);
    const sent = await download(wemmel, `${HOME}/ontwerp/${ASKED}/1`);
    const text = changed(
      { 'word/document.xml': (xml) => xml.replace('Het krediet voor de bijdrage', 'De raming & het krediet') },
      sent.bytes,
    );
    await wemmel.submit(`gewijzigd-${ASKED}`, {}, {}, word(text, 'besluit.docx'));
    const on = asLocalDate('2031-02-11');
    await harness.tell({
      type: 'answer',
      data: { party: WEMMEL, decision: ASKED, answer: 'approved-with-changes', on, changes: 'artikel 3' },
    });
    const fien = await harness.signIn('coordinator');
    await fien.get(`/paden/${PATH}/beslissingen/${ASKED}/${WEMMEL}`);
    await fien.get(linkTo(fien, 'Gewijzigde tekst'));
    expect(fien.text).toContain('Vergeleken met wat verstuurd is (versie 1)');
    expect(fien.html).toMatch(/<del><span class="sr">geschrapt: <\/span>Het krediet voor de bijdrage</);
    expect(fien.html).toMatch(/<ins><span class="sr">toegevoegd: <\/span>De raming &amp; het krediet</);
    expect(fien.text).toMatch(/\d+ ongewijzigde alinea's/);
    expect(fien.forms().map(({ id }) => id)).toEqual(
      expect.arrayContaining(['accept-changes', 'request-all', 'gewijzigde-tekst']),
    );
    await fien.submit('accept-changes', {});
    expect(harness.state().asks[`${ASKED}/${WEMMEL}` as never]).toMatchObject({ status: 'approved', textVersion: 1 });
  });

  test('asks everybody again with a new version from the page of the comparison, after a look at what it changes', async () => {
    await request(harness, ASKED);
    const on = asLocalDate('2031-02-11');
    for (const [party, answer] of [
      [WEMMEL, 'approved-with-changes'],
      [ASSE, 'approved'],
    ] as const) {
      await harness.tell({ type: 'answer', data: { party, decision: ASKED, answer, on, changes: 'artikel 3' } });
    }
    const fien = await harness.signIn('coordinator');
    await fien.get(CHANGES);
    expect(fien.text).toContain('Er is nog geen gewijzigde tekst.');
    await fien.submit('gewijzigde-tekst', {}, {}, word(saying('Heel anders'), 'per post.docx'));
    expect(fien.text).toContain('per post.docx');
    await fien.submit('request-all', { _preview: '1' });
    expect(fien.text).toContain('Er is nog niets veranderd.');
    await fien.get(CHANGES);
    await fien.submit('request-all', {});
    expect(harness.state().asks[`${ASKED}/${ASSE}` as never]).toMatchObject({ status: 'requested', textVersion: 2 });
    expect(await draftText(fien, `${TEXT}/ontwerp/${ASSE}/2`)).toContain('versie 2');
  });

  test('cannot reach the texts of a region of somebody else, nor send a file without the form', async () => {
    await request(harness, ASKED);
    const other = await harness.signIn('coordinator', 'bart@example.org');
    for (const url of [
      TEXT,
      `${TEXT}/sjabloon`,
      `${TEXT}/ontwerp/${WEMMEL}/1`,
      `${TEXT}/voorbeeld/${WEMMEL}/1`,
      CHANGES,
    ]) {
      await other.get(url);
      expect(other.status).toBe(403);
    }
    const fien = await harness.signIn('coordinator');
    await fien.postMultipart(`${TEXT}/sjabloon`, { _form: 'forged' }, word(template()));
    expect(fien.status).toBe(403);
    expect(await harness.store.documents.documentsOf(PATH)).toEqual([]);
  });
});

test('a partnership with any name goes literally into the draft and its file name', async () => {
  const name = '"Cultuur" <b>&amp; {gemeente} 🎭 \u202Eمسرح';
  const own = await createHarness();
  try {
    await startPath(own.store, own.paths, { partnership: name });
    await request(own, ASKED);
    const draft = await own.app.inject({
      ...{ method: 'GET', url: `${HOME}/ontwerp/${ASKED}/1` },
      headers: { cookie: (await own.visit(WEMMEL)).cookieHeader(HOME) },
    });
    expect(readable(new Uint8Array(draft.rawPayload))).toContain(`bij aan ${name}, van 1 januari 2033`);
  } finally {
    await own.close();
  }
});
