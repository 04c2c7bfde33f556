/** Where the focus is, and whether somebody who works with keys can see it. */
import type { Page } from 'playwright-core';

export interface Stop {
  /** `button Noteren` */
  what: string;
  faults: string[];
}

/** Runs in the page. A colour's luminance and the contrast of two are those of WCAG 2.2. */
const LOOK = `(() => {
  const box = document.activeElement;
  if (box === null || box === document.body) return undefined;
  const channels = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const luminance = (colour) => {
    const [r, g, b] = channels(colour).map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const behind = (element) => {
    for (let each = element.parentElement; each !== null; each = each.parentElement) {
      const { backgroundColor } = getComputedStyle(each);
      if ((channels(backgroundColor)[3] ?? 1) > 0) return backgroundColor;
    }
    return 'rgb(255, 255, 255)';
  };
  const faults = [];
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(box);
  if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2) faults.push('the focus cannot be seen');
  else if (contrast(outlineColor, behind(box)) < 3) faults.push('the focus has too little contrast');
  const { left, top, width, height } = box.getBoundingClientRect();
  const at = [left + Math.min(width, innerWidth - left) / 2, top + Math.min(height, innerHeight - top) / 2];
  const seen = document.elementFromPoint(...at);
  if (width < 1 || height < 1) faults.push('has no size');
  else if (seen === null || !(box.contains(seen) || seen.contains(box))) faults.push('is hidden behind something');
  const name = box.labels?.[0]?.textContent ?? box.textContent;
  return { what: box.tagName.toLowerCase() + ' ' + name.trim().replace(/\\s+/g, ' ').slice(0, 60), faults };
})()`;

/** Undefined when nothing on the page has the focus. */
export const stopOf = (page: Page): Promise<Stop | undefined> => page.evaluate<Stop | undefined>(LOOK);

/** What the Tab key stops at from the top of a page to its end: each stop once, or the page is a trap. */
export async function stopsOf(page: Page, most = 200): Promise<Stop[]> {
  await page.evaluate('document.activeElement.blur(); window.getSelection().removeAllRanges(); window.scrollTo(0, 0)');
  const stops: Stop[] = [];
  for (let count = 0; count < most; count += 1) {
    await page.keyboard.press('Tab');
    const stop = await stopOf(page);
    if (stop === undefined) return stops;
    stops.push(stop);
  }
  throw new Error(`after ${String(most)} stops the focus has not left the page`);
}

/** Presses Tab until something has the focus whose name begins so. */
export async function tabTo(page: Page, what: string): Promise<void> {
  for (let count = 0; count < 60; count += 1) {
    await page.keyboard.press('Tab');
    const stop = await stopOf(page);
    if (stop?.what.startsWith(what) === true) return;
  }
  throw new Error(`the Tab key never came to ${what}`);
}
