// What `Content-Encoding` says a body is packed in, and whether it really is.

import type { Transform } from 'node:stream';
import zlib from 'node:zlib';

export interface Coding {
  readonly name: string;
  /** Given the first bytes of the body. */
  readonly open: (head: Uint8Array) => Transform;
  /** False when these first bytes are not packed at all, whatever the header says. */
  readonly fits: (head: Uint8Array) => boolean;
}

export type CodingFault = { readonly kind: 'foreign'; readonly name: string } | { readonly kind: 'too many' };
export type Codings = { readonly codings: readonly Coding[] } | { readonly fault: CodingFault };

export const acceptEncoding = 'gzip, br, zstd, deflate';
const codingsAtMost = 3;
/** First bytes that are enough to tell packed from plain. */
export const headBytes = 64;

/** https://www.iana.org/assignments/http-parameters (content codings) that we cannot undo; every other word is no coding. */
const foreign = new Set(['aes128gcm', 'compress', 'dcb', 'dcz', 'exi', 'pack200-gzip', 'x-compress']);

const begins =
  (...magic: readonly number[]) =>
  (head: Uint8Array): boolean =>
    magic.every((byte, index) => head[index] === byte);

const gzip = { open: () => zlib.createGunzip(), fits: begins(0x1f, 0x8b) };
const known: Readonly<Record<string, Omit<Coding, 'name'>>> = {
  gzip,
  'x-gzip': gzip,
  br: { open: () => zlib.createBrotliDecompress(), fits: (head) => !isText(head) },
  deflate: {
    // Some servers send the bare deflate stream without the zlib header.
    open: (head) => (((head[0] ?? 0) & 0x0f) === 8 ? zlib.createInflate() : zlib.createInflateRaw()),
    fits: (head) => !isText(head),
  },
  zstd: { open: () => zlib.createZstdDecompress(), fits: begins(0x28, 0xb5, 0x2f, 0xfd) },
};

/** In the order in which they were applied. Words that name no coding (`UTF-8`, `none`, `aws-chunked`) are passed over. */
export function codingsOf(header: string | null): Codings {
  const codings: Coding[] = [];
  for (const part of (header ?? '').toLowerCase().split(',')) {
    const name = part.trim();
    if (foreign.has(name)) return { fault: { kind: 'foreign', name } };
    const coding = Object.hasOwn(known, name) ? known[name] : undefined;
    if (coding !== undefined) codings.push({ name, ...coding });
  }
  return codings.length > codingsAtMost ? { fault: { kind: 'too many' } } : { codings };
}

/** UTF-8 without control characters: what brotli or deflate, which have no mark of their own, practically never begin with. */
function isText(head: Uint8Array): boolean {
  if (head.some((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return head.length >= 8;
  } catch {
    return false;
  }
}
