// Where a redirect leads, and the cookies that are passed on along the way.
import { isUtf8 } from 'node:buffer';
import type { CookieJar } from 'tough-cookie';

/**
 * The absolute address in a `Location` header; null when it is not one. Header bytes arrive as Latin-1: they are read as UTF-8
 * where they are valid UTF-8, and bytes of any other charset are percent-encoded unchanged.
 */
export function locationOf(written: string, from: string): URL | null {
  const bytes = Buffer.from(written, 'latin1');
  const text = isUtf8(bytes)
    ? bytes.toString('utf8')
    : written.replace(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`);
  return URL.parse(text, from);
}

/** The cookies of one exchange, from its first redirect to its answer. */
export interface Cookies {
  /** Keeps the cookies that an answer sets; those that are not allowed for its host are ignored. */
  readonly keep: (set: string | readonly string[] | undefined, url: string) => Promise<void>;
  /** The `Cookie` header for this address; null = none. */
  readonly headerFor: (url: string) => string | null;
}

const cookiesAtMost = 50;

export function createCookies(): Cookies {
  let jar: CookieJar | null = null;
  return {
    keep: async (set, url) => {
      const given = typeof set === 'string' ? [set] : (set ?? []);
      if (given.length === 0) return;
      // Loaded on demand, because few answers set cookies and fewer of those redirect.
      const { CookieJar: Jar } = await import('tough-cookie');
      jar ??= new Jar(undefined, { looseMode: true });
      for (const cookie of given.slice(0, cookiesAtMost)) jar.setCookieSync(cookie, url, { ignoreError: true });
    },
    headerFor: (url) => jar?.getCookieStringSync(url) || null,
  };
}

/** For messages: without user name and query, which may contain tokens. */
export function shown(address: string): string {
  const url = URL.parse(address);
  if (url === null) return 'the address';
  return url.host === '' ? `${url.protocol}…` : `${url.protocol}//${url.host}${url.pathname}`.slice(0, 200);
}
