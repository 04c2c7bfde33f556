/** A dossier of many files that fills the memory, a half one that is taken for whole, or a name that leaves its folder. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEntryNames } from '../../client/exports/entry-names.ts';
import { type Entry, zipOf } from '../../client/exports/zip.ts';
import { hostile } from '../mail/hostile.ts';
import { unzipped } from './zips.ts';

const AT = new Date('2031-02-12T09:00:00Z');
const MEGABYTE = 1024 * 1024;

async function bytesOf(entries: AsyncIterable<Entry>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of zipOf(entries, AT)) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

async function* list(...entries: Entry[]): AsyncGenerator<Entry> {
  for (const entry of entries) yield await Promise.resolve(entry);
}

describe('a zip', () => {
  it('holds what was put in, under its name, and is the same each time', async () => {
    const entries = [
      { name: 'map/é€ – bestand.txt', content: 'één\n' },
      { name: 'leeg.txt', content: '' },
      { name: 'b.pdf', content: Buffer.alloc(3 * MEGABYTE, 7), isPacked: true },
    ];
    const [bytes, again] = [await bytesOf(list(...entries)), await bytesOf(list(...entries))];
    expect(bytes.equals(again)).toBe(true);
    const read = unzipped(bytes);
    expect([...read.keys()]).toEqual(entries.map(({ name }) => name));
    for (const { name, content } of entries) expect(read.get(name)!.equals(Buffer.from(content))).toBe(true);
  });

  it('asks for a file only when somebody takes the one before it', async () => {
    let asked = 0;
    let taken = 0;
    let ahead = 0;
    async function* hundred(): AsyncGenerator<Entry> {
      for (let number = 0; number < 100; number += 1) {
        asked += 1;
        ahead = Math.max(ahead, asked - taken / MEGABYTE);
        yield await Promise.resolve({ name: `${number}.pdf`, content: Buffer.alloc(MEGABYTE, number), isPacked: true });
      }
    }
    for await (const chunk of zipOf(hundred(), AT)) taken += (chunk as Uint8Array).byteLength;
    expect(asked).toBe(100);
    expect(ahead).toBeLessThan(5);
  }, 120_000);

  it('breaks off when a file cannot be had', async () => {
    async function* broken(): AsyncGenerator<Entry> {
      yield await Promise.resolve({ name: 'a.txt', content: 'a' });
      throw new Error('gone');
    }
    await expect(bytesOf(broken())).rejects.toThrow('gone');
  });
});

describe('names in a zip', () => {
  it('stay in their folder, are short and there once, whatever a file was called', () => {
    const nasty = fc.oneof(
      hostile,
      fc.constantFrom('../../etc/passwd', 'C:\\x.exe', 'con.pdf', '.', '', 'a.pdf', 'A.PDF'),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(nasty, nasty), { maxLength: 12 }), (files) => {
        const names = createEntryNames();
        const made = files.map(([folder, name]) => names.add(['3-beslissingen', folder], name));
        for (const name of made) {
          const [root, folder, file, ...more] = name.split('/');
          expect([root, more]).toEqual(['3-beslissingen', []]);
          for (const part of [folder!, file!]) {
            expect(part).not.toMatch(/^\.*$|[\\:<>"|?*\p{Cc}\p{Cf}\p{Cs}]|[. ]$|[\u{10000}-\u{10ffff}]/u);
            expect(part).not.toMatch(/^(?:con|nul|aux|prn)(?:\.|$)/i);
          }
          expect(name.length).toBeLessThan(170);
        }
        expect(new Set(made.map((name) => name.normalize('NFC').toLowerCase())).size).toBe(made.length);
      }),
      { numRuns: 300 },
    );
  });

  it('tell two files of one name apart', () => {
    const names = createEntryNames();
    expect(['besluit.pdf', 'Besluit.PDF', 'besluit.pdf'].map((name) => names.add(['a'], name))).toEqual([
      'a/besluit.pdf',
      'a/Besluit (2).pdf',
      'a/besluit (3).pdf',
    ]);
  });
});
