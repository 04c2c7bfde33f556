/** Which events of a calendar are sessions, by their summary. */

/** `gemeenteraad`, `raad`, `raadszitting`; not `cultuurraad` or `raad van bestuur`. */
const session = /\bgemeenteraad|\braad(?:szitting\w*)?\b(?! van bestuur)/;

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();

/**
 * Tells sessions from the rest. With a word, what holds it; without one, what looks like a council's session. A calendar whose
 * events all have one and the same summary holds one thing only: all of it counts.
 */
export function sessionFilter(summaries: readonly string[], only?: string): (summary: string) => boolean {
  if (only !== undefined) return (summary) => plain(summary).includes(plain(only));
  if (summaries.some((summary) => session.test(plain(summary)))) return (summary) => session.test(plain(summary));
  const isOneThing = new Set(summaries.map(plain)).size === 1;
  return () => isOneThing;
}
