import { chmodSync, existsSync, mkdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { launch, temporaryFolder } from './launched.ts';

const bootstrap = join(import.meta.dirname, '..', '..', 'scripts', 'bootstrap.mjs');
let folder: string;

/** A clone whose npm writes down that it was called and installs what the lockfile says. */
beforeEach(() => {
  folder = temporaryFolder(onTestFinished);
  lock({ 'node_modules/a': { version: '1.0.0' } });
  mkdirSync(join(folder, 'bin'));
  const npm = join(folder, 'bin', 'npm');
  writeFileSync(
    npm,
    '#!/bin/sh\necho "$@" >> npm-calls\necho noise\nmkdir -p node_modules/.bin\ncp package-lock.json node_modules/.package-lock.json\n',
  );
  chmodSync(npm, 0o755);
});

function lock(packages: Record<string, unknown>): void {
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages: { '': { name: 'x' }, ...packages } }));
}

function ensureInstalled() {
  const script = `import(${JSON.stringify(bootstrap)}).then((b) => { b.ensureInstalled(${JSON.stringify(folder)}); console.log('done'); })`;
  return launch('node', ['-e', script], {
    ...process.env,
    PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`,
  });
}

async function install(): Promise<string> {
  const run = ensureInstalled();
  expect((await run.ended).code).toBe(0);
  return run.output();
}

const npmCalls = () => {
  const file = join(folder, 'npm-calls');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
};

describe('a fresh clone', () => {
  test('is installed once, as the lockfile says, and then not again', async () => {
    await install();
    expect(npmCalls()).toEqual([expect.stringMatching(/^ci --include=dev/)]);
    expect(await install()).toBe('done\n');
    expect(npmCalls()).toHaveLength(1);
    expect(readlinkSync(join(folder, 'node_modules', '.bin', 'regiopad'))).toBe('../../scripts/regiopad.mjs');
  });

  test('is installed once when two commands start at once', async () => {
    const runs = [ensureInstalled(), ensureInstalled(), ensureInstalled()];
    const codes = await Promise.all(runs.map(async ({ ended }) => (await ended).code));
    expect(codes).toEqual([0, 0, 0]);
    expect(npmCalls()).toHaveLength(1);
  });

  test('is installed after an installation that was killed', async () => {
    mkdirSync(join(folder, '.cache'));
    writeFileSync(join(folder, '.cache', 'install.lock'), '4194305'); // no process can have this id
    await install();
    expect(npmCalls()).toHaveLength(1);
  });
});

describe('after a change of the lockfile', () => {
  test('a new version is installed', async () => {
    await install();
    lock({ 'node_modules/a': { version: '2.0.0' } });
    await install();
    expect(npmCalls()).toHaveLength(2);
  });

  test('what npm install has put there already is not installed again, and packages for other platforms may be absent', async () => {
    await install();
    const packages = { 'node_modules/a': { version: '2.0.0' } };
    lock(packages);
    writeFileSync(join(folder, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }));
    lock({ ...packages, 'node_modules/elsewhere': { version: '1.0.0', optional: true } });
    await install();
    expect(npmCalls()).toHaveLength(1);
  });
});
