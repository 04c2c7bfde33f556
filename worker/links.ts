/** The links in mails: signed tokens with ids only, that can be made again for the same mail. */
import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { LocalDate, PartyId, PathId, PersonId } from '../domain/ids.ts';

const Keys = z.object({
  /** The id of the key that signs; the others still verify. */
  current: z.string().min(1),
  /** 256 bits each, base64url. */
  keys: z.record(z.string(), z.string().min(43)),
});
export type LinkKeys = z.infer<typeof Keys>;

export interface ContactClaims {
  path: PathId;
  party: PartyId;
  person: PersonId;
  generation: number;
}

export interface ContactLink extends ContactClaims {
  /** The link opens until this day begins. */
  expires: LocalDate;
}

export type Verified =
  | { ok: true; claims: ContactClaims }
  /** Of an expired link the claims are given too, so that its page can say whom to ask. */
  | { ok: false; why: 'expired'; claims: ContactClaims }
  | { ok: false; why: 'forged' | 'malformed' };

export interface LinkMaker {
  contactLink: (link: ContactLink) => Promise<string>;
  contactToken: (link: ContactLink) => Promise<string>;
  verifyContact: (token: string) => Promise<Verified>;
  pathUrl: (path: PathId) => string;
  signInUrl: (token: string) => string;
}

const algorithm = 'HS256';
/** What a token is for; one made for something else does not open a contact's page. */
const purpose = 'regiopad:contact';

const Claims = z.object({
  path: z.string().min(1),
  party: z.string().min(1),
  sub: z.string().min(1),
  gen: z.number().int().nonnegative(),
});

/**
 * @param publicUrl where people reach the pages, with a path prefix when they sit behind one, without a slash at the end
 */
export function createLinks({ keys, publicUrl }: { keys: LinkKeys; publicUrl: string }): LinkMaker {
  const base = publicUrl.replace(/\/+$/, '');
  const secretOf = (id: string | undefined): Uint8Array | undefined => {
    const secret = id === undefined ? undefined : keys.keys[id];
    return secret === undefined ? undefined : Buffer.from(secret, 'base64url');
  };

  const contactToken = async (link: ContactLink): Promise<string> => {
    const secret = secretOf(keys.current);
    if (secret === undefined) throw new Error(`keys.json holds no key ${keys.current}`);
    // No moment of issue: the same link is the same token, whenever it is made.
    return new SignJWT({ path: link.path, party: link.party, gen: link.generation })
      .setProtectedHeader({ alg: algorithm, kid: keys.current })
      .setAudience(purpose)
      .setSubject(link.person)
      .setExpirationTime(Date.parse(`${link.expires}T00:00:00Z`) / 1000)
      .sign(secret);
  };

  return {
    contactToken,
    contactLink: async (link) => `${base}/m/${await contactToken(link)}`,
    pathUrl: (path) => `${base}/paden/${encodeURIComponent(path)}`,
    signInUrl: (token) => `${base}/aanmelden/${encodeURIComponent(token)}`,

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

/**
 * The signing keys of a data folder, from keys.json, which only its owner can read. Made at first use; when two processes
 * do so at once, one file wins. Adding a key and naming it `current` rotates: older links keep working.
 */
export function loadLinkKeys(dataDir: string): LinkKeys {
  const file = join(dataDir, 'keys.json');
  const found = readKeys(file);
  if (found !== undefined) return found;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  const fresh: LinkKeys = { current: 'k1', keys: { k1: randomBytes(32).toString('base64url') } };
  writeFileSync(draft, `${JSON.stringify(fresh, undefined, 2)}\n`, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  const kept = readKeys(file);
  if (kept === undefined) throw new Error(`Cannot read ${file}`);
  return kept;
}

function readKeys(file: string): LinkKeys | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const keys = Keys.parse(JSON.parse(text));
  if (keys.keys[keys.current] === undefined) throw new Error(`${file}: there is no key "${keys.current}"`);
  return keys;
}
