/** Short codes to type where a mail arrives without its link: the same link has the same code, and only its hash is kept. */
import { createHash, createHmac } from 'node:crypto';
import type { ContactClaims } from '../activities/links.ts';

/** Crockford's base 32: no I, L, O or U, which are read as others. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Five bits each: 60 in all. */
const SYMBOLS = 12;
const GROUP = 4;

/** `K7QW-0R2M-9XTA` */
export function codeOf(secret: Uint8Array, { path, party, person, generation }: ContactClaims): string {
  const said = JSON.stringify(['regiopad:code', path, party, person, generation]);
  const bytes = createHmac('sha256', secret).update(said).digest();
  const symbols = Array.from({ length: SYMBOLS }, (_, index) => ALPHABET[(bytes[index] ?? 0) & 31] ?? '').join('');
  return symbols.replace(new RegExp(`.{${String(GROUP)}}(?=.)`, 'g'), '$&-');
}

/** A code as people type it, without spaces and dashes, in capitals; undefined when it can be none. */
export function tidyCode(typed: string): string | undefined {
  const plain = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}._]/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  return plain.length === SYMBOLS && [...plain.matchAll(/[0-9A-HJKMNP-TV-Z]/g)].length === SYMBOLS ? plain : undefined;
}

/** By which the store knows a code. */
export const hashOfCode = (code: string): string =>
  createHash('sha256')
    .update(tidyCode(code) ?? '')
    .digest('hex');
