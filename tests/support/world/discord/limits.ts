// Discord's rate limits: a bucket per route and channel or webhook, the global limit, and the count of invalid requests.
import { createHash } from 'node:crypto';
import type { Said } from '../service.ts';

export interface BucketSize {
  readonly limit: number;
  readonly windowMs: number;
}

export interface DiscordLimits {
  /** By route as in the routes table; `write` and `read` apply to all other routes. */
  readonly buckets: Record<string, BucketSize>;
  /** Requests per second over all routes, per token (or address). */
  global: number;
  /** The number of invalid requests (401, 403, 429) in ten minutes after which everything is refused, without JSON. */
  invalidPerTenMinutes: number;
  readonly take: (request: Take) => { readonly headers: Record<string, string>; readonly refused: Said | null };
  /** Counts 401, 403 and 429 (except scope `shared`). */
  readonly note: (at: number, status: number, headers: Readonly<Record<string, string>>) => void;
  /** Invalid requests in the last ten minutes. */
  readonly invalid: (at: number) => number;
  /** The number of 429s. */
  refusals: number;
}

interface Take {
  readonly route: string;
  /** Channel, guild or webhook id. */
  readonly major: string;
  /** Token, or address. */
  readonly who: string;
  readonly at: number;
  readonly globalExempt: boolean;
}

const TEN_MINUTES = 600_000;

export function createDiscordLimits(): DiscordLimits {
  const windows = new Map<string, { used: number; resetAt: number }>();
  const invalid: number[] = [];
  const buckets: Record<string, BucketSize> = {
    write: { limit: 5, windowMs: 5000 },
    read: { limit: 50, windowMs: 1000 },
    'POST /webhooks/:webhook/:token': { limit: 5, windowMs: 2000 },
    'POST /channels/:channel/messages/:message/crosspost': { limit: 10, windowMs: 3_600_000 },
    'POST /interactions/:interaction/:token/callback': { limit: 1000, windowMs: 1000 },
  };
  const count = (key: string, size: BucketSize, at: number): { used: number; resetAt: number } => {
    const known = windows.get(key);
    const window = known !== undefined && known.resetAt > at ? known : { used: 0, resetAt: at + size.windowMs };
    windows.set(key, window);
    return window;
  };
  const limits: DiscordLimits = {
    buckets,
    global: 50,
    invalidPerTenMinutes: 10_000,
    refusals: 0,
    note: (at, status, headers) => {
      const counts = (status === 401 || status === 403 || status === 429) && headers['x-ratelimit-scope'] !== 'shared';
      if (counts) invalid.push(at);
    },
    invalid: (at) => invalid.filter((one) => one > at - TEN_MINUTES).length,
    take: ({ route, major, who, at, globalExempt }) => {
      if (limits.invalid(at) >= limits.invalidPerTenMinutes) {
        const headers = { 'content-type': 'text/html', 'retry-after': '600' };
        return { headers: {}, refused: { status: 429, headers, body: '<h1>error code: 1015</h1>' } };
      }
      const size = buckets[route] ??
        (route.startsWith('GET ') ? buckets.read : buckets.write) ?? { limit: 5, windowMs: 5000 };
      const window = count(`${route} ${major} ${who}`, size, at);
      const overall = globalExempt ? null : count(`global ${who}`, { limit: limits.global, windowMs: 1000 }, at);
      const tooMany = overall !== null && overall.used >= limits.global;
      const full = window.used >= size.limit;
      if (!tooMany && !full) {
        window.used += 1;
        if (overall !== null) overall.used += 1;
      }
      const hash = createHash('md5').update(route).digest('hex');
      const headers = {
        'x-ratelimit-limit': String(size.limit),
        'x-ratelimit-remaining': String(size.limit - window.used),
        'x-ratelimit-reset': (window.resetAt / 1000).toFixed(3),
        'x-ratelimit-reset-after': ((window.resetAt - at) / 1000).toFixed(3),
        'x-ratelimit-bucket': hash,
      };
      if (!tooMany && !full) return { headers, refused: null };
      limits.refusals += 1;
      return {
        headers: tooMany ? {} : headers,
        refused: tooManyRequests((tooMany ? overall : window).resetAt - at, tooMany ? 'global' : 'user'),
      };
    },
  };
  return limits;
}

/** 429 in Discord's shape. */
export function tooManyRequests(waitMs: number, scope: 'user' | 'global' | 'shared'): Said {
  const seconds = Math.max(1, Math.ceil(waitMs)) / 1000;
  return {
    status: 429,
    headers: {
      'retry-after': String(Math.ceil(seconds)),
      'x-ratelimit-scope': scope,
      ...(scope === 'global' ? { 'x-ratelimit-global': 'true' } : {}),
    },
    body: { message: 'You are being rate limited.', retry_after: seconds, global: scope === 'global' },
  };
}
