/** Reads a form field by field, and keeps what is wrong with each, in the order in which they are asked. */
import { randomUUID } from 'node:crypto';
import { isPhone } from '../../../definitions/fields.ts';
import { MAX_TEXT } from '../../../domain/decide/context.ts';
import type { LocalDate } from '../../../domain/ids.ts';
import type { PageTexts, Values } from '../../../templates/pages/locale.ts';
import { sentenceOf } from '../failures.ts';
import { parseAmount } from '../../dutch/amount.ts';
import { parseDay, wholeNumber } from '../../dutch/format.ts';
import { CONFIRMED, type FormBody, first } from './values.ts';

export type FieldErrors = Record<string, string>;

/** Sessions lie within some years: what lies further ahead or back is a slip of the finger. */
export const FARTHEST_DAYS = 3 * 366;

export class FormReader {
  readonly errors: FieldErrors = {};
  readonly body: FormBody;
  /** What is worth telling once the form is taken, with how often. */
  readonly notes: Record<string, number> = {};
  readonly #texts: PageTexts;

  constructor(body: FormBody, texts: PageTexts) {
    this.body = body;
    this.#texts = texts;
  }

  get isComplete(): boolean {
    return Object.keys(this.errors).length === 0;
  }

  /** Notes what is wrong with a field, once. `missing` and the like are keys below `form.` in the texts. */
  wrong(name: string, key: string, values?: Values): void {
    this.errors[name] ??= this.#texts.text(`form.${key}`, values);
  }

  /** Keeps something to tell afterwards; nothing when it did not happen. */
  note(key: string, count: number): void {
    if (count > 0) this.notes[key] = (this.notes[key] ?? 0) + count;
  }

  /** The id that makes sending the same form twice count once; a form that lost it gets a new one. */
  commandId(): string {
    const given = first(this.body, '_command');
    return /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
  }

  /** Trimmed; undefined when empty. */
  text(name: string, { required = false, max = MAX_TEXT }: { required?: boolean; max?: number } = {}) {
    const text = first(this.body, name).trim();
    if (text === '') {
      if (required) this.wrong(name, 'missing');
      return undefined;
    }
    if (text.length > max) this.errors[name] ??= sentenceOf('text-too-long', { max });
    return text;
  }

  required(name: string, max?: number): string {
    return this.text(name, { required: true, ...(max !== undefined && { max }) }) ?? '';
  }

  day(name: string, { required = false }: { required?: boolean } = {}): LocalDate | undefined {
    const text = this.text(name, { required, max: 60 });
    if (text === undefined) return undefined;
    const day = parseDay(text);
    if (day === undefined) this.errors[name] ??= sentenceOf('invalid-date');
    return day;
  }

  /** Whether the box was ticked that a form with consequences asks for. */
  confirmed(): void {
    if (first(this.body, 'confirmed') !== CONFIRMED) this.wrong('confirmed', 'confirm');
  }

  /** One of a list of values. */
  choice<Value extends string>(name: string, values: readonly Value[]): Value | undefined {
    const given = first(this.body, name);
    const found = values.find((value) => value === given);
    if (found === undefined) this.wrong(name, 'choose');
    return found;
  }

  /** A web address by its form only (http or https): it is never opened. */
  webAddress(name: string, options: { required?: boolean } = {}): string | undefined {
    const text = this.text(name, { ...options, max: 2000 });
    if (text === undefined) return undefined;
    const isWeb = URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol) && !/\s/.test(text);
    if (!isWeb) this.wrong(name, 'web-address');
    return text;
  }

  email(name: string): string {
    const text = this.required(name, 254);
    const isAddress = /^[^\s\p{Cc}@<>(),;:"\\[\]]+@[^\s\p{Cc}@<>(),;:"\\[\]]+\.[^\s\p{Cc}@<>(),;:"\\[\]]+$/u.test(text);
    if (text !== '' && !isAddress) this.wrong(name, 'email');
    return text;
  }

  phone(name: string): string | undefined {
    const text = this.text(name, { max: 30 });
    if (text !== undefined && !isPhone(text)) this.wrong(name, 'phone');
    return text;
  }

  /** A whole number as people write it: `11400`, `11.400`. */
  count(name: string, { from, to }: { from: number; to: number }): number | undefined {
    const text = this.text(name, { max: 20 });
    if (text === undefined) return undefined;
    const plain = text.replace(/[.\s](?=\d{3}(?:\D|$))/g, '');
    const number = /^\d+$/.test(plain) ? Number(plain) : undefined;
    if (number !== undefined && number >= from && number <= to) return number;
    this.wrong(name, 'count', { from: wholeNumber(from), to: wholeNumber(to) });
    return undefined;
  }

  /** An amount in euro as people write it: `11.400`, `11400,50`. */
  amount(name: string): number | undefined {
    const text = this.text(name, { max: 20 });
    if (text === undefined) return undefined;
    const amount = parseAmount(text);
    if (amount === undefined) this.wrong(name, 'amount');
    return amount;
  }
}
