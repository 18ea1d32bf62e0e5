// The `fetch` that libraries get: our user agent, a time-out over the whole exchange, a cap on decoded size.
import { type Dispatcher, fetch as undiciFetch } from 'undici';

const timeoutMs = 30_000;
const maxBytes = 64 * 1024 * 1024;

export function createFetch(dispatcher: Dispatcher, userAgent: string): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const headers = Object.fromEntries(request.headers);
    const signal = AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)]);
    const body = request.body === null ? null : new Uint8Array(await request.arrayBuffer());
    const response = await undiciFetch(request.url, {
      method: request.method,
      headers: { 'user-agent': userAgent, ...headers },
      redirect: request.redirect,
      body,
      signal,
      dispatcher,
    });
    return capped(response);
  };
}

interface Received {
  readonly status: number;
  readonly statusText: string;
  readonly url: string;
  readonly headers: Iterable<[string, string]>;
  readonly body: ReadableStream<Uint8Array> | null;
}

function capped(response: Received): Response {
  const { status, statusText, url } = response;
  const answer = new Response(response.body === null ? null : response.body.pipeThrough(counter(url)), {
    status,
    statusText,
    headers: [...response.headers],
  });
  // A Response that is made by hand has no address, and libraries read it.
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
