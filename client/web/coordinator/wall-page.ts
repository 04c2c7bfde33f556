/** The page of a region for the wall, to print from the browser. */
import type { FastifyReply } from 'fastify';
import { wallView } from '../../wall/view.ts';
import { sendPage, type Web } from '../web.ts';
import type { OpenPath } from './access.ts';

export function sendWall(web: Web, reply: FastifyReply, { dossier, home }: OpenPath): FastifyReply {
  const title = dossier.texts.text('wall.title', { partnership: dossier.partnership });
  return sendPage(web, reply, 'wall', { title }, { ...wallView(dossier), back: home, css: undefined });
}
