/** Small calendars, as programs write them. */
export const calendar = (...lines: string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//example.org//NL', ...lines, 'END:VCALENDAR', ''].join('\r\n');

export const event = (...lines: string[]): string[] => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'];

let number = 0;

/** A meeting at eight in the evening: `20310127`. */
export const meeting = (day: string, summary = 'Gemeenteraad', ...more: string[]): string[] =>
  event(
    `UID:${String((number += 1))}@example.org`,
    `DTSTART;TZID=Europe/Brussels:${day}T200000`,
    `DTEND;TZID=Europe/Brussels:${day}T223000`,
    `SUMMARY:${summary}`,
    ...more,
  );

/** As many days as asked for, two to a day at most, as a calendar of a town hall with everything in it. */
export function largeCalendar(count: number, summary: (index: number) => string): string {
  const days = Array.from({ length: count }, (_, index) =>
    new Date(Date.UTC(2031, 0, 10 + 2 * (index % 400))).toISOString().slice(0, 10).replaceAll('-', ''),
  );
  return calendar(...days.flatMap((day, index) => meeting(day, summary(index))));
}
