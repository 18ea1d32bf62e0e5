// Why an HTTP exchange yielded nothing.
import type { ReasonOf } from './reason.ts';

/** `where`: scheme, host and path, without anything that may be secret. */
type At = { readonly where: string };

export interface HttpCodes {
  'http.bad-address': At;
  /** Followed `most` times, at last to `to`. */
  'http.redirects': At & { readonly most: number; readonly to: string };
  'http.redirect-astray': At;
  /** `most`: the limit with its unit, such as `5 MiB`. */
  'http.too-large': At & { readonly most: string };
  'http.encoding': At & { readonly encoding: string };
  'http.encodings': At;
  'http.damaged': At;
  'http.stopped': At;
  'http.slow': At & { readonly seconds: number };
  'http.connect-slow': At;
  /** A private address, in a place where the configuration can exempt hosts of one's own network. */
  'http.private': At & { readonly host: string };
  'http.private-lookup': At & { readonly host: string; readonly address: string };
  /** The same, for people in Discord, who cannot exempt any host. */
  'http.private-strict': At & { readonly host: string };
  'http.private-lookup-strict': At & { readonly host: string; readonly address: string };
  'http.no-host': At;
  'http.no-lookup': At;
  'http.refused': At;
  'http.cut': At;
  'http.cut-short': At;
  'http.certificate': At;
  'http.failed': At;
  /** `detail`: the error code of the system or the library. */
  'http.failed-code': At & { readonly detail: string };
}

export type HttpReason = ReasonOf<HttpCodes>;
