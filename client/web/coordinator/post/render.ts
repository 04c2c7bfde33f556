/** A mail to come as it would be read. Its links lead to the page of who looks at it: a contact's own link is in no preview. */
import type { Links } from '../../../../activities/links.ts';
import { mailContext } from '../../../../activities/mail-context.ts';
import type { Message } from '../../../../domain/message.ts';
import type { MailContext } from '../../../../templates/mail-context.ts';
import { renderMail, renderSubject } from '../../../../templates/render-mail.ts';
import { renderTestMail } from '../../../../templates/render-test-mail.ts';
import type { Dossier } from '../../dossier.ts';
import type { Web } from '../../web.ts';

/** Undefined for who is not known, or has nothing to read. */
async function made<Made>(
  web: Web,
  dossier: Dossier,
  message: Message,
  render: (message: Message, context: MailContext) => Made,
): Promise<Made | undefined> {
  const person = dossier.people.get(message.to);
  if (person === undefined || message.items.length === 0) return undefined;
  const { state } = dossier;
  const pathUrl: Links['pathUrl'] = (path) => web.links.pathUrl(path);
  const links: Links = { pathUrl, contactLink: () => Promise.resolve(pathUrl(state.id)) };
  const texts = web.mailTexts(state.definition.key, state.topic);
  return render(message, await mailContext({ ...dossier, texts }, links, message, person));
}

/** Its subject alone, for a list. */
export const subjectFor = (web: Web, dossier: Dossier, message: Message) => made(web, dossier, message, renderSubject);

export const rendered = (web: Web, dossier: Dossier, message: Message) => made(web, dossier, message, renderMail);

/** The same with the marks of a test. */
export const renderedTest = (web: Web, dossier: Dossier, message: Message) =>
  made(web, dossier, message, renderTestMail);
