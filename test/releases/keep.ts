/**
 * `npm run keep-release COMMIT`: what runs of a released commit, as test/releases/regiopad-<version>.tar.br. The tests of upgrades start
 * it; a clone on a build machine has neither tags nor earlier commits. The archive names its commit. One is kept: the previous release.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { archiveOf, RELEASES } from './releases.ts';

/** What a running installation reads: no tests, no documents, no benches. */
const running = [
  ...['package.json', 'package-lock.json', 'tsconfig.json', 'scripts/supervisor.ts', 'scripts/supervisor'],
  ...['activities', 'client', 'definitions', 'domain', 'examples', 'store', 'templates', 'worker', 'workflows'],
];

const [commit] = process.argv.slice(2);
if (commit === undefined) {
  console.error('usage: npm run keep-release COMMIT');
  process.exit(2);
}
const git = (...words: string[]): Buffer =>
  execFileSync('git', words, { cwd: join(import.meta.dirname, '..', '..'), maxBuffer: 64_000_000 });
const { version } = JSON.parse(git('show', `${commit}:package.json`).toString()) as { version: string };
const tar = git('archive', '--format=tar', commit, ...running);
const packed = brotliCompressSync(tar, {
  params: {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: tar.length,
  },
});
for (const older of readdirSync(RELEASES).filter((name) => name.endsWith('.tar.br'))) rmSync(join(RELEASES, older));
writeFileSync(archiveOf(version), packed);
console.log(`${archiveOf(version)}: ${version}, ${commit}, ${String(Math.round(packed.length / 1024))} kB`);
