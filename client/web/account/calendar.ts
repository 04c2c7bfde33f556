/** On one's own page: the private address of one's calendar, and how it is renewed. */
import type { Session } from '../sign-in/session.ts';
import type { Web } from '../web.ts';

export async function calendarView(web: Web, { account, formToken }: Session) {
  const { feedGeneration: generation } = await web.store.settings.settingsOf(account);
  const token = await web.links.privateToken({ purpose: 'calendar', id: account.id, generation });
  const address = `${web.origin}${web.base}/agenda/${token}.ics`;
  // What programs for calendars open to follow it, instead of copying it once.
  return { formToken, address, follow: address.replace(/^https?:/, 'webcal:') };
}
