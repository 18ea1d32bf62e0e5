// Keeps clear of Discord's block of an address: 10,000 requests within ten minutes that were answered 401, 403 or 429.
// https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans

const windowMs = 10 * 60_000;
const partMs = 60_000;
/** Half of the limit, because the gateway, commands and other programs behind this address count too. */
const most = 5_000;

export interface InvalidRequests {
  /** Milliseconds until a request may be sent; 0 = now. */
  readonly restMs: () => number;
  readonly note: (status: number, headers: Headers) => void;
}

export function createInvalidRequests(now: () => number): InvalidRequests {
  /** By the minute in which they were answered, oldest first. */
  const parts = new Map<number, number>();
  /** Minutes that still count; after the clock was set back, those "from the future" do not. */
  const counted = (at: number): readonly (readonly [number, number])[] => {
    for (const part of parts.keys()) if (part > at || part + partMs + windowMs <= at) parts.delete(part);
    return [...parts];
  };
  return {
    restMs: () => {
      const at = now();
      const list = counted(at);
      let left = list.reduce((sum, [, answers]) => sum + answers, 0);
      let rest = 0;
      for (const [part, answers] of list) {
        if (left < most) break;
        left -= answers;
        rest = part + partMs + windowMs - at;
      }
      return rest;
    },
    note: (status, headers) => {
      const isInvalid =
        status === 401 || status === 403 || (status === 429 && headers.get('x-ratelimit-scope') !== 'shared');
      if (!isInvalid) return;
      const part = Math.floor(now() / partMs) * partMs;
      parts.set(part, (parts.get(part) ?? 0) + 1);
    },
  };
}
