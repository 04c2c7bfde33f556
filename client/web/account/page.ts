/** /account: what is one's own. Each section has a file here, a partial `account-…`, and a line in account.hbs. */
import type { FastifyReply } from 'fastify';
import { isWrong, type Problem } from '../forms/fields.ts';
import { accountFrame, type Session } from '../sign-in/session.ts';
import { sendPage, type Web } from '../web.ts';
import { calendarView } from './calendar.ts';
import { digestView, mayHaveDigest } from './digest.ts';
import { sessionsView } from './sessions.ts';
import { mayHaveTokens, tokensView } from './tokens.ts';

export interface AccountNews {
  problem?: Problem;
  /** A key below `account.done`: what has just been done. */
  done?: string;
  /** A token that was just made: it is never shown again. */
  made?: { name: string; token: string };
}

export const doneKeys = ['session', 'sessions', 'revoked', 'digest', 'digest-off', 'calendar'] as const;

export async function sendAccount(
  web: Web,
  reply: FastifyReply,
  session: Session,
  { problem, done, made }: AccountNews = {},
): Promise<FastifyReply> {
  const { texts } = web.pages;
  const { name, email } = session.account;
  const title = texts.text(made === undefined ? 'account.heading' : 'account.tokens.made-title');
  const isProblem = isWrong(problem);
  const known = doneKeys.find((key) => key === done);
  const frame = {
    title: `${isProblem ? texts.text('form.title-prefix') : ''}${title}`,
    account: accountFrame(session),
    status: isProblem ? 422 : 200,
  };
  const view = {
    ...{ name, email, role: texts.text(`account.role.${session.role}`), made },
    done: known === undefined ? undefined : texts.text(`account.done.${known}`),
    digest: mayHaveDigest(session) ? await digestView(web, session) : undefined,
    calendar: await calendarView(web, session),
    sessions: await sessionsView(web, session),
    tokens: mayHaveTokens(session) ? await tokensView(web, session, problem) : undefined,
  };
  return sendPage(web, reply, 'account', frame, view);
}
