/** Dates, amounts and phrases in Dutch, as they stand in a sentence. */
import { isWorkingDay } from '../domain/calendar.ts';
import type { Instant, LocalDate } from '../domain/ids.ts';
import type { Article } from './mail-context.ts';

const formatter = (options: Intl.DateTimeFormatOptions, timeZone = 'UTC'): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('nl-BE', { timeZone, ...options });

const long = formatter({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const medium = formatter({ day: 'numeric', month: 'long', year: 'numeric' });
const short = formatter({ day: 'numeric', month: 'long' });
const moment = formatter({ day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' }, 'Europe/Brussels');
const dayOfWeek = formatter({ weekday: 'long' });
const euro = new Intl.NumberFormat('nl-BE', { style: 'currency', currency: 'EUR', minimumFractionDigits: 0 });

const asDate = (day: LocalDate): Date => new Date(`${day}T00:00:00Z`);

/** `dinsdag 24 juni 2031` */
export const longDate = (day: LocalDate): string => long.format(asDate(day));

/** `dinsdag 24 juni 2031`; without the day of the week when nobody works on it: `29 juni 2031`. */
export const dueDate = (day: LocalDate): string => (isWorkingDay(day) ? long : medium).format(asDate(day));

/** `24 juni 2031` */
export const fullDate = (day: LocalDate): string => medium.format(asDate(day));

/** `24 juni`, or `24 juni 2032` for who reads it in another year. */
export const plainDate = (day: LocalDate, readOn: LocalDate): string =>
  (day.slice(0, 4) === readOn.slice(0, 4) ? short : medium).format(asDate(day));

/** `24 juni, 14:05` on the clock of Brussels. */
export const plainMoment = (at: Instant): string => moment.format(new Date(at)).replace(' om ', ', ');

/** `maandag`; @param weekday 1 (Monday) to 7 */
export const weekdayName = (weekday: number): string => dayOfWeek.format(new Date(Date.UTC(2024, 0, weekday)));

/** `€ 120.000` */
export const amount = (value: number): string => euro.format(value).replace(/\u00a0/g, ' ');

/** `de intentieverklaring` */
export const withArticle = (noun: string, article: Article = 'de'): string => `${article} ${noun}`;

const list = new Intl.ListFormat('nl-BE');

/** `Asse, Meise en Wemmel` */
export const joined = (names: readonly string[]): string => list.format(names);

export const capital = (text: string): string => text.charAt(0).toLocaleUpperCase('nl') + text.slice(1);
