/** Words of others, made fit for a line of ours. */

/** Marks that turn the direction of a text around, and characters without a width. */
const invisible = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** One line with single spaces, without control characters or direction marks. */
export const plainLine = (text: string): string =>
  text
    .toWellFormed()
    .replace(invisible, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();

/** At most so many characters (of UTF-16), with an ellipsis when something was cut off. */
export const shortened = (text: string, longest: number): string =>
  text.length <= longest
    ? text
    : `${text
        .slice(0, longest - 1)
        .toWellFormed()
        .trimEnd()}…`;

/** Where the mail that is answered begins, in the ways of the common mail programs. */
const quoteStart = [
  /^\s*(?:op|on|le|am|el)\s.{4,200}(?:schreef|wrote|a écrit|schrieb|escribió).{0,80}:?\s*$/i,
  /^\s*-{2,}\s*(?:original message|oorspronkelijk bericht|message d'origine|ursprüngliche nachricht|forwarded message).*$/i,
  /^\s*_{10,}\s*$/,
  /^\s*\*?(?:van|from|de|von)\s?:\*?\s.*@.*$/i,
];

const LONGEST_EXCERPT = 400;

/** The beginning of what somebody says, without what is quoted; when all of it is a quote, the beginning of that. */
export function excerptOf(text: string): string {
  const lines = text.split(/\r\n|\r|\n/);
  const end = lines.findIndex((line) => line.length < 400 && quoteStart.some((pattern) => pattern.test(line)));
  const own = (end === -1 ? lines : lines.slice(0, end)).filter((line) => !/^\s*>/.test(line));
  return shortened(plainLine(own.join('\n')) || plainLine(text), LONGEST_EXCERPT);
}
