import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDrafts, type Drafts } from '../../worker/drafts/drafts.ts';
import { DOCX } from '../../worker/drafts/documents.ts';
import { createTexts } from '../../worker/texts.ts';
import { ASSE, createHarness, type Harness, PATH, request, startPath, WEMMEL, ZAVENTEM } from '../web/harness.ts';
import { asLocalDate, asPersonId, municipalityParty } from '../../domain/ids.ts';
import { changed, readable } from './word-files.ts';

const ASKED = 'declaration-of-intent';
const MEISE = municipalityParty('23050');
let harness: Harness;
let drafts: Drafts;

beforeEach(async () => {
  harness = await createHarness();
  drafts = createDrafts(harness.store, createTexts());
  await startPath(harness.store, harness.paths);
  await request(harness, ASKED);
});
afterEach(() => harness.close());

const sent = async (version: number, party = WEMMEL) => {
  const document = await drafts.sent(PATH, ASKED, party, version);
  return document && { ...document, bytes: await harness.store.documents.content(document) };
};
const again = (textVersion: number) =>
  harness.tell({ type: 'request', data: { decision: ASKED, textVersion, approvals: 'ask-again' } });
const addTemplate = (textVersion: number, words: string) =>
  harness.store.documents.addDocument({
    ...{ path: PATH, kind: 'template', decision: ASKED, textVersion, name: 'sjabloon.docx', mediaType: DOCX },
    content: changed({ 'word/document.xml': (xml) => xml.replace('Ontwerpbesluit', words) }),
    createdBy: 'test',
  });

describe('the draft of a text that was sent', () => {
  test('names the municipality, its amount, the deadline and the period', async () => {
    const text = readable((await sent(1))!.bytes);
    expect(text).toContain('De gemeente Wemmel draagt jaarlijks bij aan Cultuur Noordrand');
    expect(text).toContain('€ 12.000');
    expect(text).toContain('30 juni 2031');
    expect(text).toContain('van 1 januari 2033 tot en met 31 december 2038');
    expect(text).toContain('Asse, Wemmel en Zaventem');
    expect(text).not.toMatch(/[{}]/);
  });

  test('calls a day that nobody confirmed an estimate to be filled in, and takes over one that was entered', async () => {
    expect(readable((await sent(1))!.bytes)).toContain('[in te vullen: datum van de zitting, naar schatting');
    const dates = [asLocalDate('2031-03-25'), asLocalDate('2031-04-22')];
    await harness.tell({ type: 'change-party', data: { party: WEMMEL, sessions: { council: { dates } } } });
    await again(2);
    expect(readable((await sent(2))!.bytes)).toContain('Zitting\ndinsdag 25 maart 2031\n');
  });

  test('says which amount is to be filled in, when none was agreed', async () => {
    await harness.tell({ type: 'add-party', data: { party: MEISE, contact: asPersonId(`${PATH}.9`) } });
    const text = readable((await sent(1, MEISE))!.bytes);
    expect(text).toContain('[in te vullen: jaarlijkse bijdrage van de gemeente, in euro]');
  });

  test('stays what it was when the amount, the template or the text changes afterwards, whenever it is made', async () => {
    const early = await sent(1, ASSE);
    await harness.tell({ type: 'change-party', data: { party: WEMMEL, contribution: 99_000 } });
    await harness.tell({ type: 'change-party', data: { party: ASSE, contribution: 99_000 } });
    await addTemplate(2, 'Voorstel van besluit');
    await again(2);
    const [late, next] = [(await sent(1))!, (await sent(2))!];
    expect(readable(late.bytes)).toContain('€ 12.000');
    expect(readable(late.bytes)).toContain('Ontwerpbesluit');
    expect(readable(next.bytes)).toContain('€ 99.000');
    expect(readable(next.bytes)).toContain('Voorstel van besluit');
    expect((await sent(1, ASSE))!.sha256).toBe(early!.sha256);
    expect((await sent(1))!.id).toBe(late.id);
    const kept = (await harness.store.documents.documentsOf(PATH)).filter(
      ({ kind, party }) => kind === 'draft' && party === WEMMEL,
    );
    expect(kept.map(({ textVersion }) => textVersion).sort()).toEqual([1, 2]);
  });

  test('is the same for who rejected it and is asked again with the same text', async () => {
    const on = asLocalDate('2031-02-11');
    await harness.tell({ type: 'answer', data: { party: WEMMEL, decision: ASKED, answer: 'rejected', on } });
    await harness.tell({ type: 'change-party', data: { party: WEMMEL, contribution: 99_000 } });
    await harness.tell({ type: 'request', data: { decision: ASKED, parties: [WEMMEL] } });
    expect(readable((await sent(1))!.bytes)).toContain('€ 12.000');
  });

  test('has the same bytes whoever makes it first', async () => {
    const other = await createHarness();
    try {
      await startPath(other.store, other.paths);
      await request(other, ASKED);
      const elsewhere = await createDrafts(other.store, createTexts()).sent(PATH, ASKED, WEMMEL, 1);
      expect((await sent(1))!.sha256).toBe(elsewhere!.sha256);
    } finally {
      await other.close();
    }
  });

  test('is there for everybody who was asked once all are kept, and for nobody else', async () => {
    await drafts.keepAll(PATH);
    const kept = (await harness.store.documents.documentsOf(PATH)).filter(({ kind }) => kind === 'draft');
    expect(kept.map(({ party }) => party).sort()).toEqual([ASSE, ZAVENTEM, WEMMEL].sort());
    expect(kept[0]!.name).toBe('Ontwerpbesluit intentieverklaring Asse, versie 1.docx');
    expect(await sent(2)).toBeUndefined();
    expect(await sent(1, MEISE)).toBeUndefined();
    expect(await drafts.sent(PATH, 'extension', WEMMEL, 1)).toBeUndefined();
  });

  test('is there for no text that was decided on before it was asked', async () => {
    const on = asLocalDate('2031-02-10');
    await harness.tell({
      type: 'answer',
      data: { party: WEMMEL, decision: 'statement-of-commitment', answer: 'approved', on },
    });
    expect(await drafts.sent(PATH, 'statement-of-commitment', WEMMEL, 1)).toBeUndefined();
  });
});
