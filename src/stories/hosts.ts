// The site that a link belongs to, by which independent sources are told apart. Imported only when a promise is read, because
// the list of public suffixes is large.
import { getDomain } from 'tldts';

/** The registrable domain of a link (`news.example.co.kr` → `example.co.kr`; on a shared host, its own site), else its host. */
export function hostOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  return getDomain(url, { allowPrivateDomains: true }) ?? (new URL(url).hostname || null);
}
