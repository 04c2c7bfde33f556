/** Who prepares a path, and the draft that is theirs. */
import type { FastifyRequest } from 'fastify';
import { mayStart } from '../../access/viewer.ts';
import { type CheckedDraft, checkDraft } from '../../start/check.ts';
import { draftFrom, type StartDraft } from '../../start/draft.ts';
import { PageError } from '../failures.ts';
import { requireSession, type Session } from '../sign-in/session.ts';
import type { Web } from '../web.ts';
import type { StartDefinitions } from './loaders.ts';

export const START = '/starten';
export const draftAddress = (id: string, page = ''): string => `${START}/${id}${page}`;

export type DraftRequest = FastifyRequest<{ Params: { draft: string } }>;

export interface OpenDraft {
  session: Session;
  id: string;
  draft: StartDraft;
  checked: CheckedDraft;
  /** Set when it became a path. */
  startedAs?: string;
}

/** Throws the page of whatever stands in the way. */
export async function requireStarter(web: Web, request: FastifyRequest): Promise<Session> {
  const session = await requireSession(web, request);
  if (mayStart(session)) return session;
  throw new PageError('not-allowed', { action: { href: '/', label: web.pages.texts.text('site.overview') } });
}

/** A draft of who has signed in; somebody else's is not there. */
export async function openDraft(web: Web, definitions: StartDefinitions, request: DraftRequest): Promise<OpenDraft> {
  const session = await requireStarter(web, request);
  const kept = await web.store.startDrafts.find(session.account.id, request.params.draft);
  const draft = kept && draftFrom(kept.content);
  const checked = draft && checkDraft(draft, definitions);
  if (kept === undefined || draft === undefined || checked === undefined) {
    throw new PageError('not-found', { action: { href: START, label: web.pages.texts.text('site.page.start') } });
  }
  return { session, id: kept.id, draft, checked, ...(kept.startedAs !== undefined && { startedAs: kept.startedAs }) };
}

/** The same draft as it is now, kept. */
export async function keepDraft(
  web: Web,
  definitions: StartDefinitions,
  open: OpenDraft,
  draft: StartDraft,
): Promise<OpenDraft> {
  await web.store.startDrafts.save(open.session.account.id, open.id, JSON.stringify(draft));
  const checked = checkDraft(draft, definitions);
  return { ...open, draft, checked: checked ?? open.checked };
}
