// Signatures by the Standard Webhooks convention, which receivers can verify: https://www.standardwebhooks.com
import { createHash, createHmac } from 'node:crypto';

/** The key's bytes: base64, with or without the prefix `whsec_`; null when it is not a valid key. */
export function keyOf(secret: string): Buffer | null {
  const written = secret.replace(/^whsec_/, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(written)) return null;
  const key = Buffer.from(written, 'base64');
  return key.length >= 16 && key.length <= 128 ? key : null;
}

/** The same for every attempt at a page, so that receivers recognise repeats. */
export function messageId(page: string): string {
  return `msg_${createHash('sha256').update(page).digest('base64url').slice(0, 27)}`;
}

/** Headers of one attempt; unsigned without a key. `at` in milliseconds since the epoch: receivers tolerate five minutes. */
export function headersOf(id: string, at: number, body: string, key: Buffer | null): Record<string, string> {
  const seconds = String(Math.floor(at / 1000));
  const signed = key === null ? null : createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': seconds,
    ...(signed === null ? {} : { 'webhook-signature': `v1,${signed}` }),
  };
}
