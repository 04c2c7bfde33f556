/** The links in mails: signed tokens with ids only, that can be made again for the same mail. */
import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { ContactClaims, ContactLink } from '../activities/links.ts';
import type { PartyId, PathId, PersonId } from '../domain/ids.ts';
import type { LinkCodesStore } from '../store/link-codes.ts';
import { codeOf, hashOfCode, tidyCode } from './link-codes.ts';
import type { KeyRing, LinkKeys } from './link-keys.ts';

export type Verified =
  | { ok: true; claims: ContactClaims }
  /** Of an expired link the claims are given too, so that its page can say whom to ask. */
  | { ok: false; why: 'expired'; claims: ContactClaims }
  | { ok: false; why: 'forged' | 'malformed' };

export interface LinkMaker {
  contactLink: (link: ContactLink) => Promise<string>;
  contactToken: (link: ContactLink) => Promise<string>;
  verifyContact: (token: string) => Promise<Verified>;
  /** What can be typed instead of following the link, and where; undefined where codes are not kept. */
  contactCode: (link: ContactLink) => Promise<{ code: string; page: string } | undefined>;
  /** The link that a typed code stands for; undefined for any other text, and once its key was retired. */
  linkOfCode: (typed: string) => Promise<ContactLink | undefined>;
  /** A token for one purpose that can be made again, and stops when the generation goes up. It has no end of its own. */
  privateToken: (of: PrivateLink) => Promise<string>;
  /** Undefined for anything else than a genuine token of this purpose; the caller compares the generation. */
  verifyPrivate: (purpose: PrivatePurpose, token: string) => Promise<PrivateLink | undefined>;
  pathUrl: (path: PathId) => string;
  /** @param page from its slash on: `/` */
  pageUrl: (page: string) => string;
  /** Where an account switches its digest off without signing in: the same address in each of its digests. */
  digestUrl: (account: string) => Promise<string>;
  signInUrl: (token: string) => string;
}

/** `calendar`: the feed of an account; `digest`: switching its digest off; `region`: the page of a region for its mayors. */
export type PrivatePurpose = 'calendar' | 'digest' | 'region';

export interface PrivateLink {
  purpose: PrivatePurpose;
  /** An account or a path. */
  id: string;
  generation: number;
}

/** Switching off can be asked with any digest that was ever sent: these tokens are not renewed. */
export const DIGEST_GENERATION = 0;

const algorithm = 'HS256';
/** What a token is for; one made for something else does not open a contact's page. */
const purpose = 'regiopad:contact';

const Claims = z.object({
  path: z.string().min(1),
  party: z.string().min(1),
  sub: z.string().min(1),
  gen: z.number().int().nonnegative(),
});

const PrivateClaims = z.object({ sub: z.string().min(1), gen: z.number().int().nonnegative() });
const audienceOf = (purpose: PrivatePurpose): string => `regiopad:${purpose}`;

export interface LinkTools {
  keys: LinkKeys | KeyRing;
  publicUrl: string;
  codes?: LinkCodesStore;
}

/**
 * @param keys asked for each time when it is a function, so that they can be rotated
 * @param codes where typed codes are kept; without it mails have none
 * @param publicUrl where people reach the pages, with a path prefix when they sit behind one, without a slash at the end
 */
export function createLinks({ keys: given, publicUrl, codes }: LinkTools): LinkMaker {
  const ring = typeof given === 'function' ? given : () => given;
  const base = publicUrl.replace(/\/+$/, '');
  const secretOf = (id: string | undefined): Uint8Array | undefined => {
    const { keys } = ring();
    const secret = id === undefined || !Object.hasOwn(keys, id) ? undefined : keys[id];
    return secret === undefined ? undefined : Buffer.from(secret, 'base64url');
  };

  const signingKey = (): { id: string; secret: Uint8Array } => {
    const id = ring().current;
    const secret = secretOf(id);
    if (secret === undefined) throw new Error(`keys.json holds no key ${id}`);
    return { id, secret };
  };

  const contactToken = async (link: ContactLink): Promise<string> => {
    const { id, secret } = signingKey();
    // No moment of issue: the same link is the same token, whenever it is made.
    return new SignJWT({ path: link.path, party: link.party, gen: link.generation })
      .setProtectedHeader({ alg: algorithm, kid: id })
      .setAudience(purpose)
      .setSubject(link.person)
      .setExpirationTime(Date.parse(`${link.expires}T00:00:00Z`) / 1000)
      .sign(secret);
  };

  const privateToken = async ({ purpose: use, id: subject, generation }: PrivateLink): Promise<string> => {
    const { id, secret } = signingKey();
    return new SignJWT({ gen: generation })
      .setProtectedHeader({ alg: algorithm, kid: id })
      .setAudience(audienceOf(use))
      .setSubject(subject)
      .sign(secret);
  };

  return {
    contactToken,
    privateToken,
    contactLink: async (link) => `${base}/m/${await contactToken(link)}`,
    pathUrl: (path) => `${base}/paden/${encodeURIComponent(path)}`,
    pageUrl: (page) => `${base}${page}`,
    digestUrl: async (account) =>
      `${base}/digest/${await privateToken({ purpose: 'digest', id: account, generation: DIGEST_GENERATION })}`,
    async contactCode(link) {
      if (codes === undefined) return undefined;
      const { id: key, secret } = signingKey();
      const code = codeOf(secret, link);
      await codes.keep({ ...link, key, hash: hashOfCode(code) });
      return { code, page: `${base}/m/code` };
    },
    async linkOfCode(typed) {
      const code = tidyCode(typed);
      const kept = code === undefined ? undefined : await codes?.find(hashOfCode(code));
      if (kept === undefined || secretOf(kept.key) === undefined) return undefined;
      const { path, party, person, generation, expires } = kept;
      return { path, party, person, generation, expires };
    },
    signInUrl: (token) => `${base}/aanmelden/${encodeURIComponent(token)}`,

    async verifyPrivate(use, token) {
      try {
        const { payload } = await jwtVerify(token, ({ kid }) => secretOf(kid) ?? unknownKey(), {
          algorithms: [algorithm],
          audience: audienceOf(use),
        });
        const claims = PrivateClaims.safeParse(payload);
        return claims.success ? { purpose: use, id: claims.data.sub, generation: claims.data.gen } : undefined;
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined;
        throw error;
      }
    },

    async verifyContact(token) {
      try {
        const { payload } = await jwtVerify(token, ({ kid }) => secretOf(kid) ?? unknownKey(), {
          algorithms: [algorithm],
          audience: purpose,
          requiredClaims: ['exp'],
        });
        const claims = claimsOf(payload);
        return claims === undefined ? { ok: false, why: 'malformed' } : { ok: true, claims };
      } catch (error) {
        // jose checks the signature before the expiry, so these claims are ours.
        if (error instanceof errors.JWTExpired) {
          const claims = claimsOf(error.payload);
          return claims === undefined ? { ok: false, why: 'malformed' } : { ok: false, why: 'expired', claims };
        }
        const isMalformed = error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid;
        return { ok: false, why: isMalformed ? 'malformed' : 'forged' };
      }
    },
  };
}

function unknownKey(): never {
  throw new errors.JWSSignatureVerificationFailed();
}

function claimsOf(payload: object): ContactClaims | undefined {
  const parsed = Claims.safeParse(payload);
  if (!parsed.success) return undefined;
  const { path, party, sub, gen } = parsed.data;
  return { path: path as PathId, party: party as PartyId, person: sub as PersonId, generation: gen };
}
