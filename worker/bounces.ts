/**
 * The seal in an address for bounces. A message's number can be worked out by who knows how its key is made; the seal cannot, so
 * only who was sent the mail, or a server that passed it on, can say that it came back.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Bounces } from '../activities/outgoing.ts';
import type { KeyRing } from './link-keys.ts';

/** Hexadecimal digits: at one mail for a guess nobody gets far. */
const DIGITS = 8;

export interface SealedBounces extends Bounces {
  /** Whether a number came with its seal, made from any key that was not retired: a bounce may come days after a rotation. */
  isSealed: (number: string, seal: string) => boolean;
}

/** Undefined without an address for bounces. */
export function createBounces(address: string | undefined, ring: KeyRing): SealedBounces | undefined {
  if (address === undefined) return undefined;
  return {
    address,
    sealOf: (number) => {
      const { current, keys } = ring();
      const key = keys[current];
      if (key === undefined) throw new Error(`keys.json holds no key ${current}`);
      return sealWith(key, number);
    },
    isSealed: (number, seal) => Object.values(ring().keys).some((key) => isSame(sealWith(key, number), seal)),
  };
}

const sealWith = (key: string, number: string): string =>
  createHmac('sha256', Buffer.from(key, 'base64url'))
    .update(`regiopad:bounce ${number}`)
    .digest('hex')
    .slice(0, DIGITS);

const isSame = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
