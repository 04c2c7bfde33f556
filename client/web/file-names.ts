/** Names of files that people send: safe to keep, to show and to give back as a download. */

const LONGEST = 120;
/** What Windows keeps for itself. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;
const endings: Record<string, readonly string[]> = { jpeg: ['jpg', 'jpeg'] };

/**
 * The name without folders, control characters and marks that turn the direction of writing or cannot be seen, at most 120
 * characters, with the ending of its kind: `../besluit.exe` that holds a PDF is `besluit.exe.pdf`.
 */
export function tidyFileName(given: string, kind: string): string {
  const plain = given
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, '')
    .replace(/^.*[/\\]/, '')
    .replace(/[<>:"|?*%;]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  const allowed = endings[kind] ?? [kind];
  const ending = allowed.find((each) => plain.toLowerCase().endsWith(`.${each}`));
  const stem = ending === undefined ? plain : plain.slice(0, -ending.length - 1);
  const kept = Array.from(stem)
    .slice(0, LONGEST)
    .join('')
    .replace(/[. ]+$/, '')
    .replace(RESERVED, '_$&');
  return `${kept === '' ? 'bestand' : kept}.${ending ?? allowed[0] ?? kind}`;
}

/** The header for a download: a plain name for old programs, and the whole one (RFC 6266, RFC 8187). */
export function attachmentHeader(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\w. ()-]/g, '_');
  const whole = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}
