import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { listDefinitions, listRounds, loadDefinition } from '../../definitions/load.ts';
import { openFile } from '../../definitions/read.ts';
import { checkTexts, loadTexts, textsIn } from '../../definitions/texts.ts';
import { validateFile } from '../../definitions/validate.ts';
import { changed, fileWith, linesOf } from './files.ts';

const text = readFileSync('definitions/paths/igs-cultuur.nl.yaml', 'utf8');

describe('everything that people read has words', () => {
  it.each(listDefinitions())('%s: nothing is missing, nothing is unused', (key) => {
    expect(validateFile(`definitions/paths/${key}.nl.yaml`)).toMatchObject({ kind: 'texts', problems: [] });
    const definition = loadDefinition(key);
    const texts = loadTexts(key);
    if (!definition.ok || !texts.ok) throw new Error(JSON.stringify([definition, texts]));
    expect(checkTexts(definition.value, texts.value, texts.source, listRounds())).toEqual([]);
  });

  it.each(listDefinitions())('%s asks in a sentence, says why by its date, and names it in lower case', (key) => {
    const texts = loadTexts(key, 'de statutenwijziging van 2028');
    if (!texts.ok) throw new Error(JSON.stringify(texts));
    for (const [decision, { ask, short, why, title }] of Object.entries(texts.value.decisions)) {
      expect([decision, ask]).toEqual([decision, expect.stringMatching(/^(De|Het) [^{}]*\.$/)]);
      expect([decision, why]).toEqual([decision, expect.stringMatching(/^zodat [^{}]*[^.]$/)]);
      expect([decision, title]).toEqual([decision, expect.stringMatching(/^[A-Z][^{}]*$/)]);
      if (decision !== 'advice') expect([decision, short]).toEqual([decision, expect.stringMatching(/^[a-z][^{}]*$/)]);
    }
  });

  it('finds what is missing and what is unused, with the line', () => {
    const definition = loadDefinition('igs-cultuur');
    const bad = changed(
      changed(text, '\n  uitpas:\n', '\n  uit-pas:\n'),
      ', board: shared,',
      ', bord: { title: bord, short: bord, article: het },',
    );
    const opened = openFile(fileWith('igs-cultuur.nl.yaml', bad));
    const parsed = opened.ok ? textsIn(opened) : opened;
    if (!parsed.ok || !definition.ok) throw new Error(JSON.stringify(parsed));
    const lineOf = (part: string): string => String(bad.split('\n').indexOf(part) + 1);
    const problems = checkTexts(definition.value, parsed.value, parsed.source, listRounds());
    const bodies = bad.split('\n').find((line) => line.startsWith('bodies:')) ?? '';
    expect(linesOf({ ok: false, problems })).toEqual([
      `${lineOf(bodies)} bodies has no words for board — expected a block board`,
      `${lineOf(bodies)} nothing uses the words for bord — expected words that are used`,
      `${lineOf('tasks:')} tasks has no words for uitpas — expected a block uitpas`,
      `${lineOf('  uit-pas:')} nothing uses the words for uit-pas — expected words that are used`,
    ]);
  });

  it.each([
    [
      'topic: de beslissing\n',
      '',
      '50 council-decision.article is "{article}" — expected de or het, or "{article}" where the words have a topic',
    ],
    ['topic: de beslissing', 'topic: beslissing', '7 topic is "beslissing" — expected de or het'],
    ['  informedBy: resultaat meegedeeld\n', '', '9 dates has no words for informedBy — expected a line informedBy'],
  ])('a path without a round: %s → %s', (from, to, problem) => {
    const own = readFileSync('definitions/paths/one-decision.nl.yaml', 'utf8');
    const { problems } = validateFile(fileWith('one-decision.nl.yaml', changed(own, from, to)));
    expect(linesOf({ ok: false, problems })[0]).toContain(problem);
  });

  it('says so when there are no words in a language', () => {
    expect(linesOf(loadTexts('igs-cultuur', undefined, 'fr'))).toEqual([
      '1 there are no words in fr for the path "igs-cultuur" — expected a file with its words',
    ]);
  });
});
