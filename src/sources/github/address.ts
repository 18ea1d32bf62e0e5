// Parses what people write after `github:` into a target.
import type { WishReason } from '../../types/reasons/wishes.ts';
import type { AddressReading } from '../define.ts';

const ownerForm = /^[A-Za-z0-9][A-Za-z0-9_-]{0,38}$/;
const nameForm = /^[A-Za-z0-9._-]{1,100}$/;
/** First path segments of the web site that are not owners. */
const sitePaths = new Set([
  'features',
  'login',
  'marketplace',
  'notifications',
  'search',
  'settings',
  'sponsors',
  'topics',
]);

function problem(reason: WishReason): AddressReading {
  return { problem: reason, help: { code: 'help.github', params: {} } };
}

/** The path of a web or git address on github.com; null when the text is not an address; undefined for another host. */
function pathOf(written: string): string | null | undefined {
  const git = /^git@([^:/]+):(.+)$/.exec(written);
  const text = git
    ? `https://${git[1]}/${git[2]}`
    : /^(www\.)?github\.com\//i.test(written)
      ? `https://${written}`
      : written;
  if (!/^[a-z]+:\/\//i.test(text)) return null;
  const url = URL.parse(text);
  if (url === null || !/^(www\.)?github\.com$/i.test(url.hostname)) return undefined;
  return url.pathname;
}

export function readAddress(written: string): AddressReading {
  const path = pathOf(written.trim());
  if (path === undefined) {
    return {
      problem: { code: 'address.github-elsewhere', params: { written } },
      help: { code: 'help.github-server', params: {} },
    };
  }
  const parts = (path ?? written.trim()).split('/').filter((part) => part !== '');
  const [first = '', second, third] = path !== null && parts[0] === 'orgs' ? parts.slice(1, 2) : parts;
  if (path === null && third !== undefined) return problem({ code: 'address.github-slashes', params: { written } });
  if (!ownerForm.test(first) || (path !== null && sitePaths.has(first.toLowerCase()))) {
    return problem({ code: 'address.github-owner', params: { written } });
  }
  const name = second?.replace(/\.git$/, '');
  if (name !== undefined && (!nameForm.test(name) || name === '.' || name === '..')) {
    return problem({ code: 'address.github-repository', params: { written } });
  }
  const address = name === undefined ? first : `${first}/${name}`;
  return { target: { id: `github:${address.toLowerCase()}`, source: 'github', address, shape: null } };
}
