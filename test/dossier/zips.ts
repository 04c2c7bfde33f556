/** Reads a zip with another program than the one that wrote it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const reader = `
import base64, json, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
json.dump([[info.filename, base64.b64encode(archive.read(info)).decode()] for info in archive.infolist()], sys.stdout)
`;

/** The files in a zip, in its order. Throws when it is broken. */
export function unzipped(bytes: Uint8Array): Map<string, Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'regiopad-zip-'));
  try {
    const file = join(folder, 'file.zip');
    writeFileSync(file, bytes);
    const output = execFileSync('python3', ['-c', reader, file], { encoding: 'utf8', maxBuffer: 256_000_000 });
    const entries = JSON.parse(output) as [string, string][];
    return new Map(entries.map(([name, content]) => [name, Buffer.from(content, 'base64')]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
