// One loopback server of the world: reads requests, applies planned faults, answers, and logs everything.
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { createFaults, type Fault, type Faults, sendBomb, sendEndless } from './faults.ts';

/** A request as a handler sees it. */
export interface Ask {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Milliseconds since the epoch, by the world's clock. */
  readonly at: number;
  /** Number of requests being answered by this service, including this one. */
  readonly concurrent: number;
}

/** The answer; an object body is sent as JSON. */
export interface Said {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | object | null;
}

/** Null = no such route: the service answers 501 and records the request as unexpected. */
export type Handler = (ask: Ask) => Said | null | Promise<Said | null>;

export interface LogEntry {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Null while it is being answered, or if it never was. */
  status: number | null;
  fault: Fault['kind'] | null;
}

export interface ServiceOptions {
  readonly name: string;
  readonly now: () => number;
  readonly handle: Handler;
  /** Delay of every answer, in milliseconds. */
  latencyMs?: number;
}

export interface Service {
  readonly name: string;
  /** Without a trailing slash. */
  readonly url: string;
  readonly server: Server;
  readonly faults: Faults;
  /** Every request, oldest first; clear it with `length = 0`. */
  readonly log: LogEntry[];
  /** `METHOD /path` of requests without a route. */
  readonly unexpected: string[];
  /** The most concurrent requests so far. */
  readonly peak: () => number;
  readonly latency: (ms: number) => void;
  readonly close: () => Promise<void>;
}

/** Starts a server on a free loopback port. */
export async function openService(options: ServiceOptions): Promise<Service> {
  const faults = createFaults();
  const log: LogEntry[] = [];
  const unexpected: string[] = [];
  let latencyMs = options.latencyMs ?? 0;
  let concurrent = 0;
  let peak = 0;

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    concurrent += 1;
    peak = Math.max(peak, concurrent);
    response.once('close', () => {
      concurrent -= 1;
    });
    const body = await readBody(request);
    const url = new URL(request.url ?? '/', 'http://loopback');
    const ask: Ask = {
      method: request.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body,
      at: options.now(),
      concurrent,
    };
    const entry: LogEntry = {
      at: ask.at,
      method: ask.method,
      path: ask.path,
      query: url.search,
      headers: ask.headers,
      body: body.toString('utf8'),
      status: null,
      fault: null,
    };
    log.push(entry);
    const fault = faults.next(`${ask.method} ${ask.path}${url.search}`);
    entry.fault = fault?.kind ?? null;
    const handled = async (): Promise<Said> => {
      const said = await options.handle(ask);
      if (said !== null) return said;
      unexpected.push(`${ask.method} ${ask.path}`);
      return { status: 501, body: { message: `the ${options.name} of this world has no ${ask.method} ${ask.path}` } };
    };
    const waitMs = latencyMs + (fault !== null && 'delayMs' in fault ? (fault.delayMs ?? 0) : 0);
    const said = await interfere(fault, handled, response);
    if (said === null) return;
    entry.status = said.status;
    if (waitMs > 0) await later(waitMs);
    const labelled = fault?.kind === 'mislabelled' ? { ...said, headers: { ...said.headers, ...fault.headers } } : said;
    if (fault?.kind === 'slow') await drip(response, labelled, fault.overMs);
    else send(response, labelled, fault?.kind === 'truncated', ask.method === 'HEAD');
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((cause: unknown) => {
      // The client disconnected during its request.
      if (!request.complete) return;
      unexpected.push(`${request.method} ${request.url}: ${cause instanceof Error ? cause.stack : String(cause)}`);
      if (!response.headersSent) send(response, { status: 500, body: { message: String(cause) } }, false, false);
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    name: options.name,
    url: `http://127.0.0.1:${port}`,
    server,
    faults,
    log,
    unexpected,
    peak: () => peak,
    latency: (ms) => {
      latencyMs = ms;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Carries out the fault; returns the answer if one is still to be sent. */
async function interfere(
  fault: Fault | null,
  handled: () => Promise<Said>,
  response: ServerResponse,
): Promise<Said | null> {
  if (fault === null) return handled();
  switch (fault.kind) {
    case 'delay':
    case 'slow':
    case 'mislabelled':
    case 'truncated':
      return handled();
    case 'answer': {
      if (fault.commit === true) await handled();
      return { status: fault.status, headers: fault.headers ?? {}, body: fault.body ?? null };
    }
    case 'hang': {
      if (fault.commit === true) await handled();
      return null;
    }
    case 'reset': {
      if (fault.commit === true) await handled();
      response.socket?.resetAndDestroy();
      return null;
    }
    case 'endless': {
      sendEndless(response, fault);
      return null;
    }
    case 'bomb': {
      sendBomb(response, fault);
      return null;
    }
  }
}

function send(response: ServerResponse, said: Said, cut: boolean, head: boolean): void {
  if (response.destroyed) return;
  const { bytes, type } = encode(said.body ?? null);
  const headers: Record<string, string> = { ...(type === null ? {} : { 'content-type': type }), ...said.headers };
  const bodiless = said.status === 204 || said.status === 304;
  if (!bodiless) headers['content-length'] = String(bytes.length);
  response.writeHead(said.status, headers);
  if (cut) {
    response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.socket?.resetAndDestroy());
    return;
  }
  response.end(bodiless || head ? undefined : bytes);
}

/** Sends the body in ten pieces; stops when the client disconnects. */
async function drip(response: ServerResponse, said: Said, overMs: number): Promise<void> {
  const { bytes, type } = encode(said.body ?? null);
  if (response.destroyed) return;
  response.writeHead(said.status, { ...(type === null ? {} : { 'content-type': type }), ...said.headers });
  const size = Math.ceil(bytes.length / 10);
  for (let start = 0; start < bytes.length && !response.destroyed; start += size) {
    response.write(bytes.subarray(start, start + size));
    await later(overMs / 10);
  }
  response.end();
}

function encode(body: string | Uint8Array | object | null): { bytes: Uint8Array; type: string | null } {
  if (body === null) return { bytes: Buffer.alloc(0), type: null };
  if (typeof body === 'string') return { bytes: Buffer.from(body), type: 'text/plain; charset=utf-8' };
  if (body instanceof Uint8Array) return { bytes: body, type: 'application/octet-stream' };
  return { bytes: Buffer.from(JSON.stringify(body)), type: 'application/json; charset=utf-8' };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function later(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
