// Hugging Face's rate limits, and what an answer's headers say is left of them. https://huggingface.co/docs/hub/rate-limits
// `RateLimit: "api";r=LEFT;t=SECONDS`, `RateLimit-Policy: …;"api";q=LIMIT;w=SECONDS`

import type { Quota } from '../../types/core.ts';

/** A listing or an unchanged model costs one request; a changed model, with its data sets, up to 14. */
export function quotaOf(withToken: boolean): Quota {
  const limit = withToken ? 1_000 : 500;
  return { limit, windowMs: 5 * 60_000, share: 0.4, peak: 1, hot: 0.1 * limit, batch: 1, worst: 14, lanes: 8 };
}

interface Left {
  readonly left: number;
  readonly limit: number | null;
  /** Milliseconds until the next window. */
  readonly resetMs: number;
}

function parameter(item: string, name: string): number | null {
  const found = new RegExp(`(?:^|;)\\s*${name}=(\\d+)`).exec(item)?.[1];
  return found === undefined ? null : Number(found);
}

/** The item named "api"; the other items are quotas for resolvers and pages. */
function apiItem(header: string | null): string | null {
  return header?.split(',').find((item) => item.includes('"api"')) ?? null;
}

export function readQuota(headers: Headers): Left | null {
  const item = apiItem(headers.get('ratelimit'));
  const left = item === null ? null : parameter(item, 'r');
  const reset = item === null ? null : parameter(item, 't');
  if (left === null || reset === null) return null;
  const policy = apiItem(headers.get('ratelimit-policy'));
  return { left, limit: policy === null ? null : parameter(policy, 'q'), resetMs: reset * 1000 };
}

/** `Retry-After` (seconds or a date) in milliseconds from now; null when there is none. */
export function readRetryAfter(headers: Headers, now: number): number | null {
  const written = headers.get('retry-after')?.trim();
  if (!written) return null;
  if (/^\d+$/.test(written)) return Number(written) * 1000;
  const date = Date.parse(written);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
