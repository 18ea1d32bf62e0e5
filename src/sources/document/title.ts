// Makes up a title for a link that has none.
import { folded } from '../document/text.ts';

/** `https://x.ai/news/grok-2-is_open.html` → `grok 2 is open`; the link itself when its path contains no words. */
export function titleOfLink(link: string): string {
  const url = new URL(link);
  const segment = url.pathname.split('/').findLast((part) => part !== '') ?? '';
  const words = folded(
    unescaped(segment)
      .replace(/\.(?:html?|php|aspx?|xml)$/i, '')
      .replace(/[-_+]+/g, ' '),
  );
  return (/\p{L}{3}/u.test(words) && url.search === '' ? words : link).slice(0, 300);
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
