// Parses what people write for an owner or a model on ModelScope.
import type { AddressReading } from '../define.ts';

const hosts: ReadonlySet<string> = new Set(['modelscope.cn', 'www.modelscope.cn']);
const namePattern = /^[A-Za-z0-9][\w.-]{0,95}$/;

export function readAddress(written: string): AddressReading {
  const path = pathOf(written.trim());
  const [owner = '', name, ...more] = (path ?? '').split('/');
  if (!namePattern.test(owner) || (name !== undefined && !namePattern.test(name)) || more.length > 0)
    return {
      problem: { code: 'address.modelscope', params: { written } },
      help: { code: 'help.modelscope', params: {} },
    };
  const address = name === undefined ? owner : `${owner}/${name}`;
  return { target: { id: `modelscope:${address.toLowerCase()}`, source: 'modelscope', address, shape: null } };
}

/** `owner/name` of an address on the site; the text itself when it is not an address; null for another host. */
function pathOf(text: string): string | null {
  const full = /^(?:www\.)?modelscope\.cn\//i.test(text) ? `https://${text}` : text;
  if (!/^[a-z][a-z0-9+.-]*:/i.test(full)) return text;
  if (!URL.canParse(full)) return null;
  const { protocol, hostname, pathname } = new URL(full);
  if (!/^https?:$/.test(protocol) || !hosts.has(hostname)) return null;
  const parts = pathname.split('/').filter((part) => part !== '');
  const [first, owner, name] = parts;
  if (first === 'models' && owner !== undefined) return name === undefined ? owner : `${owner}/${name}`;
  return first === 'organization' && owner !== undefined ? owner : null;
}
