import { describe, expect, test } from 'vitest';
import {
  checkDraftTexts,
  draftTextFor,
  draftTextsIn,
  loadDraftTexts,
  loadUsualDraft,
} from '../../definitions/drafts.ts';
import { listDefinitions, loadDefinition } from '../../definitions/load.ts';
import { formatProblems } from '../../definitions/problem.ts';
import { openText } from '../../definitions/read.ts';
import type { Definition } from '../../domain/definition.ts';

const definitionOf = (key: string): Definition => {
  const loaded = loadDefinition(key);
  if (!loaded.ok) throw new Error(formatProblems(loaded.problems));
  return loaded.value;
};

const problemsOf = (text: string): string => {
  const opened = openText(text, 'proef.drafts.nl.yaml');
  const read = opened.ok ? draftTextsIn(opened) : opened;
  return read.ok
    ? formatProblems(checkDraftTexts(definitionOf('igs-cultuur'), read.value.decisions, read.source))
    : formatProblems(read.problems);
};

const textFor = (decision: string, article = 'De raad keurt {beslissing} goed.', more = '') => `
decisions:
  ${decision}:
    title: Titel
    context: [a]
    grounds: [b]
    reasons: [c]
    finance: [d]
    articles:
      - "${article}"
${more}`;

describe('the texts of drafts', () => {
  test.each(listDefinitions())('%s: each decision of a municipality has a draft of its own that can be read', (key) => {
    const definition = definitionOf(key);
    const loaded = loadDraftTexts(key);
    if (loaded?.ok !== true) throw new Error(loaded === undefined ? 'no file' : formatProblems(loaded.problems));
    expect(formatProblems(checkDraftTexts(definition, loaded.value.decisions, loaded.source))).toBe('');
    const municipal = definition.steps
      .flatMap((step) => step.decisions)
      .filter(({ body }) => definition.bodies[body]?.per === 'municipality');
    expect(Object.keys(loaded.value.decisions).sort()).toEqual(municipal.map((decision) => decision.key).sort());
  });

  test('there is one for decisions without a draft of their own', () => {
    expect(loadUsualDraft()).toMatchObject({ ok: true });
  });

  test.each([
    [
      'a variable that there is not',
      textFor('culture-plan', 'De raad van {gemeeente}.'),
      ':10:9 nothing is called {gemeeente} — expected one of gemeente,',
    ],
    ['a brace that stays open', textFor('culture-plan', 'De raad van {gemeente.'), ':10:9'],
    ['a decision that there is not', textFor('cultureplan'), ':3:3 there is no decision cultureplan'],
    [
      'a body that exists once',
      textFor('internal-rules'),
      ':3:3 internal-rules is not for the bodies of municipalities',
    ],
    [
      'a route that there is not',
      textFor('statutes', 'x', '    routes: { by-boat: { title: x } }'),
      ':11:15 there is no route by-boat',
    ],
    [
      'a block without a text',
      textFor('statutes').replace('[c]', '[]'),
      ':7:5 statutes.reasons is a list — expected a list with a paragraph at least',
    ],
    ['an unknown block', textFor('statutes', 'x', '    advice: [x]'), ':11:5 unknown key advice'],
  ])('%s is named with its line', (_what, text, problem) => {
    expect(problemsOf(text)).toContain(`proef.drafts.nl.yaml${problem}`);
  });

  test('a decision without a text of its own has the usual one; a route changes only the blocks that it names', () => {
    const usual = loadUsualDraft();
    const own = loadDraftTexts('igs-cultuur');
    if (!usual.ok || own?.ok !== true) throw new Error('the texts cannot be read');
    const textOf = (decision: string, route?: string) =>
      draftTextFor(own.value.decisions, usual.value.usual, decision, route);
    expect(textOf('something-new')).toEqual(usual.value.usual);
    expect(textOf('statutes', 'new-service-association').grounds[1]).toContain('artikelen 413 tot 432');
    expect(textOf('statutes', 'new-project-association').grounds[1]).toContain('artikelen 401 tot 408');
    expect(textOf('statutes', 'new-service-association').articles).toEqual(textOf('statutes').articles);
  });

  test('nothing legal is in them but what was verified for this project', () => {
    const verified = ['34', '41', '249', '254', '257', '265', '266', '285', '287', '401', '407', '408', '413', '432'];
    for (const key of listDefinitions()) {
      const loaded = loadDraftTexts(key);
      const said = JSON.stringify(loaded?.ok === true ? loaded.value : {});
      for (const [, from, to] of said.matchAll(/artikel(?:en)? (\d+)(?: (?:tot|en) (\d+))?/g)) {
        expect(verified).toContain(from);
        if (to !== undefined) expect(verified).toContain(to);
      }
    }
  });
});
