/** Who may see the page behind a link, and what stands in the way: each case ends on its own page. */
import type { FastifyRequest } from 'fastify';
import { localDay } from '../../../domain/dates.ts';
import { presentId, speaksFor } from '../../../domain/details.ts';
import { asPathId, municipalityParty, type PartyId, type PathId, type PersonId } from '../../../domain/ids.ts';
import type { Party } from '../../../domain/state.ts';
import type { ContactClaims } from '../../../activities/links.ts';
import { type Dossier, helper, readDossier } from '../dossier.ts';
import { documentsOf } from '../evidence.ts';
import { type DeadEnd, PageError } from '../failures.ts';
import { fullDay } from '../../dutch/format.ts';
import { cookieOptions, formTokenFor } from '../security.ts';
import type { Web } from '../web.ts';

export const CONTACT_COOKIE = 'regiopad_contact';
/** How long a browser stays on the page without the link from the mail: who is slow loses nothing (WCAG 2.2.1: 20 hours). */
const COOKIE_SECONDS = 24 * 3600;

/** Someone with a valid link, on the page it opens. */
export interface Visit {
  dossier: Dossier;
  party: Party;
  person: PersonId;
  formToken: string;
  /** The address of the page, below the path prefix. */
  home: string;
}

export interface ContactParams {
  path: string;
  nis: string;
}

export const homeOf = (path: PathId, party: PartyId): string =>
  `/m/p/${encodeURIComponent(path)}/${party.replace('nis:', '')}`;

/** The cookie of one page goes to that page only: someone with two links has two. */
export const contactCookie = (web: Web, { path, party }: ContactClaims) =>
  cookieOptions(web, homeOf(path, party), COOKIE_SECONDS);

/** What stands on every dead end about a party: where one was, and whom to ask. */
function about(dossier: Dossier, party: PartyId): DeadEnd {
  const contact = helper(dossier);
  return { about: `${dossier.partnership} · ${dossier.words.party(party)}`, ...(contact && { contact }) };
}

/** For who has nothing but a mail: what is left to try, and whom to ask. */
const askInMail = ({ pages: { texts } }: Web): DeadEnd => ({
  lines: [texts.text('municipality.ask-in-mail')],
  action: { href: '/m/code', label: texts.text('municipality.type-code') },
});

/** What a token says. Throws the page of a link that is forged or has expired. */
export async function readToken(web: Web, token: string): Promise<ContactClaims> {
  const verified = await web.links.verifyContact(token);
  if (verified.ok) return verified.claims;
  if (verified.why !== 'expired') throw new PageError('link-forged', askInMail(web));
  const dossier = await readDossier(web, verified.claims.path);
  const contact = dossier && helper(dossier);
  throw new PageError('link-expired', {
    lines: [
      web.pages.texts.text('municipality.ask-new-link'),
      ...(contact === undefined ? [web.pages.texts.text('municipality.ask-in-mail')] : []),
    ],
    ...(contact && { contact }),
  });
}

/** The visit behind a request to a clean address. Throws the page of whatever stands in the way. */
export async function openVisit(web: Web, request: FastifyRequest<{ Params: ContactParams }>): Promise<Visit> {
  const token = request.cookies[CONTACT_COOKIE];
  if (token === undefined) throw new PageError('link-cookie-missing', askInMail(web));
  const claims = await readToken(web, token);
  const path = asPathId(request.params.path);
  const id = municipalityParty(request.params.nis);
  if (claims.path !== path || claims.party !== id) throw new PageError('link-cookie-missing', askInMail(web));
  const dossier = await readDossier(web, path, documentsOf(homeOf(path, id)));
  if (dossier === undefined)
    throw new PageError('unknown-path', { lines: [web.pages.texts.text('municipality.ask-in-mail')] });
  const party = dossier.state.parties[id];
  if (party === undefined) throw new PageError('unknown-party', about(dossier, id));
  checkOpen(web, dossier, party, claims);
  return {
    dossier,
    party,
    person: presentId(party, claims.person),
    formToken: formTokenFor(token),
    home: homeOf(path, id),
  };
}

/** Whether a link is still the one of who speaks for a party. */
const isCurrentLink = (party: Party, claims: ContactClaims): boolean =>
  party.linkGeneration === claims.generation && speaksFor(party, claims.person);

/** Whether a link opens its page now, or at least the page that says what became of it. */
export async function opens(web: Web, token: string): Promise<ContactClaims | undefined> {
  const verified = await web.links.verifyContact(token);
  if (!verified.ok) return undefined;
  const state = await web.store.snapshots.snapshot(verified.claims.path);
  const party = state?.parties[verified.claims.party];
  return party !== undefined && isCurrentLink(party, verified.claims) ? verified.claims : undefined;
}

function checkOpen(web: Web, dossier: Dossier, party: Party, claims: ContactClaims): void {
  const { texts } = web.pages;
  if (party.leftOn !== undefined) {
    const { mergedInto, leftOn: on } = party;
    const end = { ...about(dossier, party.id), status: 410 };
    if (mergedInto === undefined) throw new PageError('party-left', end, { on });
    const names = { party: dossier.words.party(party.id), into: dossier.words.party(mergedInto) };
    const lines = [texts.text('municipality.merged', names)];
    throw new PageError(
      'party-left',
      { ...end, heading: texts.text('municipality.merged-heading', names), lines },
      { on },
    );
  }
  if (isCurrentLink(party, claims)) return;
  const since = party.contactSince;
  const lines = [
    ...(since === undefined ? [] : [texts.text('municipality.replaced-on', { day: fullDay(localDay(since)) })]),
    texts.text('municipality.newest-link'),
  ];
  throw new PageError('link-revoked', { ...about(dossier, party.id), lines });
}
