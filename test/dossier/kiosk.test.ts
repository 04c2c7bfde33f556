/** A file that is handed in without a decision that was taken, with a proof that nobody finds, or with somebody's name in it. */
import readWorkbook from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filingOf } from '../../client/exports/kiosk/filing.ts';
import { coverPdf, coverSheet } from '../../client/exports/kiosk/sheet.ts';
import { readDossier } from '../../client/web/dossier.ts';
import { createWords } from '../../client/dutch/words.ts';
import { asLocalDate, asPathId, type PartyId } from '../../domain/ids.ts';
import { createPages } from '../../templates/pages/render.ts';
import {
  ASSE,
  type Browser,
  createHarness,
  type Harness,
  PATH,
  request,
  startPath,
  WEMMEL,
  ZAVENTEM,
} from '../web/harness.ts';
import { pdf } from '../web/sample-files.ts';
import { unzipped } from './zips.ts';

const INTENT = 'declaration-of-intent';
const PROOF = 'https://asse.example.org/besluiten/12';
const HOSTILE = '../../\u202efdp.besluit 👩‍👩‍👧 =1+1.pdf';
const home = `/paden/${PATH}/dossier`;
const on = asLocalDate('2031-02-11');

let harness: Harness;
let browser: Browser;
let evidence: { id: string; sha256: string };

beforeAll(async () => {
  harness = await createHarness();
  await startPath(harness.store, harness.paths, { partnership: 'Één € verband' });
  await startPath(harness.store, harness.paths, { id: asPathId('elders'), coordinator: 'jo@example.org' });
  await request(harness, INTENT);
  const file = (kind: 'evidence' | 'attachment', decision: string, name: string, content: string, party?: PartyId) =>
    harness.store.documents.addDocument({
      ...{
        path: PATH,
        kind,
        decision,
        name,
        mediaType: 'application/pdf',
        createdBy: 'x',
        content: Buffer.from(content),
      },
      ...(party !== undefined && { party }),
    });
  evidence = await file('evidence', INTENT, HOSTILE, 'Wemmel', WEMMEL);
  await file('attachment', 'culture-plan', 'cultuurnota.pdf', 'oud');
  await file('attachment', 'culture-plan', 'cultuurnota.pdf', 'nieuw');
  await file('attachment', INTENT, 'cultuurnota.pdf', 'intentie');
  const say = (party: PartyId, answer: 'approved' | 'rejected', reference?: string) =>
    harness.tell({
      type: 'answer',
      data: { party, decision: INTENT, answer, on, ...(reference !== undefined && { reference }) },
    });
  await say(ASSE, 'approved', PROOF);
  await say(WEMMEL, 'approved', `document:${evidence.id}`);
  await say(ZAVENTEM, 'rejected');
  browser = await harness.signIn('coordinator');
}, 60_000);
afterAll(() => harness.close());

async function zip(): Promise<Map<string, Buffer>> {
  await browser.get(`${home}/kiosk.zip`);
  expect(browser.status).toBe(200);
  return unzipped(browser.bytes);
}

describe('the file for KIOSK', () => {
  it('has the newest plan, each proof under a name that is safe, and the sheets that cover them', async () => {
    const files = await zip();
    const names = [...files.keys()];
    expect(names).toEqual([
      '1-overzicht-beslissingen.pdf',
      '1-overzicht-beslissingen.xlsx',
      'ontbreekt.txt',
      'besluiten-online.txt',
      '2-cultuurnota/cultuurnota.pdf',
      '3-beslissingen/Intentieverklaring/Wemmel - fdp.besluit =1+1.pdf',
      '4-andere-teksten/cultuurnota.pdf',
      'SHA256SUMS.txt',
    ]);
    expect(files.get('2-cultuurnota/cultuurnota.pdf')!.toString()).toBe('nieuw');
    expect(files.get('besluiten-online.txt')!.toString()).toBe(`Asse: Intentieverklaring: ${PROOF}\r\n`);
    expect(files.get('SHA256SUMS.txt')!.toString()).toContain(
      `${evidence.sha256}  3-beslissingen/Intentieverklaring/Wemmel`,
    );
  });

  it('says who decided what, when, on which text, and on what that rests', async () => {
    const files = await zip();
    const [decisions, conditions, missing] = await readWorkbook(files.get('1-overzicht-beslissingen.xlsx')!);
    const row = (party: string) =>
      decisions!.data.find(([name, decision]) => name === party && decision === 'Intentieverklaring');
    expect(row('Asse')).toEqual([
      ...['Asse', 'Intentieverklaring', 'gemeenteraad', 'goedgekeurd', new Date(`${on}T00:00:00Z`), 1, PROOF],
      ...[null, 'coördinator'],
    ]);
    expect(row('Wemmel')!.slice(6, 8)).toEqual([
      '3-beslissingen/Intentieverklaring/Wemmel - fdp.besluit =1+1.pdf',
      evidence.sha256,
    ]);
    expect(conditions!.data.flat()).toContain('Inwoners');
    expect(missing!.data.flat()).toContain('Zaventem: Intentieverklaring (afgekeurd)');
  });

  it('names what is missing, in the zip and on the page', async () => {
    const text = (await zip()).get('ontbreekt.txt')!.toString();
    for (const line of [
      'Zaventem: Intentieverklaring (afgekeurd)',
      'Raad van bestuur: Intern reglement',
      'ondernemingsnummer',
    ])
      expect(text).toContain(line);
    expect(text).not.toContain('Asse: Intentieverklaring');
    await browser.get(home);
    expect(browser.text).toContain('Zaventem: Intentieverklaring (afgekeurd)');
  });

  it('has nobody’s name or address in it', async () => {
    for (const [name, content] of await zip())
      if (name.endsWith('.txt'))
        expect(content.toString()).not.toMatch(/Fien|example\.org(?!\/besluiten)|secretariaat/i);
  });

  it('is the same as long as nothing is said', async () => {
    const [first, second] = [await zip(), await zip()];
    expect([...second.keys()]).toEqual([...first.keys()]);
    // A workbook holds the moment at which it was made.
    for (const [name, content] of first)
      if (!name.endsWith('.xlsx')) expect(content.equals(second.get(name)!)).toBe(true);
  });
});

