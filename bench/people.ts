/** Contacts with their links, who answer through the page as people do. */
import { linksExpireOn } from '../activities/mail-context.ts';
import { askKey, type PartyId, type PersonId } from '../domain/ids.ts';
import type { PathState } from '../domain/state.ts';
import { browserAt } from '../test/postgres/browser-at.ts';
import type { LinkMaker } from '../worker/links.ts';
import { ASKED, ASKED_ON } from './reached.ts';

/** Longer than anything here takes. */
const PATIENCE_MS = 60_000;

export interface Contact {
  state: PathState;
  party: PartyId;
  person: PersonId;
  token: string;
  /** Each town hall has its own: one for all would meet the limits. */
  address: string;
}

/** Everybody who was asked. */
export async function contactsOf(states: readonly PathState[], links: LinkMaker): Promise<Contact[]> {
  const contacts: Contact[] = [];
  for (const state of states) {
    const expires = linksExpireOn(state);
    for (const each of Object.values(state.parties)) {
      const ask = each && state.asks[askKey(ASKED, each.id)];
      if (each?.contact === undefined || ask?.status !== 'requested') continue;
      const { id: party, contact: person, linkGeneration: generation } = each;
      const token = await links.contactToken({ path: state.id, party, person, generation, expires });
      const index = contacts.length;
      contacts.push({ state, party, person, token, address: `10.1.${String(index >> 8)}.${String(index & 255)}` });
    }
  }
  return contacts;
}

/** Opens the page of a link; the result presses its button, once, and gives the milliseconds until the response. */
export async function atTheForm(webUrl: string, { token, address }: Contact): Promise<() => Promise<number>> {
  const from = { 'x-forwarded-for': address };
  const browser = browserAt(webUrl, { headers: from, patienceMs: PATIENCE_MS });
  await browser.get(`/m/${token}`);
  const form = browser.forms().find(({ id }) => id === `antwoord-${ASKED}`);
  if (form === undefined) throw new Error(`no form for ${ASKED}: ${browser.text.slice(0, 300)}`);
  const { action } = form;
  const fields = {
    ...{ ...form.fields, name: 'Contact Proef', function: 'cultuur', answer: 'approved' },
    ...{ 'approved.session': 'other', 'approved.date': ASKED_ON },
  };
  const request = {
    ...({ method: 'POST', redirect: 'manual', body: new URLSearchParams(fields) } as const),
    headers: { ...from, origin: webUrl, cookie: browser.cookieHeader(action) },
  };
  return async () => {
    const since = performance.now();
    const response = await fetch(new URL(action, webUrl), { ...request, signal: AbortSignal.timeout(PATIENCE_MS) });
    const took = performance.now() - since;
    const body = await response.text();
    if (response.headers.get('location')?.includes('genoteerd=') !== true)
      throw new Error(`not noted (${String(response.status)}): ${body.replace(/<[^>]+>/g, ' ').slice(0, 500)}`);
    return took;
  };
}
