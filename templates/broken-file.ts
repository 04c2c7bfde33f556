/** A template or a file of sentences that cannot be used: the message names the file and the line, and what is wrong. */
import { relative } from 'node:path';

const root = new URL('..', import.meta.url).pathname;

export class BrokenFileError extends Error {
  override readonly name = 'BrokenFileError';
  constructor(file: string, line: number, message: string) {
    super(`${shownName(file)}:${line}: ${message}`);
  }
}

/** `templates/mail/mail.html.hbs`, wherever the project is. */
export const shownName = (file: string): string => relative(root, file);
