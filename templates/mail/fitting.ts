/** Sentences that must not grow too long: what they name gives way, whole words at a time. */
import type { Values } from '../sentences.ts';

/** A name is not cut further than this. */
const SHORTEST = 20;

/** Whole words, as many as there is room for; a first word that is longer stays as it is. */
export function shortened(text: string, room: number): string {
  if (text.length <= room) return text;
  const words = text.split(' ');
  const whole = (count: number): string =>
    `${words
      .slice(0, count)
      .join(' ')
      .replace(/[\s:,]+$/, '')}…`;
  let count = words.length - 1;
  while (count > 1 && whole(count).length > room) count -= 1;
  return count < 1 ? text : whole(count);
}

/**
 * A sentence of at most `room` characters where that is possible.
 * @param giveWay the values that may be cut, the first one first
 */
export function fitting(say: (values: Values) => string, values: Values, room: number, giveWay: string[]): string {
  let now = values;
  for (const name of giveWay) {
    const over = say(now).length - room;
    if (over <= 0) break;
    const text = String(now[name] ?? '');
    now = { ...now, [name]: shortened(text, Math.max(text.length - over, SHORTEST)) };
  }
  return say(now);
}
