// Refuses connections to addresses that are not on the public internet.
import { lookup as dnsLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { buildConnector as Build } from 'undici';
import { buildConnector } from './undici.ts';

const codeOfRefusal = 'LANDFALL_PRIVATE';

/** A class, because the refusal is raised inside the connection and has to pass through undici as an error. */
export class PrivateAddressError extends Error {
  readonly code = codeOfRefusal;
  readonly host: string;
  /** Equal to `host` when that is an address itself. */
  readonly address: string;
  constructor(host: string, address: string) {
    super(address === host ? `${host} is a private address` : `${host} leads to the private address ${address}`);
    this.host = host;
    this.address = address;
  }
}

export function isPrivateRefusal(error: unknown): error is PrivateAddressError {
  return error instanceof PrivateAddressError;
}

/** True for global unicast addresses; IPv4 inside IPv6 (mapped, NAT64) is judged as the IPv4 address it is. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  const range: string = parsed.range();
  if (parsed instanceof ipaddr.IPv4) return range === 'unicast';
  if (range === 'rfc6052') return isPublicAddress(parsed.toByteArray().slice(-4).join('.'));
  return range === 'unicast' && parsed.match(ipaddr.IPv6.parse('2000::'), 3);
}

/** One spelling for host names from `http.allowPrivate` and from URLs. */
export function plainHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
}

/** The connector of an undici Agent that only reaches public addresses, except for the exempt hosts. */
export function guardedConnector(exempt: ReadonlySet<string>, timeoutMs: number): Build.connector {
  const open = buildConnector({ timeout: timeoutMs, allowH2: false });
  const guarded = buildConnector({ timeout: timeoutMs, allowH2: false, lookup: publicLookup });
  return (options, callback) => {
    const host = plainHost(options.hostname);
    if (exempt.has(host)) return open(options, callback);
    // A literal address is never looked up, so it is checked here.
    if (isIP(host) !== 0 && !isPublicAddress(host)) return callback(new PrivateAddressError(host, host), null);
    return guarded(options, callback);
  };
}

const publicLookup: LookupFunction = (hostname, options, callback) => {
  const all: LookupOptions & { all: true } = { ...options, all: true };
  dnsLookup(hostname, all, (error, addresses) => {
    if (error !== null) return callback(error, '', 0);
    const allowed = addresses.filter((entry) => isPublicAddress(entry.address));
    const first = allowed[0];
    if (first === undefined) return callback(refusal(hostname, addresses), '', 0);
    if (options.all === true) return callback(null, allowed);
    return callback(null, first.address, first.family);
  });
};

const refusal = (hostname: string, addresses: readonly LookupAddress[]): PrivateAddressError =>
  new PrivateAddressError(hostname, addresses[0]?.address ?? 'none');
