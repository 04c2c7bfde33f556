/** One mail of every kind, and every item in every way that it can be put: for the gallery of who edits the words, and for tests. */
import type { Locale } from '../locale.ts';
import type { PathTexts, RenderedMail } from '../mail-context.ts';
import { renderMail } from '../render-mail.ts';
import { renderTestMail } from '../render-test-mail.ts';
import { answerMails } from './answers.ts';
import { calls, reminders, requests } from './asks.ts';
import { factMails, taskMails } from './facts.ts';
import { orderedMails } from './ordered.ts';
import { type MailSample, usualContext } from './sample.ts';

export const mailSamples: MailSample[] = [
  ...requests,
  ...reminders,
  ...calls,
  ...taskMails,
  ...answerMails,
  ...factMails,
  ...orderedMails,
];

/** @param texts the words of the path `igs-cultuur` */
export function renderSample(
  { message, context, isTest = false }: MailSample,
  texts: PathTexts,
  locale?: Locale,
): RenderedMail {
  const usual = usualContext(texts);
  const render = isTest ? renderTestMail : renderMail;
  return render(message, { ...usual, ...context?.(usual) }, locale);
}
