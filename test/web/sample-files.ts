/** Small files of each kind that may be sent, whole, and what only looks like one. */
import { deflateSync } from 'node:zlib';
import { Document, Packer, Paragraph } from 'docx';

export const pdf = (text = 'besluit'): Uint8Array<ArrayBuffer> =>
  new Uint8Array(
    Buffer.from(`%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n% ${text}\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n`),
  );

const crcTable = Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});
const crc = (bytes: Buffer): number =>
  (bytes.reduce((sum, byte) => crcTable[(sum ^ byte) & 0xff]! ^ (sum >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc(body));
  return Buffer.concat([length, body, sum]);
}

/** One black dot. */
export function png(): Uint8Array<ArrayBuffer> {
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from([0, 0]))),
    chunk('IEND', Buffer.alloc(0)),
  ];
  return new Uint8Array(Buffer.concat([signature, ...parts]));
}

/** The frame of a JPEG: metadata with a thumbnail of its own, a scan, and the end. */
export function jpeg({ isCutOff = false } = {}): Uint8Array<ArrayBuffer> {
  const thumbnail = Buffer.concat([Buffer.from('JFIF\0'), Buffer.from([0xff, 0xd8, 0xff, 0xd9]), Buffer.alloc(7)]);
  const segment = (marker: number, data: Buffer): Buffer => {
    const head = Buffer.from([0xff, marker, 0, 0]);
    head.writeUInt16BE(data.length + 2, 2);
    return Buffer.concat([head, data]);
  };
  const start = Buffer.from([0xff, 0xd8]);
  const scan = Buffer.from([0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 1, 2, 3, 4, 5, 6, 7, 8]);
  const end = isCutOff ? Buffer.alloc(0) : Buffer.from([0xff, 0xd9]);
  return new Uint8Array(Buffer.concat([start, segment(0xe0, thumbnail), segment(0xdb, Buffer.alloc(65)), scan, end]));
}

export async function docx(text = 'Ontwerpbesluit'): Promise<Uint8Array<ArrayBuffer>> {
  const file = new Document({ sections: [{ children: [new Paragraph(text)] }] });
  return new Uint8Array(await Packer.toBuffer(file));
}

/** A page with a script that begins as a PDF does, and ends as one. */
export const polyglot = (): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from('%PDF-1.4\n<!doctype html><script>alert(document.cookie)</script>\n%%EOF\n'));
