// Whose house a link leads to: what two independent sources are told apart by. Imported only when a promise is read, for the
// list of suffixes is long.
import { getDomain } from 'tldts';

/** The registrable domain of a link (`news.example.co.kr` → `example.co.kr`, one's own site on a shared host is one's own); else its host. */
export function hostOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  return getDomain(url, { allowPrivateDomains: true }) ?? (new URL(url).hostname || null);
}
