// The faults that a request can suffer, and the plan for which requests suffer them.
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

/** One fault. `commit`: the request takes effect although its answer fails. Times are in milliseconds. */
export type Fault =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string | Uint8Array | object;
      readonly delayMs?: number;
      readonly commit?: boolean;
    }
  /** The right answer, late. */
  | { readonly kind: 'delay'; readonly delayMs: number }
  /** No answer, ever. */
  | { readonly kind: 'hang'; readonly commit?: boolean }
  /** The connection is reset instead of an answer. */
  | { readonly kind: 'reset'; readonly commit?: boolean }
  /** The right answer, its body in ten pieces spread over `overMs`. */
  | { readonly kind: 'slow'; readonly overMs: number }
  /** The right answer with wrong headers. */
  | { readonly kind: 'mislabelled'; readonly headers: Readonly<Record<string, string>> }
  /** The right headers, half of the body, then a reset. */
  | { readonly kind: 'truncated' }
  /** 200 and a body without end (1 GB unless `bytes`). */
  | { readonly kind: 'endless'; readonly bytes?: number; readonly type?: string; readonly start?: string }
  /** 200 and a small gzip body that decodes to `bytes` (1 GB). */
  | { readonly kind: 'bomb'; readonly bytes?: number; readonly type?: string; readonly start?: string };

export interface FaultPlan {
  /** The number of requests still to be affected. */
  readonly left: () => number;
  readonly clear: () => void;
}

export interface Faults {
  /**
   * The next `times` (default 1) matching requests fail, after the first `skip`.
   * `match` is compared with `METHOD /path?query`: a string in which `*` matches anything, or an expression.
   */
  readonly plan: (match: string | RegExp, fault: Fault, options?: { times?: number; skip?: number }) => FaultPlan;
  /** Chooses a fault for requests that no plan applies to; null ends it. */
  readonly mix: (fault: ((line: string) => Fault | null) | null) => void;
  /** The fault for this request, which is used up by asking; null = none. */
  readonly next: (line: string) => Fault | null;
  readonly clear: () => void;
}

interface Planned {
  readonly match: RegExp;
  readonly fault: Fault;
  skip: number;
  left: number;
}

export function createFaults(): Faults {
  const planned: Planned[] = [];
  let mixed: ((line: string) => Fault | null) | null = null;
  return {
    mix: (fault) => {
      mixed = fault;
    },
    plan: (match, fault, options = {}) => {
      const entry = { match: expression(match), fault, skip: options.skip ?? 0, left: options.times ?? 1 };
      planned.push(entry);
      return {
        left: () => entry.left,
        clear: () => {
          entry.left = 0;
        },
      };
    },
    next: (line) => {
      for (const entry of planned) {
        if (entry.left === 0 || !entry.match.test(line)) continue;
        if (entry.skip > 0) {
          entry.skip -= 1;
          continue;
        }
        entry.left -= 1;
        return entry.fault;
      }
      return mixed?.(line) ?? null;
    },
    clear: () => {
      planned.length = 0;
    },
  };
}

function expression(match: string | RegExp): RegExp {
  if (typeof match !== 'string') return match;
  const escaped = match.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${escaped}(\\?.*)?$`);
}

const GIGABYTE = 1024 ** 3;

/** Streams `bytes` of filler as fast as the client reads, until it disconnects. */
export function sendEndless(response: ServerResponse, fault: Extract<Fault, { kind: 'endless' }>): void {
  const chunk = Buffer.alloc(64 * 1024, '<item>landfall</item> ');
  let left = fault.bytes ?? GIGABYTE;
  response.writeHead(200, { 'content-type': fault.type ?? 'application/xml' });
  if (fault.start !== undefined) response.write(fault.start);
  const pump = (): void => {
    while (left > 0 && !response.destroyed) {
      left -= chunk.length;
      if (!response.write(chunk)) {
        response.once('drain', pump);
        return;
      }
    }
    if (!response.destroyed) response.end();
  };
  pump();
}

/** A gzip stream of many members, each a megabyte of blanks: quick to make, endless to decode. */
export function sendBomb(response: ServerResponse, fault: Extract<Fault, { kind: 'bomb' }>): void {
  const megabyte = 1024 ** 2;
  const member = gzipSync(Buffer.alloc(megabyte, ' '), { level: 9 });
  const members = Math.ceil((fault.bytes ?? GIGABYTE) / megabyte);
  const start = gzipSync(Buffer.from(fault.start ?? ''));
  response.writeHead(200, { 'content-type': fault.type ?? 'application/xml', 'content-encoding': 'gzip' });
  response.end(Buffer.concat([start, ...Array.from({ length: members }, () => member)]));
}
