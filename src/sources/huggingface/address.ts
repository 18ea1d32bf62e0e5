// Parses what people write for an organisation, user or model on Hugging Face.
import type { WishReason } from '../../types/reasons/wishes.ts';
import type { AddressReading } from '../define.ts';

const hosts = new Set(['huggingface.co', 'www.huggingface.co', 'hf.co']);
/** First path segments of the web site that are not owners. */
const notOwners = new Set(['datasets', 'spaces', 'api', 'models', 'papers', 'blog', 'docs', 'collections', 'settings']);
const namePattern = /^[A-Za-z0-9][\w.-]{0,95}$/;

const refused = (problem: WishReason): AddressReading => ({ problem, help: { code: 'help.hub', params: {} } });

export function readAddress(written: string): AddressReading {
  const text = written.trim();
  const path = pathOf(text);
  if (path === null) return refused({ code: 'address.hub-elsewhere', params: { written: text } });
  const [owner = '', name, ...more] = path.split('/');
  if (notOwners.has(owner.toLowerCase()))
    return refused({ code: 'address.hub-not-models', params: { written: owner.toLowerCase() } });
  const address = name === undefined ? owner : `${owner}/${name}`;
  const isUrl = path !== text;
  if (!namePattern.test(owner) || (name !== undefined && !namePattern.test(name)) || (more.length > 0 && !isUrl))
    return refused(
      text === ''
        ? { code: 'address.empty', params: { kind: 'huggingface' } }
        : { code: 'address.hub', params: { written: text } },
    );
  return {
    target: { id: `huggingface:${address.toLowerCase()}`, source: 'huggingface', address, shape: null },
  };
}

/** `owner/name` of a URL, with or without its scheme; the text itself when it is not a URL; null for another host. */
function pathOf(text: string): string | null {
  const schemed = /^(?:hf\.co|(?:www\.)?huggingface\.co)\//i.test(text) ? `https://${text}` : text;
  if (!/^[a-z][a-z0-9+.-]*:/i.test(schemed)) return text;
  if (!URL.canParse(schemed)) return null;
  const url = new URL(schemed);
  if (!/^https?:$/.test(url.protocol) || !hosts.has(url.hostname)) return null;
  const [owner = '', name] = url.pathname.split('/').filter((part) => part !== '');
  return name === undefined ? owner : `${owner}/${name}`;
}
