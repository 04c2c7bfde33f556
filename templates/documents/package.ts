/** The parts of a Word file (a zip of XML), read with care and written so that the same parts give the same bytes. */
import { inflateRawSync } from 'node:zlib';
import PizZip from 'pizzip';

/** By their names in the file, in order. */
export type Parts = ReadonlyMap<string, Uint8Array>;

export type ZipProblem = 'not-docx' | 'too-large';

/** What a Word file of a town hall stays far below, unpacked. */
const MOST_PARTS = 500;
const MOST_BYTES = 40 * 1024 * 1024;

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 1;

/**
 * The parts of a zip. What a file says of its own sizes is not believed: unpacking stops at the limit, so that neither a
 * small file that grows without end nor parts that overlap fill the memory.
 */
export function readParts(content: Uint8Array): { ok: true; parts: Parts } | { ok: false; problem: ZipProblem } {
  try {
    return entriesOf(Buffer.from(content.buffer, content.byteOffset, content.byteLength));
  } catch (error) {
    const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return { ok: false, problem: isTooLarge ? 'too-large' : 'not-docx' };
  }
}

function entriesOf(zip: Buffer): ReturnType<typeof readParts> {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || zip.readUInt32LE(end) !== END) return { ok: false, problem: 'not-docx' };
  const count = zip.readUInt16LE(end + 10);
  if (count > MOST_PARTS) return { ok: false, problem: 'too-large' };
  const parts = new Map<string, Uint8Array>();
  let left = MOST_BYTES;
  let at = zip.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (zip.readUInt32LE(at) !== ENTRY) return { ok: false, problem: 'not-docx' };
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    const nameEnd = at + 46 + (nameLength ?? 0);
    const name = zip.toString('utf8', at + 46, nameEnd);
    if (!isPartName(name) || parts.has(name)) return { ok: false, problem: 'not-docx' };
    if (!name.endsWith('/')) {
      const part = partAt(zip, at, left);
      if (part === undefined) return { ok: false, problem: 'not-docx' };
      if (part.byteLength > left) return { ok: false, problem: 'too-large' };
      left -= part.byteLength;
      parts.set(name, part);
    }
    at = nameEnd + (extraLength ?? 0) + (commentLength ?? 0);
  }
  return { ok: true, parts };
}

/** A name that stays inside the file. */
const isPartName = (name: string): boolean =>
  name !== '' && !/[\\:\p{Cc}]/u.test(name) && !name.startsWith('/') && !name.split('/').includes('..');

/** The bytes of an entry; undefined for what Word does not write. Throws ERR_BUFFER_TOO_LARGE for more than `most`. */
function partAt(zip: Buffer, entry: number, most: number): Uint8Array | undefined {
  const method = zip.readUInt16LE(entry + 10);
  const isEncrypted = (zip.readUInt16LE(entry + 8) & ENCRYPTED) !== 0;
  const local = zip.readUInt32LE(entry + 42);
  if (isEncrypted || zip.readUInt32LE(local) !== LOCAL) return undefined;
  const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const packed = zip.subarray(from, from + zip.readUInt32LE(entry + 20));
  if (method === STORED) return packed;
  // One byte at least: zero would mean no limit.
  return method === DEFLATED ? inflateRawSync(packed, { maxOutputLength: Math.max(most, 1) }) : undefined;
}

/** The moment that every part carries, in the local time that a zip holds: the first one that it can. */
const FIRST_MOMENT = new Date(1980, 0, 1);

/** The bytes of a Word file with these parts. */
export function writeParts(parts: Parts): Uint8Array {
  const zip = new PizZip();
  for (const [name, content] of parts) zip.file(name, content, { date: FIRST_MOMENT, createFolders: false });
  return zip.generate({ type: 'uint8array', compression: 'DEFLATE' });
}

export const textOf = (part: Uint8Array): string => new TextDecoder().decode(part);
export const partOf = (text: string): Uint8Array => new TextEncoder().encode(text);
