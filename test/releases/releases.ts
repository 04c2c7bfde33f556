/** Releases that lie in this folder as archives, and how one is unpacked so that it runs. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

export const RELEASES = import.meta.dirname;
const root = join(RELEASES, '..', '..');
const name = /^regiopad-(\d+\.\d+\.\d+)\.tar\.br$/;

export const archiveOf = (version: string): string => join(RELEASES, `regiopad-${version}.tar.br`);

/** The version of the release that is kept. */
export function keptRelease(): string {
  const versions = readdirSync(RELEASES).flatMap((file) => name.exec(file)?.[1] ?? []);
  if (versions.length !== 1 || versions[0] === undefined)
    throw new Error(`expected one archive in ${RELEASES}, found ${versions.join(', ') || 'none'}`);
  return versions[0];
}

/** The commit that it was made of: git writes it into the comment of the archive's first header (pax, `comment=`). */
export function commitOf(version: string): string | undefined {
  const tar = brotliDecompressSync(readFileSync(archiveOf(version)));
  return /comment=([0-9a-f]{40})\n/.exec(tar.subarray(512, 1024).toString('latin1'))?.[1];
}

/** Unpacks it into a folder of its own, with the packages of this repository. */
export function unpack(version: string, folder: string): string {
  mkdirSync(folder, { recursive: true });
  const input = brotliDecompressSync(readFileSync(archiveOf(version)));
  execFileSync('tar', ['-x', '-C', folder], { input });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}
