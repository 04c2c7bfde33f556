/** What every page has at hand. */
import type { FastifyBaseLogger, FastifyReply } from 'fastify';
import type { AlertRequest, SignInRequest } from '../../activities/account-mailer.ts';
import type { SendTestMail } from '../../activities/test-mailer.ts';
import type { Instant } from '../../domain/ids.ts';
import type { TextsOf } from '../../templates/mail-context.ts';
import type { PageFrame, Pages } from '../../templates/pages/render.ts';
import type { OidcSettings } from '../../worker/config-oidc.ts';
import type { Store } from '../../store/store.ts';
import type { Drafts } from '../../worker/drafts/drafts.ts';
import type { LinkMaker } from '../../worker/links.ts';
import type { Board } from '../board/board.ts';
import type { PathClient } from '../path-client.ts';
import type { WordsOf } from '../dutch/words.ts';
import type { StartDefinitions } from './start/loaders.ts';

export interface MailboxAccess {
  /** Where the mails are. */
  folder: string;
  /** A Maildir for mails that seem to come in, when nothing else does. */
  spool?: string;
}

export interface WebAppOptions {
  store: Store;
  paths: PathClient;
  links: LinkMaker;
  config: { publicUrl: string; metricsToken?: string | undefined };
  /** Sends the one-time link to who asked for it; may take its time, since nobody waits for it. */
  sendSignIn: (request: SignInRequest) => Promise<unknown>;
  sendTestMail: SendTestMail;
  /** Tells an administrator what does not work; left out, it stands in the log only. */
  sendAlert?: (request: AlertRequest) => Promise<unknown>;
  /** An identity provider (OpenID Connect), when there is one. */
  oidc?: OidcSettings;
  /** Resolves when Temporal answers. */
  pingTemporal: () => Promise<void>;
  clock?: () => Instant;
  words?: WordsOf;
  /** The words of mails. */
  mailTexts?: TextsOf;
  pages?: Pages;
  /** Makes the files of the gallery, by their paths; only where administrators can look at it. */
  gallery?: () => Promise<ReadonlyMap<string, string | Buffer>>;
  /** Present only when the embedded mailbox runs. */
  mailbox?: MailboxAccess;
  /** Multiplies all rate limits; for tests. */
  patience?: number;
  logger?: FastifyBaseLogger;
}

export interface Web extends Omit<WebAppOptions, 'clock' | 'words' | 'mailTexts' | 'pages' | 'patience'> {
  /** Path prefix of the public address; often empty. */
  base: string;
  /** Scheme, host and port of the public address. */
  origin: string;
  pages: Pages;
  drafts: Drafts;
  /** Where all regions stand. */
  board: Board;
  /** What a path can be started from. */
  definitions: StartDefinitions;
  clock: () => Instant;
  words: WordsOf;
  mailTexts: TextsOf;
  patience: number;
}

export type FrameDetails = Omit<PageFrame, 'base' | 'hasMailbox' | 'account'> & {
  status?: number;
  /** Who has signed in, with the pages that are theirs. */
  account?: { name: string; formToken: string; role: string; pages: { key: string; href: string }[] };
};

/** Answers with a page. */
export function sendPage(web: Web, reply: FastifyReply, page: string, frame: FrameDetails, view: object): FastifyReply {
  const { status = 200, account, ...rest } = frame;
  const { base, mailbox, pages } = web;
  const here = reply.request.url.split('?')[0];
  const menu = account?.pages.map(({ key, href }) => ({
    ...{ href, label: pages.texts.text(`site.page.${key}`), isCurrent: href === here },
  }));
  const shown = { ...rest, ...(account && { account: { ...account, pages: menu ?? [] } }) };
  const html = pages.render(page, { ...shown, base, hasMailbox: mailbox !== undefined }, view);
  return reply.code(status).type('text/html; charset=utf-8').header('Cache-Control', 'no-store').send(html);
}

/** Sends the browser on after a POST (303), or to a better address (302). */
export const sendTo = (web: Web, reply: FastifyReply, path: string, status: 302 | 303 = 303): FastifyReply =>
  reply.header('Cache-Control', 'no-store').redirect(`${web.base}${path}`, status);
