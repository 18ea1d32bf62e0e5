// Where an answer sends us on to, and the cookies that are handed round on the way.
import { isUtf8 } from 'node:buffer';
import type { CookieJar } from 'tough-cookie';

/**
 * The address that a `Location` header names, absolute; null when it is none. Header bytes arrive as Latin-1: where they
 * are UTF-8 they are read as such, and bytes of any other charset are sent back as they came.
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
  /** Keeps what an answer sets; a cookie that is not allowed to stand there is ignored. */
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
      // Few answers set cookies, and fewer of them redirect.
      const { CookieJar: Jar } = await import('tough-cookie');
      jar ??= new Jar(undefined, { looseMode: true });
      for (const cookie of given.slice(0, cookiesAtMost)) jar.setCookieSync(cookie, url, { ignoreError: true });
    },
    headerFor: (url) => jar?.getCookieStringSync(url) || null,
  };
}

/** For messages: no user name, no query, where tokens may stand. */
export function shown(address: string): string {
  const url = URL.parse(address);
  if (url === null) return 'the address';
  return url.host === '' ? `${url.protocol}…` : `${url.protocol}//${url.host}${url.pathname}`.slice(0, 200);
}
