/** A path that somebody who has signed in may see, and in which role they act on it. */
import type { FastifyRequest } from 'fastify';
import type { CommandType } from '../../../domain/commands.ts';
import { asPathId, type PartyId } from '../../../domain/ids.ts';
import type { Actor } from '../../../domain/state.ts';
import { type Dossier, readDossier } from '../dossier.ts';
import { documentsOf } from '../evidence.ts';
import { PageError } from '../failures.ts';
import { actorOf } from '../../access/actor.ts';
import { mayChange, maySee } from '../../access/viewer.ts';
import { accountFrame, requireSession, type Session } from '../sign-in/session.ts';
import type { FrameDetails, Web } from '../web.ts';

export interface OpenPath {
  session: Session;
  dossier: Dossier;
  /** The address of the path's page, below the path prefix. */
  home: string;
  /** Whether this reader may change anything; else the pages show no forms. */
  mayChange: boolean;
}

export type PathRequest = FastifyRequest<{ Params: { path: string } }>;

export const homeOfPath = (path: string): string => `/paden/${encodeURIComponent(path)}`;

/** Throws the page of whatever stands in the way. */
export async function openPath(web: Web, request: PathRequest): Promise<OpenPath> {
  const session = await requireSession(web, request);
  const path = asPathId(request.params.path);
  const dossier = await readDossier(web, path, documentsOf(homeOfPath(path)));
  const back = { action: { href: '/', label: web.pages.texts.text('site.overview') } };
  if (dossier === undefined) throw new PageError('unknown-path', back);
  if (!maySee(session, dossier.state)) throw new PageError('forbidden', back);
  return { session, dossier, home: homeOfPath(path), mayChange: mayChange(session, dossier.state) };
}

/** A path that its reader may change. Throws the page of whatever stands in the way. */
export async function openToChange(web: Web, request: PathRequest): Promise<OpenPath> {
  const open = await openPath(web, request);
  const back = { action: { href: open.home, label: open.dossier.partnership } };
  if (!open.mayChange) throw new PageError('only-reading', back);
  return open;
}

export function actorFor(web: Web, open: OpenPath, command: CommandType, onBehalfOf?: PartyId): Promise<Actor> {
  const { session: viewer, dossier } = open;
  const acting = { viewer, state: dossier.state, command, via: 'web' } as const;
  return actorOf(web.store, { ...acting, ...(onBehalfOf !== undefined && { onBehalfOf }) });
}

export const frameOf = (
  { session, dossier, mayChange: isChanging }: OpenPath,
  title: string,
  isProblem = false,
): FrameDetails => ({
  isOnlyReading: !isChanging,
  title: `${isProblem ? dossier.texts.text('form.title-prefix') : ''}${title === dossier.partnership ? title : `${title} - ${dossier.partnership}`}`,
  account: accountFrame(session),
  status: isProblem ? 422 : 200,
});

/** The pages of one path, with the present one marked. */
export function tabsOf(
  { dossier, home, mayChange: isChanging }: OpenPath,
  current: 'path' | 'conditions' | 'texts' | 'manage' | 'post' | 'mails' | 'log' | 'dossier' | 'none',
) {
  const { texts } = dossier;
  const tabs = [
    { key: 'path', href: home },
    ...(dossier.state.round?.conditions === undefined
      ? []
      : [{ key: 'conditions', href: `${home}/voorwaarden` } as const]),
    { key: 'texts', href: `${home}/teksten` },
    ...(isChanging ? [{ key: 'manage', href: `${home}/beheer` } as const] : []),
    { key: 'post', href: `${home}/post` },
    { key: 'mails', href: `${home}/mails` },
    { key: 'log', href: `${home}/logboek` },
    { key: 'dossier', href: `${home}/dossier` },
  ] as const;
  return tabs.map(({ key, href }) => ({ href, label: texts.text(`path.tab.${key}`), isCurrent: key === current }));
}
