// Reads an answer's body: undoes the content encoding and stops at a cap of decoded bytes.
import { Readable } from 'node:stream';
import { type Coding, type CodingFault, codingsOf, headBytes } from './coding.ts';

/** 'damaged': the compressed data is invalid or ends too soon. */
type Fault = CodingFault | { readonly kind: 'damaged' };

export type Body =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'too large' }
  | { readonly kind: 'unreadable'; readonly fault: Fault };

/** Destroys the stream (and with it the connection) when it stops early. Throws what the stream throws. */
export async function readBody(stream: Readable, encoding: string | null, maxBytes: number): Promise<Body> {
  try {
    return await read(stream, encoding, maxBytes);
  } finally {
    discard(stream);
  }
}

/** Discards the rest of a body; errors while doing so do not matter. */
export function discard(stream: Readable): void {
  stream.on('error', () => undefined);
  stream.destroy();
}

async function read(stream: Readable, encoding: string | null, maxBytes: number): Promise<Body> {
  const wanted = codingsOf(encoding);
  if ('fault' in wanted) return { kind: 'unreadable', fault: wanted.fault };
  let chunks: AsyncIterable<Uint8Array> = stream;
  for (const coding of wanted.codings.toReversed()) chunks = through(chunks, coding);
  try {
    return await collect(chunks, maxBytes);
  } catch (error) {
    if (isZlibError(error)) return { kind: 'unreadable', fault: { kind: 'damaged' } };
    throw error;
  }
}

async function collect(chunks: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Body> {
  const kept: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.byteLength;
    if (size > maxBytes) return { kind: 'too large' };
    kept.push(chunk);
  }
  return { kind: 'bytes', bytes: Buffer.concat(kept, size) };
}

async function* through(source: AsyncIterable<Uint8Array>, coding: Coding): AsyncGenerator<Uint8Array> {
  const rest = source[Symbol.asyncIterator]();
  const head = await headOf(rest);
  if (head.length === 0) return;
  const body = prepended(head, rest);
  if (!coding.fits(head)) return yield* body;
  const decoder = coding.open(head);
  const input = Readable.from(body);
  input.once('error', (error) => decoder.destroy(error));
  input.pipe(decoder);
  try {
    yield* decoder as AsyncIterable<Uint8Array>;
  } finally {
    input.destroy();
    decoder.destroy();
  }
}

/** The first bytes, from as many chunks as needed: a chunk may be a single byte. */
async function headOf(chunks: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  while (size < headBytes) {
    const next = await chunks.next();
    if (next.done === true) break;
    parts.push(next.value);
    size += next.value.byteLength;
  }
  return Buffer.concat(parts, size);
}

async function* prepended(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

function isZlibError(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return /^(?:Z_|ZSTD_|ERR_BROTLI|ERR__ERROR|ERR_ZSTD|ERR_PADDING)/.test(String(error.code));
}

/** Whether a body is itself a gzip file (sitemap.xml.gz), by its first bytes. */
export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Unpacks a gzip file within the cap; never throws because of its content. */
export async function gunzip(bytes: Uint8Array, maxBytes: number): Promise<Body> {
  return readBody(Readable.from([bytes]), 'gzip', maxBytes);
}
