// What people write after `github:`, and the target it means.
import type { AddressReading } from '../define.ts';

const ownerForm = /^[A-Za-z0-9][A-Za-z0-9_-]{0,38}$/;
const nameForm = /^[A-Za-z0-9._-]{1,100}$/;
/** Words that stand in the place of an owner in addresses of the web site. */
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

function problem(message: string): AddressReading {
  return { problem: message, hint: 'write `owner/name` for a repository, or `owner` for an organisation or user' };
}

/** The path of a web or git address of the server; null when the text is no address; undefined: another server's. */
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
      problem: `\`${written}\` is not an address on GitHub`,
      hint: 'write `owner/name` or `owner`; another server is named once, by `github.apiUrl`',
    };
  }
  const parts = (path ?? written.trim()).split('/').filter((part) => part !== '');
  const [first = '', second, third] = path !== null && parts[0] === 'orgs' ? parts.slice(1, 2) : parts;
  if (path === null && third !== undefined) return problem(`\`${written}\` has more than one slash`);
  if (!ownerForm.test(first) || (path !== null && sitePaths.has(first.toLowerCase()))) {
    return problem(`\`${written}\` does not name an owner on GitHub`);
  }
  const name = second?.replace(/\.git$/, '');
  if (name !== undefined && (!nameForm.test(name) || name === '.' || name === '..')) {
    return problem(`\`${written}\` does not name a repository on GitHub`);
  }
  const address = name === undefined ? first : `${first}/${name}`;
  return { target: { id: `github:${address.toLowerCase()}`, source: 'github', address, shape: null } };
}
