// Turns faults of the network and refusals of the guard into reasons.
import type { HttpReason } from '../../types/reasons/http.ts';
import type { PrivateAddressError } from './guard.ts';

/** Those who can exempt hosts of their own network get a reason that says how. */
export function privateAddress({ host, address }: PrivateAddressError, strict: boolean, where: string): HttpReason {
  if (host === address) return { code: strict ? 'http.private-strict' : 'http.private', params: { where, host } };
  const code = strict ? 'http.private-lookup-strict' : 'http.private-lookup';
  return { code, params: { where, host, address } };
}

type WhereOnly =
  | 'http.no-host'
  | 'http.no-lookup'
  | 'http.refused'
  | 'http.cut'
  | 'http.cut-short'
  | 'http.certificate';

export const faults: Readonly<Record<string, WhereOnly>> = {
  ENOTFOUND: 'http.no-host',
  EAI_AGAIN: 'http.no-lookup',
  ECONNREFUSED: 'http.refused',
  ECONNRESET: 'http.cut',
  UND_ERR_SOCKET: 'http.cut',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'http.cut-short',
  CERT_HAS_EXPIRED: 'http.certificate',
};

/** Connection attempts to several addresses fail together as an AggregateError. */
export function rootOf(error: unknown): unknown {
  if (error instanceof AggregateError && error.errors.length > 0) return rootOf(error.errors[0]);
  if (error instanceof Error && error.cause instanceof Error) return rootOf(error.cause);
  return error;
}
