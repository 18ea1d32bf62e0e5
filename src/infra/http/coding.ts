// The codings that `Content-Encoding` names, and whether a body is really encoded with them.

import type { Transform } from 'node:stream';
import zlib from 'node:zlib';

export interface Coding {
  readonly name: string;
  /** `head`: the first bytes of the body. */
  readonly open: (head: Uint8Array) => Transform;
  /** False when these first bytes are not encoded, whatever the header says. */
  readonly fits: (head: Uint8Array) => boolean;
}

export type CodingFault = { readonly kind: 'foreign'; readonly name: string } | { readonly kind: 'too many' };
export type Codings = { readonly codings: readonly Coding[] } | { readonly fault: CodingFault };

export const acceptEncoding = 'gzip, br, zstd, deflate';
const codingsAtMost = 3;
/** How many first bytes are enough to tell encoded from plain. */
export const headBytes = 64;

/** Codings from https://www.iana.org/assignments/http-parameters that we cannot undo; other unknown words are no codings. */
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

/** In the order in which they were applied. Words that are not codings (`UTF-8`, `none`, `aws-chunked`) are ignored. */
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

/** UTF-8 without control characters, with which brotli and deflate data (that have no signature) practically never begin. */
function isText(head: Uint8Array): boolean {
  if (head.some((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return head.length >= 8;
  } catch {
    return false;
  }
}
