import { expect, onTestFinished, test } from 'vitest';
import { asPathId, municipalityParty } from '../../domain/ids.ts';
import type { NewDocument } from '../../store/documents.ts';
import { newStore } from './places.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const statutes: NewDocument = {
  ...{ path: asPathId('zuidrand'), kind: 'attachment', decision: 'statutes', name: 'statuten.pdf' },
  ...{ mediaType: 'application/pdf', content: bytes('%PDF-1.7 one'), createdBy: 'zuidrand.1' },
};

async function anEmptyStore() {
  const store = await newStore();
  onTestFinished(() => store.close());
  return store.documents;
}

test('every version of a file stays, with its bytes and its hash', async () => {
  const documents = await anEmptyStore();
  const first = await documents.addDocument(statutes);
  const second = await documents.addDocument({ ...statutes, content: bytes('%PDF-1.7 two'), textVersion: 2 });
  expect([first.version, second.version]).toEqual([1, 2]);
  expect(first.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(new TextDecoder().decode(await documents.content(first))).toBe('%PDF-1.7 one');
  expect(await documents.document(second.id)).toEqual(second);
  expect((await documents.documentsOf(statutes.path)).map(({ id }) => id)).toEqual([first.id, second.id]);
});

test('the same file sent twice is one document', async () => {
  const documents = await anEmptyStore();
  const first = await documents.addDocument(statutes);
  expect(await documents.addDocument(statutes)).toEqual(first);
  expect(await documents.documentsOf(statutes.path)).toHaveLength(1);
});

test('the same name for another municipality is another document', async () => {
  const documents = await anEmptyStore();
  await documents.addDocument(statutes);
  const other = await documents.addDocument({
    ...statutes,
    party: municipalityParty('23002'),
    content: bytes('%PDF-1.7 other'),
  });
  expect(other).toMatchObject({ party: municipalityParty('23002'), version: 1 });
});
