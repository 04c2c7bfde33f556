/** An archive that lacks a file, whose sums are wrong, or whose page runs what somebody typed. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { asLocalDate } from '../../domain/ids.ts';
import { ASSE, createHarness, type Harness, PATH, request, startPath, WEMMEL } from '../web/harness.ts';
import { unzipped } from './zips.ts';

let harness: Harness;
let files: Map<string, Buffer>;

beforeAll(async () => {
  harness = await createHarness();
  await startPath(harness.store, harness.paths, { partnership: '<script>alert(1)</script>' });
  await request(harness, 'declaration-of-intent');
  const shared = {
    path: PATH,
    mediaType: 'application/pdf',
    createdBy: 'x',
    decision: 'declaration-of-intent',
  } as const;
  for (const party of [ASSE, WEMMEL])
    await harness.store.documents.addDocument({
      ...{ ...shared, kind: 'evidence', party, name: '"><img src=x>.pdf' },
      content: Buffer.from(party),
    });
  const on = asLocalDate('2031-02-11');
  const reference = 'brief <i>12</i>';
  await harness.tell({
    type: 'answer',
    data: { party: ASSE, decision: 'declaration-of-intent', answer: 'rejected', on, reason: '<b>nee</b>', reference },
  });
  const browser = await harness.signIn('coordinator');
  await browser.get(`/paden/${PATH}/dossier/archief.zip`);
  expect(browser.headers['content-type']).toBe('application/zip');
  files = unzipped(browser.bytes);
}, 60_000);
afterAll(() => harness.close());

const json = (name: string): unknown => JSON.parse(files.get(`gegevens/${name}.json`)!.toString());

it('holds the record from which the state follows, the people, and every file', async () => {
  expect(json('gebeurtenissen')).toEqual(JSON.parse(JSON.stringify(await harness.store.events.eventsOf(PATH))));
  expect(json('traject')).toMatchObject({ format: 'regiopad-dossier-2', state: { id: PATH } });
  expect((json('personen') as { email: string }[]).map(({ email }) => email)).toContain('fien@example.org');
  const documents = json('documenten') as { file: string; sha256: string }[];
  expect(documents.length).toBe(2);
  expect(new Set(documents.map(({ file }) => file)).size).toBe(2);
  for (const { file, sha256 } of documents)
    expect(createHash('sha256').update(files.get(file)!).digest('hex')).toBe(sha256);
});

it('has a sum for each of its files, and they are right', () => {
  const lines = files.get('SHA256SUMS.txt')!.toString().trimEnd().split('\n');
  expect(lines.length).toBe(files.size - 1);
  for (const line of lines) {
    const [sum, name] = [line.slice(0, 64), line.slice(66)];
    expect(createHash('sha256').update(files.get(name)!).digest('hex')).toBe(sum);
  }
});

it('has a page that loads nothing, runs nothing, and leads to the files', () => {
  const html = files.get('index.html')!.toString();
  expect(html).not.toMatch(/<script|<img|<link|<i>|<b>nee/i);
  expect(html).toContain('&lt;script&gt;');
  const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => decodeURIComponent(href));
  expect(links.length).toBe(2);
  for (const link of links) expect(files.has(link)).toBe(true);
});

it('explains itself in a text that Notepad shows', () => {
  expect(files.get('LEESMIJ.txt')!.toString()).toMatch(/index\.html.*\r\n/);
});
