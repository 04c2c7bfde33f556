/**
 * Encrypts what goes into histories, and decrypts what comes out of them: arguments, results, states, failures, heartbeats.
 * AES-256-GCM with a random nonce of 12 bytes (NIST SP 800-38D, 8.2.2); encryption and key are named in the clear and bound to what
 * they encrypt. What carries no such name was written before there was encryption, and passes as it is.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Payload, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import type { KeyRing } from '../key-file.ts';
import { HistoryKeyError } from './key-error.ts';

const { Payload: PayloadBytes } = proto.temporal.api.common.v1;

/** As in Temporal's own examples: the names of the metadata, and nonce, ciphertext and tag one after the other. */
const ENCODING = 'binary/encrypted';
const KEY_ID = 'encryption-key-id';
const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The id of the key that a payload was encrypted with; undefined when it was not. */
export function keyIdOf({ metadata }: Payload): string | undefined {
  if (metadata?.['encoding'] === undefined || textOf(metadata['encoding']) !== ENCODING) return undefined;
  return textOf(metadata[KEY_ID] ?? new Uint8Array());
}

/**
 * Encodes with the newest key, decodes with each. Throws HistoryKeyErrors.
 * @param ring asked for each time, so that keys can be rotated
 * @param report hears of what cannot be read, once for each key
 */
export function createCodec(ring: KeyRing, report?: (trouble: HistoryKeyError) => void): PayloadCodec {
  const reported = new Set<string>();
  const trouble = (code: HistoryKeyError['code'], id: string): HistoryKeyError => {
    const error = new HistoryKeyError(code, id);
    if (!reported.has(id)) report?.(error);
    reported.add(id);
    return error;
  };

  const secretOf = (id: string): Buffer => {
    const { keys } = ring();
    const secret = Object.hasOwn(keys, id) ? keys[id] : undefined;
    if (secret === undefined) throw trouble('history-key-missing', id);
    return Buffer.from(secret, 'base64url').subarray(0, 32);
  };

  const encrypted = (payload: Payload): Payload => {
    const id = ring().current;
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, secretOf(id), nonce).setAAD(boundTo(id));
    const parts = [nonce, cipher.update(PayloadBytes.encode(payload).finish()), cipher.final(), cipher.getAuthTag()];
    return { metadata: { encoding: Buffer.from(ENCODING), [KEY_ID]: Buffer.from(id) }, data: Buffer.concat(parts) };
  };

  const decrypted = (payload: Payload): Payload => {
    const id = keyIdOf(payload);
    if (id === undefined) return payload;
    const secret = secretOf(id);
    const data = payload.data ?? new Uint8Array();
    try {
      const end = data.length - TAG_BYTES;
      const decipher = createDecipheriv(CIPHER, secret, data.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
        .setAAD(boundTo(id))
        .setAuthTag(data.subarray(end));
      return PayloadBytes.decode(Buffer.concat([decipher.update(data.subarray(NONCE_BYTES, end)), decipher.final()]));
    } catch {
      throw trouble('history-damaged', id);
    }
  };

  return {
    encode: (payloads) => new Promise((resolve) => resolve(payloads.map(encrypted))),
    decode: (payloads) => new Promise((resolve) => resolve(payloads.map(decrypted))),
  };
}

const boundTo = (id: string): Buffer => Buffer.from(`${ENCODING}\0${id}`);
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString();
