/** Amounts as people write them. */

/** `11.400`, `11400,50`, `€ 11 400`, `11.400 euro`: in EUR. Undefined for anything else, also for what can mean two things. */
export function parseAmount(text: string): number | undefined {
  const plain = text
    .replace(/€|\b(?:euro?|eur)\b\.?/gi, '')
    .replace(/\s/g, '')
    .replace(/\.(?=\d{3}(?:\D|$))/g, '');
  return /^\d+(?:[.,]\d{1,2})?$/.test(plain) ? Number(plain.replace(',', '.')) : undefined;
}
