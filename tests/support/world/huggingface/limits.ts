// The Hub's rate limits: fixed windows of five minutes, separate for API, resolvers and pages.
// https://huggingface.co/docs/hub/rate-limits
import type { Said } from '../service.ts';

const WINDOW_S = 300;

export type Bucket = 'api' | 'resolvers' | 'pages';

export interface HuggingfaceLimits {
  /** Requests per window, without and with a token. */
  readonly settings: Record<Bucket, { anonymous: number; token: number }>;
  /** Counts one request. */
  readonly spend: (
    principal: string,
    bucket: Bucket,
    at: number,
  ) => { readonly headers: Record<string, string>; readonly refused: Said | null };
  /** How often a limit was exceeded. */
  refusals: number;
}

export function createHuggingfaceLimits(): HuggingfaceLimits {
  const used = new Map<string, number>();
  const limits: HuggingfaceLimits = {
    settings: {
      api: { anonymous: 500, token: 1000 },
      resolvers: { anonymous: 3000, token: 5000 },
      pages: { anonymous: 100, token: 200 },
    },
    refusals: 0,
    spend: (principal, bucket, at) => {
      const quota = limits.settings[bucket][principal === 'anonymous' ? 'anonymous' : 'token'];
      const window = Math.floor(at / 1000 / WINDOW_S);
      const key = `${principal} ${bucket} ${window}`;
      const count = (used.get(key) ?? 0) + 1;
      used.set(key, count);
      const left = Math.max(0, quota - count);
      const resetS = Math.max(1, Math.ceil((window + 1) * WINDOW_S - at / 1000));
      const headers = {
        ratelimit: `"${bucket}";r=${left};t=${resetS}`,
        'ratelimit-policy': `"fixed window";"${bucket}";q=${quota};w=${WINDOW_S}`,
      };
      if (count <= quota) return { headers, refused: null };
      limits.refusals += 1;
      const error = `You have been rate limited: ${quota} requests per ${WINDOW_S} seconds. Retry in ${resetS} seconds.`;
      return { headers, refused: { status: 429, headers: { 'x-error-message': error }, body: { error } } };
    },
  };
  return limits;
}
