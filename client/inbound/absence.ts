/** The day until which somebody says to be away, as an automatic reply puts it. */
import { isLocalDate } from '../../domain/dates.ts';
import type { LocalDate } from '../../domain/ids.ts';

const months = [
  /^jan/,
  /^f(?:eb|év|ev)/,
  /^m(?:a{1,2}r|rt|är|rz)/,
  /^a(?:pr|vr)/,
  /^m(?:ei|ay|ai)/,
  /^ju(?:n|in)(?!l)/,
  /^ju(?:l|il)/,
  /^a(?:ug|oû|ou)/,
  /^sep/,
  /^o[ck]t/,
  /^nov/,
  /^d(?:ec|éc|ez)/,
];

const untilWords = [
  'tot(?: en met)?|t/m|terug (?:op|vanaf)|vanaf',
  'until|till|through|back (?:on|in the office on)|return(?:ing)? on',
  "jusqu['’]? ?(?:au|à)|de retour le",
  'bis(?: zum| einschließlich)?|wieder (?:ab|am)',
].join('|');
const weekday = [
  '(?:maan|dins|woens|donder|vrij|zater|zon)dag|ma|di|wo|do|vr|za|zo',
  '(?:mon|tues|wednes|thurs|fri|satur|sun)day',
  'lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche',
  '(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend',
].join('|');
const until = new RegExp(
  String.raw`\b(?:${untilWords})\s+(?:(?:and including|including|op|the|le|dem|den)\s+)?(?:(?:${weekday})\b[.,]?\s+)?`,
  'giu',
);
const numeric = /^(\d{1,2})[-/.](\d{1,2})(?:[-/.](\d{4}|\d{2}))?(?!\d)/;
const named = /^(\d{1,2})(?:e|er|st|nd|rd|th|\.)?\s+(?:of\s+)?(\p{L}{3,10})\.?(?:\s+(\d{4}))?/u;
const english = /^(\p{L}{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?/u;

interface Written {
  day: string;
  month: number;
  year: string | undefined;
}

const monthOf = (word: string): number => months.findIndex((pattern) => pattern.test(word.toLowerCase())) + 1;

function written(text: string): Written | undefined {
  const digits = numeric.exec(text);
  if (digits?.[1] !== undefined) return { day: digits[1], month: Number(digits[2]), year: digits[3] };
  const dayFirst = named.exec(text);
  if (dayFirst?.[1] !== undefined) return { day: dayFirst[1], month: monthOf(dayFirst[2] ?? ''), year: dayFirst[3] };
  const monthFirst = english.exec(text);
  if (monthFirst?.[2] !== undefined)
    return { day: monthFirst[2], month: monthOf(monthFirst[1] ?? ''), year: monthFirst[3] };
  return undefined;
}

function dayOf({ day, month, year }: Written, today: LocalDate): LocalDate | undefined {
  const inYear = (number: number): LocalDate | undefined => {
    const text = `${number}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`;
    return isLocalDate(text) ? text : undefined;
  };
  if (year !== undefined) return inYear(Number(year.length === 2 ? `20${year}` : year));
  const thisYear = inYear(Number(today.slice(0, 4)));
  return thisYear !== undefined && thisYear < today ? inYear(Number(today.slice(0, 4)) + 1) : thisYear;
}

/** Longer absences are taken for a mistake in reading. */
const LONGEST_YEARS = 2;

/** Undefined when no day is named, or none that is still to come. Without a year the next such day is meant. */
export function absentUntil(text: string, today: LocalDate): LocalDate | undefined {
  const last = `${Number(today.slice(0, 4)) + LONGEST_YEARS}${today.slice(4)}`;
  const days = [...text.slice(0, 5_000).matchAll(until)].flatMap((match) => {
    const date = written(text.slice(match.index + match[0].length, match.index + match[0].length + 40));
    const day = date && dayOf(date, today);
    return day !== undefined && day >= today && day <= last ? [day] : [];
  });
  return days.sort().at(-1);
}
