// The Standard Webhooks convention: what a receiver checks. https://www.standardwebhooks.com
import { createHash, createHmac } from 'node:crypto';

/** The key's bytes: the base64 after `whsec_`, which may be left out; null when it is no such key. */
export function keyOf(secret: string): Buffer | null {
  const written = secret.replace(/^whsec_/, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(written)) return null;
  const key = Buffer.from(written, 'base64');
  return key.length >= 16 && key.length <= 128 ? key : null;
}

/** The same for every attempt at the same page, so that a receiver knows a repeat. */
export function messageId(page: string): string {
  return `msg_${createHash('sha256').update(page).digest('base64url').slice(0, 27)}`;
}

/** Headers of one attempt; without a key it goes unsigned. `at` in milliseconds: receivers allow five minutes. */
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
