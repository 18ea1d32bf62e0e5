// Bytes over HTTP: time-outs, a cap on decoded size, and a guard against private addresses.

export interface GetOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Whole exchange, in milliseconds; default 20,000. */
  readonly timeoutMs?: number;
  /** Decoded bytes; default 5 MiB. */
  readonly maxBytes?: number;
  /** 'public': refuses private, loopback and other non-unicast addresses (but for `http.allowPrivate`), also after
   *  redirects. 'strict': refuses them without exception. 'any': an address from our own configuration. */
  readonly reach: 'public' | 'strict' | 'any';
  /** Default 5. */
  readonly maxRedirects?: number;
}

export type Reply =
  | {
      readonly kind: 'reply';
      readonly status: number;
      readonly headers: Headers;
      /** After redirects. */
      readonly url: string;
      /** The statuses of the redirects followed, in order (301 and 308 are permanent). */
      readonly redirects: readonly { readonly status: number; readonly from: string; readonly to: string }[];
      readonly bytes: Uint8Array;
    }
  | {
      readonly kind: 'failed';
      readonly fault: 'network' | 'timeout' | 'too large' | 'private address' | 'too many redirects' | 'bad url' | 'aborted';
      /** Says what happened and where, without secrets. */
      readonly reason: string;
    };

export interface Http {
  readonly userAgent: string;
  readonly get: (url: string, options: GetOptions) => Promise<Reply>;
  /** For libraries that bring their own requests (octokit's `request.fetch`): user agent, time-out, size cap (64 MiB). */
  readonly fetch: typeof globalThis.fetch;
  readonly close: () => Promise<void>;
}
