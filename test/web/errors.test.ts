import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { errorCatalogue, type ErrorCode, errorText, otherCodes, withDays } from '../../client/errors.ts';
import { refusalCodes, shellRefusalCodes } from '../../domain/refusals.ts';
import { loadPageTexts } from '../../templates/pages/locale.ts';
import { createPages } from '../../templates/pages/render.ts';

const codes = [...refusalCodes, ...shellRefusalCodes, ...otherCodes] as ErrorCode[];

describe('the catalogue of errors', () => {
  test('has an entry for every code that a path can refuse with, and none that does not exist', () => {
    expect(Object.keys(errorCatalogue).sort()).toEqual([...codes].sort());
  });

  test.each(codes)('%s has a status, an exit code, and a sentence in both languages', (code) => {
    const { status, exit, nl, en } = errorCatalogue[code];
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
    expect([1, 2, 3, 4]).toContain(exit);
    for (const sentence of [nl, en]) expect(sentence).toMatch(/^[A-Z].{10,}[.?]$/s);
  });

  test('names what a refusal is about, and leaves no braces when it does not say', () => {
    const detail = { on: '2031-02-24' };
    expect(
      errorText(
        'already-submitted',
        'nl',
        detail,
        withDays((day) => `[${day}]`),
      ),
    ).toContain('[2031-02-24]');
    for (const code of codes) {
      expect(errorText(code, 'nl')).not.toMatch(/[{}]/);
      expect(errorText(code, 'en')).not.toMatch(/[{}]/);
    }
  });
});

describe('the words of the pages', () => {
  const folder = join(import.meta.dirname, '../../templates/pages');
  const sources = [folder, join(folder, 'partials')].flatMap((each) =>
    readdirSync(each)
      .filter((name) => name.endsWith('.hbs'))
      .map((name) => [name, readFileSync(join(each, name), 'utf8')] as const),
  );

  test.each(sources)(
    '%s asks for no text that is not there, and puts nothing into a page unescaped',
    (_name, source) => {
      const texts = loadPageTexts();
      for (const [, key = ''] of source.matchAll(/\{\{t '([^']+)'/g)) expect(texts.has(key), key).toBe(true);
      expect(source).not.toMatch(/\{\{\{|\{\{&/);
      expect(source).not.toMatch(/<script|\sstyle=|\son\w+=/);
    },
  );

  test('escape what people typed, and take no markup from it', () => {
    const html = loadPageTexts().html('municipality.fact.cutoff', { day: '<b>**x**</b>', cutoff: '"' }).toHTML();
    expect(html).toBe('De agenda van <strong>&lt;b&gt;**x**&lt;/b&gt;</strong> sluit op <strong>&quot;</strong>.');
  });

  test('fail loudly when a text or a value is missing', () => {
    const texts = loadPageTexts();
    expect(() => texts.text('no.such.text')).toThrow('no.such.text');
    expect(() => texts.text('event.approved', { party: 'Wemmel' })).toThrow('{decision}');
    expect(() => createPages().render('message', { base: '', title: 'x' }, {})).toThrow();
  });
});
