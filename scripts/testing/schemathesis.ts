import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder, findPython } from '../../worker/temporal/wheel.ts';

const run = promisify(execFile);

/** The fuzzer of test/api/fuzz.test.ts with all that it needs, each at one version, so that it finds the same tomorrow. */
const packages = [
  ...['schemathesis==4.32.5', 'hypothesis==6.170.17', 'hypothesis-graphql==0.13.5', 'jsonschema-rs==0.60.3'],
  ...['anyio==4.16.0', 'certifi==2026.10.19.post1', 'charset-normalizer==3.5.3', 'click==8.5.1'],
  ...['graphql-core==3.3.2', 'harfile==0.6.0', 'idna==3.20', 'iniconfig==2.3.1', 'markdown-it-py==4.3.0'],
  ...['markupsafe==3.0.4', 'mdurl==0.1.2', 'packaging==26.4', 'pluggy==1.7.0', 'pygments==2.21.0'],
  ...['pyrate-limiter==4.5.1', 'pytest==9.2.0', 'pyyaml==6.0.4', 'requests==2.34.2', 'rich==15.0.0'],
  ...['sortedcontainers==2.4.0', 'typing-extensions==4.16.0', 'urllib3==2.8.0', 'werkzeug==3.1.9'],
];

/**
 * The folder that Schemathesis is imported from (PYTHONPATH), fetched into the cache when it is not there.
 * @throws what stands in the way: no Python or pip, or no way to PyPI
 */
export async function findSchemathesis(onDownload: (what: string) => void): Promise<string> {
  const cache = cacheFolder(process.env);
  const python = await findPython(process.env);
  const { stdout } = await run(python, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])']);
  const folder = join(cache, `${(packages[0] ?? '').replace('==', '-')}-python${stdout.trim()}`);
  if (existsSync(folder)) return folder;
  onDownload('Schemathesis (70 MB, once)');
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, '.fetching-'));
  try {
    const requirements = join(work, 'requirements.txt');
    await writeFile(requirements, packages.join('\n'));
    // What an older Python needs besides is left to pip; what is named here has one version.
    const pip = [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--only-binary=:all:',
      '--no-compile',
      '--requirement',
      requirements,
    ];
    await run(python, [...pip, '--target', join(work, 'whole')], {
      env: { ...process.env, PIP_DISABLE_PIP_VERSION_CHECK: '1', PIP_ROOT_USER_ACTION: 'ignore' },
      cwd: tmpdir(),
    });
    // Another process may have been first; what it fetched is as good.
    await rename(join(work, 'whole'), folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
    return folder;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
