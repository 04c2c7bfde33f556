/** What people can type where a name or a reason is asked, at its worst. */
import fc from 'fast-check';

const nasty = [
  ',',
  ';',
  '"',
  "'",
  '<',
  '>',
  '&',
  '\r\nBcc: iemand@example.org',
  '\nSubject: iets anders',
  '\r\n\r\nEen tweede mail',
  '\n--\n',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><a href="https://boos.example.org">',
  '{{partnership}}',
  '{name}',
  '$&',
  '\\',
  '%0d%0aBcc:',
  '=?utf-8?q?a=0d=0aBcc:_x?=',
  '👩‍👩‍👧‍👦',
  'é',
  'e\u0301',
  '\u202e',
  '\u2067',
  '\u2069',
  '\u200f',
  'ليلى',
  'דוד',
  '\u0000',
  '\u0085',
  '\u2028',
  '\t',
  'a'.repeat(300),
  ' ',
  'An Peeters',
];

/** Never without something that can be read: a name of nothing but spaces is refused where it is entered. */
export const hostile = fc
  .array(
    fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...nasty) }, fc.string({ unit: 'grapheme', maxLength: 30 })),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((parts) => `x${parts.join('')}`);
