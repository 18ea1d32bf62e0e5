// Fills secrets into an address when it is asked for, and takes them out of what comes back: nobody else ever sees them.
import type { Http, Reply } from '../http.ts';

/** Placeholder name → the piece of text that it stands for, as the configuration hid it. */
type Hidden = Readonly<Record<string, string>>;

function reveal(address: string, hidden: Hidden): string {
  return address.replaceAll(/\$(?:\{|%7B)([\w.]+)(?:\}|%7D)/gi, (all, name: string) => hidden[name] ?? all);
}

function conceal(text: string, hidden: Hidden): string {
  return Object.entries(hidden).reduce(
    (safe, [name, piece]) => safe.replaceAll(piece, `\${${name}}`).replaceAll(encodeURIComponent(piece), `\${${name}}`),
    text,
  );
}

function safeReply(reply: Reply, hidden: Hidden): Reply {
  if (reply.kind === 'failed') return { ...reply, reason: conceal(reply.reason, hidden) };
  const redirects = reply.redirects.map((hop) => ({
    ...hop,
    from: conceal(hop.from, hidden),
    to: conceal(hop.to, hidden),
  }));
  return { ...reply, url: conceal(reply.url, hidden), redirects };
}

export function withSecrets(http: Http, hidden: Hidden): Http {
  if (Object.keys(hidden).length === 0) return http;
  return {
    ...http,
    get: async (url, options) => safeReply(await http.get(reveal(url, hidden), options), hidden),
  };
}
