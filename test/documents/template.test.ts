import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { draftTemplate, type TemplateWords } from '../../scripts/documents/draft-template.ts';
import { checkTemplate } from '../../templates/documents/check-template.ts';
import { fillTemplate } from '../../templates/documents/fill.ts';
import { partsOf, readable, sample, template, templateFile, xmlOf } from './word-files.ts';

const words = join(templateFile, '../draft-decision.nl.yaml');

describe('the template that comes with Regiopad', () => {
  test('is what its words make: whoever changes them sees it in the file', async () => {
    const made = await draftTemplate(parse(readFileSync(words, 'utf8')) as TemplateWords);
    expect(xmlOf(made)).toBe(xmlOf(template()));
    expect(Buffer.from(made).equals(template())).toBe(true);
  });

  test('can be filled: every name in it is known', () => {
    expect(checkTemplate(partsOf(template()))).toBeUndefined();
  });

  test('reads as a council file: the blocks in their order, the articles numbered', () => {
    const filled = fillTemplate(
      partsOf(template()),
      sample({ artikelen: ['De raad keurt goed.', 'De gemeente meldt dit.'], bijlagen: [] }),
    );
    const lines = readable(filled).split('\n').filter(Boolean);
    const blocks = [
      'Aanleiding en context',
      'Juridische grond',
      'Motivering',
      'Financiële weerslag',
      'Besluit',
      'Bijlagen',
    ];
    expect(lines.filter((line) => blocks.includes(line))).toEqual(blocks);
    expect(lines).toContain('Artikel 1. De raad keurt goed.');
    expect(lines).toContain('Artikel 2. De gemeente meldt dit.');
    expect(lines.at(-1)).toBe('[in te vullen: de tekst waarover beslist wordt, of schrap dit blok]');
  });

  test('can be read aloud: Dutch of Belgium, headings that are headings, a title', () => {
    const filled = fillTemplate(partsOf(template()), sample({ titel: 'Intentieverklaring' }));
    expect(xmlOf(filled, 'word/styles.xml')).toContain('<w:lang w:val="nl-BE"/>');
    expect(xmlOf(filled).match(/<w:pStyle w:val="Heading1"\/>/g)).toHaveLength(6);
    expect(xmlOf(filled)).toContain('<w:pStyle w:val="Title"/>');
    expect(xmlOf(filled, 'docProps/core.xml')).toContain('<dc:title>Intentieverklaring</dc:title>');
  });
});
