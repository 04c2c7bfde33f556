import { describe, expect, test } from 'vitest';
import { compareDocx, compareTexts, type Comparison } from '../../templates/documents/compare.ts';
import { changed, saying } from './word-files.ts';

const shownOf = (comparison: Comparison): string =>
  comparison.ok
    ? comparison.stretches
        .map((stretch) =>
          stretch.kind === 'folded'
            ? `… ${String(stretch.lines.length)}`
            : stretch.lines
                .map((line) =>
                  line
                    .map(({ kind, text }) => ({ same: text, added: `+${text}+`, removed: `-${text}-` })[kind])
                    .join(''),
                )
                .join('\n'),
        )
        .join('\n')
    : comparison.why;

describe('a changed text beside the one that was sent', () => {
  test('shows the words that changed, the lines beside them, and folds the rest', () => {
    const before = ['een', 'twee', 'drie', 'vier', 'de raad keurt goed', 'zes', 'zeven'].join('\n');
    const after = before.replace('keurt goed', 'keurt niet goed');
    expect(shownOf(compareTexts(before, after))).toBe('… 3\nvier\nde raad keurt +niet +goed\nzes\nzeven');
  });

  test('shows words that changed one after the other as one change', () => {
    expect(shownOf(compareTexts('Het oude krediet blijft', 'De nieuwe raming blijft'))).toBe(
      '-Het oude krediet-+De nieuwe raming+ blijft',
    );
  });

  test('shows a paragraph that was added or left out', () => {
    expect(shownOf(compareTexts('a\nc', 'a\nb\nc'))).toContain('+b+');
    expect(shownOf(compareTexts('a\nb\nc', 'a\nc'))).toContain('-b-');
  });

  test('says that nothing changed when only the looks did', async () => {
    const same = await compareDocx(
      saying('a', 'b'),
      changed({ 'docProps/app.xml': (xml) => `${xml} ` }, saying('a', 'b')),
    );
    expect(same).toMatchObject({ ok: true, isSame: true });
  });

  test('reads Word files, and says so when one cannot be read', async () => {
    expect(shownOf(await compareDocx(saying('Artikel 1.', 'oud'), saying('Artikel 1.', 'nieuw')))).toContain(
      '-oud-+nieuw+',
    );
    expect(await compareDocx(saying('a'), new Uint8Array([1]))).toEqual({ ok: false, why: 'refused' });
  });

  test('gives up on what would take too long, instead of holding up every page', () => {
    expect(compareTexts('a '.repeat(150_000), 'b '.repeat(150_000))).toEqual({ ok: false, why: 'too-long' });
    const shuffled = Array.from({ length: 12_000 }, (_, index) => String((index * 7919) % 12_007)).join(' ');
    const started = Date.now();
    compareTexts(shuffled, shuffled.split(' ').reverse().join(' '));
    expect(Date.now() - started).toBeLessThan(10_000);
  });
});
