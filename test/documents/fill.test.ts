import { describe, expect, test } from 'vitest';
import { fillTemplate } from '../../templates/documents/fill.ts';
import { missing } from '../../templates/documents/words.ts';
import { partsOf, readable, sample, template, xmlOf } from './word-files.ts';

const filled = (changes: Parameters<typeof sample>[0]) => fillTemplate(partsOf(template()), sample(changes));

describe('what is filled in', () => {
  test.each([
    ['quotes and an ampersand', 'Cultuur "Noord" & \'Zuid\''],
    ['tags', '</w:t></w:r></w:p><w:p>'],
    ['an entity', '&lt;b&gt; &#x41; &xxe;'],
    ['braces of a template', '{bijdrage} {#artikelen} {/} }{'],
    ['emoji', '🎭 Cultuur 👩‍👩‍👧'],
    ['right-to-left text', 'مسرح \u202Ecultuur\u202C'],
  ])('goes in literally: %s', (_what, text) => {
    const draft = filled({ samenwerkingsverband: text, titel: text, motivering: [text] });
    expect(
      readable(draft)
        .split('\n')
        .filter((line) => line === text).length,
    ).toBeGreaterThanOrEqual(2);
    expect(readable(draft, 'word/footer1.xml')).toContain(text);
  });

  test('keeps its lines, and loses what XML has no place for', () => {
    const draft = filled({ motivering: ['eerste\ntweede\u0000\u0008\uD800'] });
    expect(xmlOf(draft)).toMatch(/>eerste<\/w:t>.*<w:br\/>.*>tweede\uFFFD<\/w:t>/);
  });

  test('what is not known is said in yellow, and only that', () => {
    const xml = xmlOf(filled({ financieel: [`Per jaar: ${missing('bijdrage')} of meer.`] }));
    const run = /<w:r><w:rPr><w:highlight w:val="yellow"\/><\/w:rPr><w:t xml:space="preserve">([^<]*)<\/w:t><\/w:r>/g;
    expect([...xml.matchAll(run)].map(([, text]) => text)).toEqual([missing('bijdrage')]);
    expect(xml).toContain('>Per jaar: </w:t>');
    expect(xml).toContain('> of meer.</w:t>');
  });

  test('gives the same bytes each time, so that one can see that a draft is the one that was sent', () => {
    const once = filled({ gemeente: 'Wemmel' });
    expect(Buffer.from(filled({ gemeente: 'Wemmel' })).equals(once)).toBe(true);
    expect(Buffer.from(filled({ gemeente: 'Asse' })).equals(once)).toBe(false);
    // The date of its first part, as a zip holds it: 1 January 1980, whenever it was made.
    expect(Buffer.from(once).readUInt32LE(10)).toBe(0x0021_0000);
  });

  test('a template with a name that nothing has is never filled with a blank', () => {
    const { gemeente: _left, ...rest } = sample();
    expect(() => fillTemplate(partsOf(template()), rest as ReturnType<typeof sample>)).toThrow('{gemeente}');
  });
});
