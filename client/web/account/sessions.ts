/** On one's own page: where one has signed in, and ending that. */
import type { WebSession } from '../../../store/web-sessions.ts';
import type { PageTexts } from '../../../templates/pages/locale.ts';
import { moment } from '../../dutch/format.ts';
import type { Session } from '../sign-in/session.ts';
import type { Web } from '../web.ts';
import { agentParts } from './agents.ts';

export async function sessionsView(web: Web, session: Session) {
  const { texts } = web.pages;
  const sessions = await web.store.accounts.webSessionsOf(session.account.id, session.secret);
  return {
    formToken: session.formToken,
    hasOthers: sessions.length > 1,
    rows: sessions.map(({ id, agent, createdAt, isCurrent }) => {
      const browser = browserText(texts, { agent });
      const since = moment(createdAt);
      return { id, browser, since, isCurrent, end: texts.text('account.sessions.end-one', { browser, since }) };
    }),
  };
}

function browserText(texts: PageTexts, { agent }: Pick<WebSession, 'agent'>): string {
  const { browser, system } = agentParts(agent);
  if (browser === undefined) return texts.text('account.sessions.unknown');
  return system === undefined ? browser : texts.text('account.sessions.browser', { browser, system });
}
