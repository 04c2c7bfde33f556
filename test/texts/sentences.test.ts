/** A page or a mail that stops at a sentence which is not there, or a sentence that somebody edits in vain. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { beforeAll, describe, expect, it } from 'vitest';
import { listDefinitions, listRounds, loadDefinition, loadRound } from '../../definitions/load.ts';
import { conditionDates } from '../../domain/lookup.ts';
import { loadTexts } from '../../definitions/texts.ts';
import { readSentences } from '../../templates/sentences.ts';
import { type KeysInCode, keysInCode } from './keys-in-code.ts';

const root = join(import.meta.dirname, '..', '..');
const pages = readSentences(join(root, 'templates/locale/nl.pages.yaml'));
const mails = readSentences(join(root, 'templates/locale/nl.yaml'));

/** A sentence with a form for one and for several goes by the key above them. */
const base = (key: string): string => key.replace(/\.(?:one|other)$/, '');
const isThere = (sentences: ReadonlyMap<string, unknown>, key: string): boolean =>
  [key, `${key}.one`, `${key}.other`].some((each) => sentences.has(each));

/** Keys that no text in the code makes, and why not. */
const notWritten: [keys: RegExp, why: string][] = [
  [/^weekday\.[1-7]$/, 'the number of a day of the week'],
  [/^accessibility\.(?:open|done)\./, 'the page lists all that the file has there'],
  [/^sessions\.nth\.[1-5]$/, 'which one of the month, as a rule of sessions says it'],
];

/** What the types allow and cannot come about, or is asked for only when it is there. */
const neverAsked: [keys: RegExp, why: string][] = [
  [/^law\./, 'not every kind of law can end in every way; test/definitions/laws.test.ts has those that can'],
  [/^answer\.kind-hint\./, 'only the answers that need a hint have one'],
  [/^post\..*\.submit$/, 'only some commands are about a mail that is still to go'],
];

const inTemplates = new Set(
  ['templates/pages', 'templates/pages/partials'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.hbs'))
      .flatMap((name) => [...readFileSync(join(root, folder, name), 'utf8').matchAll(/[{(]t '([^']+)'/g)])
      .map(([, key = '']) => key),
  ),
);

let code: KeysInCode;
beforeAll(() => {
  code = keysInCode(['client', 'templates', 'worker', 'domain']);
}, 600_000);

/** Whether a key is put together by the code from a word that stands somewhere in the code. */
function isMade(key: string): boolean {
  return [...code.open.keys()].some((pattern) => {
    const parts = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '([\\w.-]+)')}$`).exec(key)?.slice(1);
    return parts?.every((part) => code.written.has(part)) ?? false;
  });
}

describe('the sentences of pages', () => {
  it('are there, each one that the code and the templates ask for', () => {
    const asked = code.asked.filter(({ file }) => file.startsWith('client/'));
    expect(asked.length).toBeGreaterThan(300);
    const missing = asked.filter(({ key }) => !isThere(pages, key) && !neverAsked.some(([keys]) => keys.test(key)));
    expect(missing).toEqual([]);
    expect([...inTemplates].filter((key) => !isThere(pages, key))).toEqual([]);
  });

  it('are used, each of them', () => {
    const unused = [...pages.keys()].filter((key) => {
      const names = [key, base(key)];
      const isUsed = names.some((name) => code.written.has(name) || inTemplates.has(name) || isMade(name));
      return !isUsed && !notWritten.some(([keys]) => keys.test(key));
    });
    expect(unused).toEqual([]);
  });
});

describe('the sentences of mails', () => {
  it('are there, each one that the code asks for: whether each is used, the samples show', () => {
    const asked = code.asked.filter(({ file }) => /^templates\/(?:mail\/|render-)/.test(file));
    expect(asked.length).toBeGreaterThan(100);
    const missing = asked.filter(({ key }) => !mails.has(key));
    expect(missing.filter(({ key }) => !cannotBe.some(([keys]) => keys.test(key)))).toEqual([]);
  });
});

/** What the types of mails allow and cannot come about. */
const cannotBe: [keys: RegExp, why: string][] = [
  [
    /^intro\.(?:contact|coordinator)\./,
    'not every kind of mail goes to everybody, and several only with request and reminder',
  ],
  [/^choose\.changed-options-optional$/, 'only what was rejected can be let go of'],
  [/^receipt\..*-no-day$/, 'only an adjournment can be without a day'],
];

describe('every list of exceptions', () => {
  it('holds only what still is one', () => {
    for (const [keys, why] of notWritten)
      expect([why, [...pages.keys()].some((key) => keys.test(key))]).toEqual([why, true]);
    const missing = code.asked.filter(({ key }) => !isThere(pages, key) && !mails.has(key)).map(({ key }) => key);
    for (const [keys, why] of [...neverAsked, ...cannotBe])
      expect([why, missing.some((key) => keys.test(key))]).toEqual([why, true]);
  });
});

describe('the words of paths', () => {
  const shared = (file: string): string[] =>
    Object.keys((parse(readFileSync(join(root, 'definitions', file), 'utf8')) as { bodies: object }).bodies);

  it('that several paths share are there for each shared body, and each body is taken by some path', () => {
    expect(shared('shared.nl.yaml').sort()).toEqual(shared('shared.yaml').sort());
    const files = listDefinitions().map((key) => readFileSync(join(root, `definitions/paths/${key}.yaml`), 'utf8'));
    const unused = shared('shared.nl.yaml').filter((body) => !files.some((file) => file.includes(`${body}: shared`)));
    expect(unused).toEqual([]);
  });

  it.each(listDefinitions())('%s: every date that has a name is a date of the path or of its rounds', (key) => {
    const definition = loadDefinition(key);
    const texts = loadTexts(key);
    if (!definition.ok || !texts.ok) throw new Error('the definitions do not load');
    const rounds = listRounds().map((round) => loadRound(round));
    const ofRounds = rounds.flatMap((round) =>
      round.ok ? [...Object.keys(round.value.dates), ...conditionDates(round.value)] : [],
    );
    const own = definition.value.routes.flatMap((route) => Object.keys(route.dates ?? {}));
    const known = new Set([...Object.keys(definition.value.dates ?? {}), ...own, ...ofRounds]);
    expect(Object.keys(texts.value.dates).filter((name) => !known.has(name))).toEqual([]);
  });
});
