import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lawTexts } from '../../client/report/law-texts.ts';
import { loadDefinition } from '../../definitions/load.ts';
import { validateFile } from '../../definitions/validate.ts';
import { loadPageTexts } from '../../templates/pages/locale.ts';
import { changed, fileWith } from './files.ts';

const text = readFileSync('definitions/paths/igs-cultuur.yaml', 'utf8');

/** The problems of the project's path with something changed, at the line on which that stands. */
function problemsOf(from: string, to: string): string[] {
  const bad = changed(text, from, to);
  const line = bad.slice(0, bad.indexOf(to)).split('\n').length + to.split('\n').length - 1;
  const { problems } = validateFile(fileWith('igs-cultuur.yaml', bad));
  return problems.map((problem) => `${problem.line === line ? 'here' : String(problem.line)}: ${problem.message}`);
}

describe('a law that speaks of what its route does not have is found, with its line', () => {
  it.each([
    [
      'a decision of another route',
      'kind: before, decision: extension',
      'kind: before, decision: statutes',
      'here: the route continue-existing has no decision statutes',
    ],
    [
      'a task where a decision is meant',
      'kind: before, decision: extension',
      'kind: before, decision: extension-draft',
      'here: the route continue-existing has no decision extension-draft',
    ],
    [
      'an item that does not exist',
      'kind: done, item: joining-study',
      'kind: done, item: joining-studies',
      'here: the route join-existing has no task or decision joining-studies',
    ],
    [
      'a date that nobody gives',
      'decision: extension, anchor: expiresOn',
      'decision: extension, anchor: expiresAt',
      'here: no round or route gives the date expiresAt',
    ],
    [
      'a date that it should reach and nobody gives',
      'span: { months: 216 }, covers: endsOn',
      'span: { months: 216 }, covers: endOn',
      'here: no round or route gives the date endOn',
    ],
    [
      'the same key twice',
      '{ key: deed, article',
      '{ key: founding-window, article',
      'here: the key founding-window is there twice',
    ],
  ])('%s', (_what, from, to, expected) => {
    expect(problemsOf(from, to)).toContain(expected);
  });

  it.each([
    ['a kind that does not exist', 'kind: before, decision: extension', 'kind: until, decision: extension'],
    ['a span of nothing', 'span: { months: 3 }', 'span: {}'],
  ])('%s', (_what, from, to) => {
    expect(validateFile(fileWith('igs-cultuur.yaml', changed(text, from, to))).problems).toHaveLength(1);
  });
});

describe('the laws of the project', () => {
  const definition = loadDefinition('igs-cultuur');
  if (!definition.ok) throw new Error(JSON.stringify(definition));

  it('are there for each route, and name their article', () => {
    for (const { key, laws = [] } of definition.value.routes) {
      expect([key, laws.length > 0]).toEqual([key, true]);
      for (const { article } of laws) expect(article).toMatch(/^artikel(en)? \d+(-\d+)?$/);
    }
  });

  it('have the same sentences in Dutch, which speak of the same things', () => {
    const texts = loadPageTexts();
    const keys = Object.entries(lawTexts).flatMap(([kind, all]) => Object.keys(all).map((key) => `law.${kind}.${key}`));
    const kinds = Object.keys(lawTexts).map((kind) => `law.${kind}.`);
    expect(texts.keys().filter((key) => kinds.some((kind) => key.startsWith(kind)))).toEqual(keys);
    const values = { done: 1, of: 5, item: 'x', start: 'y', from: 'a', until: 'b', on: 'c', blockers: 'd', count: 1 };
    for (const key of keys) expect(texts.text(key, values)).toMatch(/[.:]$/);
  });

  it('have an English sentence for everything that can be found, without a value that is never given', () => {
    const known = ['done', 'of', 'item', 'start', 'from', 'until', 'on', 'blockers', 'count'];
    const sentences = Object.values(lawTexts).flatMap((kind) => Object.values(kind));
    const used = sentences.flatMap((sentence) => [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    expect(used.filter((name) => !known.includes(name ?? ''))).toEqual([]);
  });
});
