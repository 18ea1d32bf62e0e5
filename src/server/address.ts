// Who asks: the address of the other end, or what a trusted proxy says it is.
import ipaddr from 'ipaddr.js';

type Range = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

/** More hops than any chain of proxies has. */
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

export interface Reached {
  /** One name for all addresses of one IPv6 network: whoever has one of them has all of them. */
  readonly client: string;
  /** The other end is a proxy that the configuration trusts. */
  readonly trusted: boolean;
}

/** `trusted`: addresses and networks of proxies whose `X-Forwarded-For` counts. */
export function createReached(trusted: readonly string[]): (peer: string, forwarded: string | undefined) => Reached {
  const ranges = trusted.map(rangeOf).filter((range) => range !== null);
  return (peer, forwarded) => {
    if (!ipaddr.isValid(peer)) return { client: 'unknown', trusted: false };
    let address = ipaddr.process(peer);
    const direct = address;
    // From the nearest hop on: what stands before an address that is no proxy of ours, anybody could have written.
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
