/** Whether a file is there to its end: a phone that loses its connection sends a part, which no program opens. */
import type { FileKind } from './file-kinds.ts';

/** So far from the end a PDF says that it ends; what programs put behind it is shorter. */
const PDF_TAIL = 4096;

const ends: Record<FileKind, (bytes: Buffer) => boolean> = {
  pdf: (bytes) => bytes.subarray(-PDF_TAIL).includes('%%EOF'),
  png: (bytes) => bytes.lastIndexOf('IEND') > 8,
  jpeg: hasJpegEnd,
  // The directory of a zip file stands at its end.
  docx: (bytes) => bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06])) > 0,
};

export function isWhole(content: Uint8Array, kind: FileKind): boolean {
  return ends[kind](Buffer.from(content.buffer, content.byteOffset, content.byteLength));
}

/**
 * Segments of a JPEG say how long they are, so the picture in its metadata (a thumbnail has an end too) is passed over; in
 * what follows the start of a scan an end marker is the end (ISO/IEC 10918-1, B.1.1).
 */
function hasJpegEnd(bytes: Buffer): boolean {
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1];
    const isScan = marker === 0xda;
    if (isScan) return bytes.includes(Buffer.from([0xff, 0xd9]), at);
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return false;
}
