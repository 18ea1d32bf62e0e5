// What identifies our messages: the nonce, by which Discord drops duplicates, and a page's marker.
import { createHash } from 'node:crypto';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

function base32(bytes: Uint8Array): string {
  let text = '';
  let value = 0;
  let bits = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet[(value >>> bits) & 31] ?? '';
    }
    value &= (1 << bits) - 1;
  }
  return text;
}

function digest(id: string): string {
  return base32(createHash('sha256').update(id).digest());
}

/**
 * At most 25 characters, Discord's limit for a nonce, and the same for every attempt at one page in one channel. The channel
 * is included because Discord compares nonces across all channels of a bot, and two installations may use the same names.
 */
export function nonceOf(channel: string, pageId: string): string {
  return digest(`${channel} ${pageId}`).slice(0, 25);
}

/** `#` and ten characters that identify a page; earlier versions wrote it at the foot of messages. */
export function markerOf(pageId: string): string {
  return `#${digest(pageId).slice(0, 10)}`;
}

const discordEpochMs = 1_420_070_400_000;

/** The smallest id that a message sent at this time can have. */
export function snowflakeAt(ms: number): string {
  return (BigInt(Math.max(0, Math.floor(ms) - discordEpochMs)) << 22n).toString();
}
