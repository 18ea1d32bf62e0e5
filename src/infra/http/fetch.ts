// The `fetch` for libraries: our user agent, a time-out for the whole exchange, a cap on decoded size.
import type { BodyInit, Dispatcher, HeadersInit, Response as Received } from 'undici';
import { Headers, Response, fetch as undiciFetch } from './undici.ts';

const timeoutMs = 30_000;
const maxBytes = 64 * 1024 * 1024;

/** Libraries pass an address and options, never a Request with options of its own. */
export function createFetch(dispatcher: Dispatcher, userAgent: string): typeof globalThis.fetch {
  return async (input, init = {}) => {
    const headers = new Headers(init.headers as HeadersInit);
    if (!headers.has('user-agent')) headers.set('user-agent', userAgent);
    const timeout = AbortSignal.timeout(timeoutMs);
    // Node's own `Request` is not mentioned here: merely accessing it loads a second copy of undici, 13 MB.
    const address = typeof input === 'string' || input instanceof URL ? input : input.url;
    const response = await undiciFetch(address, {
      ...(init.method === undefined ? {} : { method: init.method }),
      ...(init.redirect === undefined ? {} : { redirect: init.redirect }),
      headers,
      body: (init.body ?? null) as BodyInit,
      signal: init.signal ? AbortSignal.any([init.signal, timeout]) : timeout,
      dispatcher,
    });
    return capped(response);
  };
}

function capped(response: Received): Received {
  const { status, statusText, url } = response;
  const answer = new Response(response.body === null ? null : response.body.pipeThrough(counter(url)), {
    status,
    statusText,
    headers: response.headers,
  });
  // A Response made by hand has no `url`, which libraries read.
  return Object.defineProperty(answer, 'url', { value: url });
}

function counter(url: string): TransformStream<Uint8Array, Uint8Array> {
  let size = 0;
  return new TransformStream({
    transform(chunk, controller) {
      size += chunk.byteLength;
      if (size > maxBytes) controller.error(new Error(`${new URL(url).host} sends more than 64 MiB`));
      else controller.enqueue(chunk);
    },
  });
}
