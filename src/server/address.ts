// The client's address: that of the connection, or what a trusted proxy says it is.
import ipaddr from 'ipaddr.js';

type Range = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

/** No real chain of proxies is longer. */
const hopsAtMost = 20;

/** An address or a network (`10.0.0.0/8`); null for anything else. */
function rangeOf(written: string): Range | null {
  const text = written.trim();
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text);
  if (!ipaddr.isValid(text)) return null;
  const address = ipaddr.process(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

function isIn(address: ipaddr.IPv4 | ipaddr.IPv6, ranges: readonly Range[]): boolean {
  return ranges.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits));
}

export interface ClientAddress {
  /** The client's address; an IPv6 address is reduced to its network, since whoever has one address has them all. */
  readonly client: string;
  /** The connection comes from a proxy that the configuration trusts. */
  readonly trusted: boolean;
}

/** `trusted`: addresses and networks of proxies whose `X-Forwarded-For` is believed. */
export function createClientReader(
  trusted: readonly string[],
): (peer: string, forwarded: string | undefined) => ClientAddress {
  const ranges = trusted.map(rangeOf).filter((range) => range !== null);
  return (peer, forwarded) => {
    if (!ipaddr.isValid(peer)) return { client: 'unknown', trusted: false };
    let address = ipaddr.process(peer);
    const direct = address;
    // From the nearest hop outwards: entries before the first untrusted address may have been made up by anybody.
    const hops = (forwarded ?? '').split(',').slice(-hopsAtMost).toReversed();
    for (const hop of hops) {
      const text = hop.trim();
      if (!isIn(address, ranges) || !ipaddr.isValid(text)) break;
      address = ipaddr.process(text);
    }
    return { client: clientName(address), trusted: isIn(direct, ranges) };
  };
}

function clientName(address: ipaddr.IPv4 | ipaddr.IPv6): string {
  if (address.kind() === 'ipv4') return address.toString();
  return `${address.toByteArray().slice(0, 8).join('.')}/64`;
}
