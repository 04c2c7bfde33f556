/** The links that go into mails. Made elsewhere: a link is a signed token, and the keys are no business of a mail. */
import type { LocalDate, PartyId, PathId, PersonId } from '../domain/ids.ts';

/** Whose link it is. */
export interface ContactClaims {
  path: PathId;
  party: PartyId;
  person: PersonId;
  /** The generation of the party's links; a link of an earlier one no longer opens. */
  generation: number;
}

export interface ContactLink extends ContactClaims {
  /** The link opens until this day begins. */
  expires: LocalDate;
}

export interface Links {
  /** The page of one contact of one party. The same input gives the same address. */
  contactLink: (link: ContactLink) => Promise<string>;
  /** What can be typed where the link was taken out of the mail, and where. */
  contactCode?: (link: ContactLink) => Promise<{ code: string; page: string } | undefined>;
  /** The page of a path, for who coordinates it. */
  pathUrl: (path: PathId) => string;
}

/** The links of a digest. */
export interface DigestLinks extends Pick<Links, 'pathUrl'> {
  /** @param page from its slash on: `/` */
  pageUrl: (page: string) => string;
  /** Where an account switches its digest off without signing in. */
  digestUrl: (account: string) => Promise<string>;
}
