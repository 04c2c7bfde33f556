/** What people typed, made fit to stand within a sentence. */

/** Writing that runs from right to left, and the invisible characters that turn the direction around. */
const rightToLeft =
  /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** First strong isolate and pop directional isolate (UAX #9): what stands between them leaves the rest of the line as it is. */
const [ISOLATE, POP] = ['\u2068', '\u2069'];

/**
 * A value on one line, so that it cannot pass for a line of the mail itself or for a header. A name in Arabic or Hebrew
 * keeps its own direction, and leaves that of the words around it alone.
 */
export function inSentence(value: string): string {
  const line = value.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return rightToLeft.test(line) ? `${ISOLATE}${line.replace(/[\u2066-\u2069]/g, '')}${POP}` : line;
}

/**
 * What somebody wrote in more than one line, to follow a label. The lines after the first one are indented, so that in
 * plain text they stand apart from the mail's own; HTML shows the same lines without the spaces.
 */
export const inLines = (value: string): string =>
  value
    .split(/[\r\n\u0085\p{Zl}\p{Zp}]+/u)
    .map((line) => line.replace(/\p{Cc}+/gu, ' ').trim())
    .filter((line) => line !== '')
    .join('\n  ');
