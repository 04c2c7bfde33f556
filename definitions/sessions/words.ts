/** The Dutch words of a calendar. */

const weekdays = ['maandag', 'dinsdag', 'woensdag', 'donderdag', 'vrijdag', 'zaterdag', 'zondag'];
const months = [
  'januari',
  'februari',
  'maart',
  'april',
  'mei',
  'juni',
  'juli',
  'augustus',
  'september',
  'oktober',
  'november',
  'december',
];

const shortWeekdays = [
  ['ma', 'maa'],
  ['di', 'din', 'dins'],
  ['wo', 'woe', 'woens'],
  ['do', 'don', 'dond'],
  ['vr', 'vrij'],
  ['za', 'zat'],
  ['zo', 'zon'],
];
const shortMonths = [
  ['jan'],
  ['feb', 'febr'],
  ['mrt'],
  ['apr'],
  [],
  ['jun'],
  ['jul'],
  ['aug'],
  ['sep', 'sept'],
  ['okt'],
  ['nov'],
  ['dec'],
];

const ordinals: Record<string, number> = { eerste: 1, tweede: 2, derde: 3, vierde: 4, vijfde: 5, laatste: -1 };

const numbered = (names: string[], short: string[][]): Map<string, number> =>
  new Map(names.flatMap((name, index) => [name, ...(short[index] ?? [])].map((word) => [word, index + 1])));

const weekdayNumbers = numbered(weekdays, shortWeekdays);
const monthNumbers = numbered(months, shortMonths);

const plain = (word: string): string => word.toLowerCase().replace(/\.$/, '');

/** 1 (maandag) to 7 (zondag): `dinsdag`, `di`, `di.` */
export const weekdayNumber = (word: string): number | undefined => weekdayNumbers.get(plain(word));

/** 1 to 12: `januari`, `jan`, `jan.` */
export const monthNumber = (word: string): number | undefined => monthNumbers.get(plain(word));

/** `vierde`, `4de` and `4e` are 4; `laatste` is -1. */
export function ordinalNumber(word: string): number | undefined {
  const digits = /^([1-5])(?:ste|de|e)$/.exec(plain(word))?.[1];
  return digits === undefined ? ordinals[plain(word)] : Number(digits);
}

/** @param weekday 1 to 7 */
export const weekdayName = (weekday: number): string => weekdays[weekday - 1] ?? '';

/** @param month 1 to 12 */
export const monthName = (month: number): string => months[month - 1] ?? '';