it('the sheet in print has a title, a language and the head of its table on every page', async () => {
  const pages = createPages();
  const web = {
    store: harness.store,
    pages,
    words: createWords(),
    clock: () => harness.now(),
    base: '',
  };
  const dossier = (await readDossier(web, PATH))!;
  const sheet = coverSheet(dossier, filingOf(dossier)!, []);
  const many = { ...sheet, rows: Array.from({ length: 12 }, () => sheet.rows).flat() };
  const content = (await coverPdf(dossier, many, { isCompressed: false })).toString('latin1');
  const count = (part: string): number => content.split(part).length - 1;
  expect(content).toContain('/Lang (nl-BE)');
  expect(content).toContain('/DisplayDocTitle true');
  expect(count('/Type /Page\n')).toBeGreaterThan(5);
  // The fill behind the head: one for each of its cells, on each page.
  expect(count('0.8901960784313725 0.9294117647058824 0.9607843137254902 scn')).toBeGreaterThanOrEqual(5 * 8);
});

describe('who is not concerned', () => {
  it('gets none of it', async () => {
    const jo = await harness.signIn('coordinator', 'jo@example.org');
    for (const part of ['', '/kiosk.zip', '/archief.zip', '/overzicht.pdf']) {
      await jo.get(`${home}${part}`);
      expect(jo.status).toBe(403);
    }
    const { id } = await harness.store.accounts.ensureAccount({
      role: 'reader',
      email: 'lezer@example.org',
      name: 'L',
    });
    await harness.store.accounts.setRegions(id, [PATH]);
    const reader = await harness.signIn('coordinator', 'lezer@example.org');
    await reader.get(`${home}/archief.zip`);
    expect(reader.status).toBe(403);
  });

  it('as a consultant takes it along, and ticks nothing', async () => {
    await harness.store.accounts.ensureAccount({ role: 'consultant', email: 'consulent@example.org', name: 'C' });
    const consultant = await harness.signIn('coordinator', 'consulent@example.org');
    await consultant.get(`${home}/kiosk.zip`);
    expect(consultant.status).toBe(200);
    await consultant.get(home);
    expect(consultant.forms().filter(({ action }) => action.includes('/dossier/'))).toEqual([]);
    await consultant.post(`${home}/checklist`, { item: 'account', tick: '1' });
    expect(consultant.status).toBe(403);
    expect(await harness.store.checklist.tickedOf(PATH)).toEqual([]);
  });
});

describe('before and after handing in', () => {
  const tick = async (action: string): Promise<void> => {
    await browser.get(home);
    const index = browser
      .forms()
      .findIndex((form) => form.action.endsWith('/checklist') && form.fields['item'] === action);
    await browser.submit(index, {});
  };

  it('what was arranged is ticked, with who and when, and can be taken back', async () => {
    await tick('account');
    expect(browser.text).toContain('Afgevinkt door Fien De Smet, op 12 februari 2031');
    expect((await zip()).get('ontbreekt.txt')!.toString()).not.toContain('account in KIOSK');
    await tick('account');
    expect(browser.text).not.toContain('Afgevinkt door');
  });

  it('what is not arranged yet is brought up on the page of the region, some weeks before', async () => {
    const page = `/paden/${PATH}`;
    await browser.get(page);
    expect(browser.text).not.toContain('Klaar voor KIOSK?');
    harness.setTime('2031-10-03T08:00:00.000Z');
    const late = await harness.signIn('coordinator');
    await late.get(page);
    expect(late.text).toContain('De vereniging heeft een account in KIOSK');
    expect(late.text).not.toContain('Het rekeningnummer staat op naam van de vereniging');
    harness.setTime('2031-02-12T09:00:00.000Z');
    // Whoever signs in clears away sessions that have expired, this one in October too.
    browser = await harness.signIn('coordinator');
  });

  it('a tick for nothing, or without the token of the form, is refused', async () => {
    await browser.get(home);
    const { _form = '' } = browser.forms().find(({ action }) => action.endsWith('/checklist'))!.fields;
    await browser.post(`${home}/checklist`, { _form, item: 'iets', tick: '1' });
    expect(browser.status).toBe(400);
    await browser.post(`${home}/checklist`, { _form: 'x', item: 'account', tick: '1' });
    expect(browser.status).toBe(403);
    expect(await harness.store.checklist.tickedOf(PATH)).toEqual([]);
  });

  it('the receipt is kept with its sum once there is a number, and is a picture or a PDF', async () => {
    await browser.get(home);
    expect(browser.forms().some(({ id }) => id === 'ontvangst')).toBe(false);
    await harness.tell({ type: 'record-submission', data: { number: 'KIOSK-123', on } });
    await browser.get(home);
    expect(browser.text).toContain('nummer KIOSK-123');
    await browser.submit('ontvangst', {}, {}, { field: 'file', name: 'x.pdf', content: '<html>' });
    expect(browser.status).toBe(422);
    await browser.get(home);
    await browser.submit('ontvangst', {}, {}, { field: 'file', name: 'ontvangst.pdf', content: pdf() });
    const [kept] = (await harness.store.documents.documentsOf(PATH)).filter(({ kind }) => kind === 'receipt');
    expect(browser.text).toContain(kept!.sha256);
  });
});
