/** Secrets that let somebody in: made here, and kept as a hash only. */
import { createHash, randomBytes } from 'node:crypto';

/** 256 bits, fit for an address and a cookie. */
export const newToken = (): string => randomBytes(32).toString('base64url');
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
