// Reads an answer's body: undoes the content encoding and stops at a cap of decoded bytes.
import { Readable, type Transform } from 'node:stream';
import zlib from 'node:zlib';

export type Body =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'too large' }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Node 22.13 has no zstd; it is only asked for where it can be read. */
const hasZstd = typeof zlib.createZstdDecompress === 'function';
export const acceptEncoding = hasZstd ? 'gzip, br, zstd, deflate' : 'gzip, br, deflate';
const encodingsAtMost = 3;

/** Destroys the stream (and with it the connection) when it stops early. Throws what the stream throws. */
export async function readBody(stream: Readable, encoding: string | null, maxBytes: number): Promise<Body> {
  try {
    return await read(stream, encoding, maxBytes);
  } finally {
    discard(stream);
  }
}

/** Throws the rest of a body away; what goes wrong while it is thrown away is of no interest. */
export function discard(stream: Readable): void {
  stream.on('error', () => undefined);
  stream.destroy();
}

async function read(stream: Readable, encoding: string | null, maxBytes: number): Promise<Body> {
  const names = (encoding ?? '').toLowerCase().split(',');
  const coded = names.map((name) => name.trim()).filter((name) => name !== '' && name !== 'identity');
  if (coded.length > encodingsAtMost) return { kind: 'unreadable', reason: 'too many content encodings' };
  let chunks: AsyncIterable<Uint8Array> = stream;
  for (const name of coded.reverse()) {
    const open = decoders[name];
    if (open === undefined) return { kind: 'unreadable', reason: `unknown content encoding ${name.slice(0, 40)}` };
    chunks = through(chunks, open);
  }
  try {
    return await collect(chunks, maxBytes);
  } catch (error) {
    if (isZlibError(error)) return { kind: 'unreadable', reason: 'the compressed answer is damaged or cut short' };
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

type OpenDecoder = (firstByte: number) => Transform;

const zstd: Readonly<Record<string, OpenDecoder>> = hasZstd ? { zstd: () => zlib.createZstdDecompress() } : {};
const decoders: Readonly<Record<string, OpenDecoder>> = {
  gzip: () => zlib.createGunzip(),
  'x-gzip': () => zlib.createGunzip(),
  br: () => zlib.createBrotliDecompress(),
  // Some servers send the bare deflate stream without the zlib header.
  deflate: (first) => ((first & 0x0f) === 8 ? zlib.createInflate() : zlib.createInflateRaw()),
  ...zstd,
};

async function* through(source: AsyncIterable<Uint8Array>, open: OpenDecoder): AsyncGenerator<Uint8Array> {
  const rest = source[Symbol.asyncIterator]();
  const head = await rest.next();
  if (head.done === true) return;
  const decoder = open(head.value[0] ?? 0);
  const input = Readable.from(prepended(head.value, rest));
  input.once('error', (error) => decoder.destroy(error));
  input.pipe(decoder);
  try {
    yield* decoder as AsyncIterable<Uint8Array>;
  } finally {
    input.destroy();
    decoder.destroy();
  }
}

async function* prepended(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

function isZlibError(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return /^(?:Z_|ZSTD_|ERR_BROTLI|ERR__ERROR|ERR_ZSTD|ERR_PADDING)/.test(String(error.code));
}

/** Bodies that are gzip files themselves (sitemap.xml.gz), by their first bytes. */
export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Unpacks a gzip file within the cap; never throws for what is in it. */
export async function gunzip(bytes: Uint8Array, maxBytes: number): Promise<Body> {
  return readBody(Readable.from([bytes]), 'gzip', maxBytes);
}
