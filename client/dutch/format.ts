/** Days, moments and amounts as a Dutch page writes them. */
import { monthNumber } from '../../definitions/sessions/words.ts';
import { daysBetween, isLocalDate, localDay } from '../../domain/dates.ts';
import type { Instant, LocalDate } from '../../domain/ids.ts';

/** A page writes the same few days hundreds of times: what was written is kept, so much at most. */
const MOST_KEPT = 5_000;

/** Writes days in one way. */
function inUtc(options: Intl.DateTimeFormatOptions): { format: (day: LocalDate) => string } {
  const writer = new Intl.DateTimeFormat('nl-BE', { timeZone: 'UTC', ...options });
  const written = new Map<LocalDate, string>();
  return {
    format(day) {
      const known = written.get(day);
      if (known !== undefined) return known;
      if (written.size >= MOST_KEPT) written.clear();
      const text = writer.format(new Date(`${day}T12:00:00Z`));
      written.set(day, text);
      return text;
    },
  };
}

const dayMonth = inUtc({ day: 'numeric', month: 'long' });
const dayMonthYear = inUtc({ day: 'numeric', month: 'long', year: 'numeric' });
const withWeekday = inUtc({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const compact = inUtc({ day: 'numeric', month: 'short' });
const compactMonth = inUtc({ month: 'short' });
const compactYear = inUtc({ day: 'numeric', month: 'short', year: 'numeric' });
const withShortWeekday = inUtc({ weekday: 'short', day: 'numeric', month: 'short' });
const clockTime = new Intl.DateTimeFormat('nl-BE', { timeZone: 'Europe/Brussels', hour: '2-digit', minute: '2-digit' });
const euros = new Intl.NumberFormat('nl-BE', { style: 'currency', currency: 'EUR', maximumFractionDigits: 2 });

/** A day is named with its year unless it lies within about nine months: "24 juni", "24 juni 2032". */
const NEAR_DAYS = 270;

export const fullDay = (day: LocalDate): string => dayMonthYear.format(day);
export const weekdayDate = (day: LocalDate): string => withWeekday.format(day);
/** `di 17 feb` */
export const compactWeekday = (day: LocalDate): string => withShortWeekday.format(day).replaceAll('.', '');
export const shortDay = (day: LocalDate): string => compact.format(day).replace('.', '');
/** `jan`, and for the first month of a year `2032`. */
export const shortMonth = (day: LocalDate): string =>
  day.slice(5, 7) === '01' ? day.slice(0, 4) : compactMonth.format(day).replace('.', '');
/** `21 jan`, and with its year in another year than today's: `21 jan 2032`. */
export const shortDayOf = (day: LocalDate, today: LocalDate): string =>
  day.slice(0, 4) === today.slice(0, 4) ? shortDay(day) : compactYear.format(day).replace('.', '');
export const nearDay = (day: LocalDate, today: LocalDate): string =>
  Math.abs(daysBetween(today, day)) <= NEAR_DAYS ? dayMonth.format(day) : fullDay(day);
export const moment = (at: Instant): string =>
  `${fullDay(localDay(at))} om ${clockTime.format(new Date(at)).replace(':', '.')} uur`;
export const euro = (amount: number): string => euros.format(amount).replace(/,00$/, '');
const counted = new Intl.NumberFormat('nl-BE', { maximumFractionDigits: 0 });

/** `12 kB`, `3,4 MB`: rounded up, so that nothing has no size. */
export const fileSize = (bytes: number): string => {
  const kilobytes = Math.ceil(bytes / 1024);
  return kilobytes < 1024 ? `${wholeNumber(kilobytes)} kB` : `${(kilobytes / 1024).toFixed(1).replace('.', ',')} MB`;
};
/** `84.999` */
export const wholeNumber = (count: number): string => counted.format(count);
export { capital, joined } from '../../templates/dutch.ts';

const written = (year: string, month: number, day: string): string =>
  `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`;

/**
 * A day as people write it: `2031-06-24` (what a date field sends), `24-06-2031`, `24/6/2031`, `24.6.2031`,
 * `dinsdag 24 juni 2031`. Undefined for anything else, and for a day that does not exist.
 */
export function parseDay(text: string): LocalDate | undefined {
  const tidy = text.trim().toLowerCase();
  const numeric = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(tidy);
  const named = /^(?:[a-z]+,? +)?(\d{1,2}) +([a-z]+)\.? +(\d{4})$/.exec(tidy);
  const month = monthNumber(named?.[2] ?? '');
  let iso = tidy;
  if (numeric) iso = written(numeric[3] ?? '', Number(numeric[2]), numeric[1] ?? '');
  else if (named && month !== undefined) iso = written(named[3] ?? '', month, named[1] ?? '');
  return isLocalDate(iso) ? iso : undefined;
}
