// Fills secrets into an address just before the request, and removes them from the reply, so that no other code sees them.
import { mapTexts } from '../reasons.ts';
import type { Http, HttpReply } from './client.ts';

/** Placeholder name → the piece of text that it stands for, as the configuration hid it. */
type Hidden = Readonly<Record<string, string>>;

const placeholder = /\$(?:\{|%7B)([\w.]+)(?:\}|%7D)/gi;

function originOf(address: string): string | null {
  return URL.parse(address)?.origin ?? null;
}

/** Origin → the placeholders that addresses of the configuration use there. */
function namesAt(addresses: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>();
  for (const address of addresses) {
    const origin = originOf(address);
    if (origin === null) continue;
    const known = names.get(origin) ?? new Set();
    for (const [, name = ''] of address.matchAll(placeholder)) known.add(name);
    names.set(origin, known);
  }
  return names;
}

function reveal(address: string, hidden: Hidden, names: ReadonlySet<string> | undefined): string {
  return address.replaceAll(placeholder, (all, name: string) =>
    names?.has(name) === true ? (hidden[name] ?? all) : all,
  );
}

function conceal(text: string, hidden: Hidden): string {
  return Object.entries(hidden).reduce(
    (safe, [name, piece]) => safe.replaceAll(piece, `\${${name}}`).replaceAll(encodeURIComponent(piece), `\${${name}}`),
    text,
  );
}

function safeReply(reply: HttpReply, hidden: Hidden): HttpReply {
  if (reply.kind === 'failed') return { ...reply, reason: mapTexts(reply.reason, (text) => conceal(text, hidden)) };
  const redirects = reply.redirects.map((hop) => ({
    ...hop,
    from: conceal(hop.from, hidden),
    to: conceal(hop.to, hidden),
  }));
  return { ...reply, url: conceal(reply.url, hidden), redirects };
}

/**
 * `addresses`: those of the configuration. Only their placeholders are filled in: any other may have been written to find out
 * a secret, in a document that we read or by people in Discord, whose targets are requested with reach 'strict'.
 */
export function withSecrets(http: Http, hidden: Hidden, addresses: readonly string[]): Http {
  if (Object.keys(hidden).length === 0) return http;
  const names = namesAt(addresses);
  return {
    ...http,
    get: async (url, options) => {
      const known = options.reach === 'strict' ? undefined : names.get(originOf(url) ?? '');
      return safeReply(await http.get(reveal(url, hidden, known), options), hidden);
    },
  };
}
