/** Where preparing a path begins: what can be started, and what was begun before. */
import type { FastifyReply } from 'fastify';
import { localDay } from '../../../domain/dates.ts';
import { draftFrom } from '../../start/draft.ts';
import { fullDay } from '../../dutch/format.ts';
import { accountFrame, type Session } from '../sign-in/session.ts';
import { sendPage, type Web } from '../web.ts';
import { draftAddress, START } from './access.ts';
import type { StartDefinitions } from './loaders.ts';

export async function sendDrafts(
  web: Web,
  definitions: StartDefinitions,
  reply: FastifyReply,
  session: Session,
): Promise<FastifyReply> {
  const { texts } = web.pages;
  const kept = await web.store.startDrafts.list(session.account.id);
  const drafts = kept.flatMap(({ id, content, updatedAt, startedAs }) => {
    const draft = draftFrom(content);
    if (draft === undefined || startedAs !== undefined) return [];
    const name = draft.what['partnership'] ?? '';
    return [
      {
        href: draftAddress(id),
        remove: draftAddress(id, '/weg'),
        name: name === '' ? texts.text('start.drafts.nameless') : name,
        about: texts.text('start.drafts.about', {
          path: web.words(draft.path).title,
          count: draft.rows.length,
          day: fullDay(localDay(updatedAt)),
        }),
      },
    ];
  });
  const heading = texts.text('start.heading');
  return sendPage(
    web,
    reply,
    'start',
    { title: heading, account: accountFrame(session) },
    {
      ...{ heading, drafts, action: START, formToken: session.formToken },
      paths: definitions.paths(),
    },
  );
}
