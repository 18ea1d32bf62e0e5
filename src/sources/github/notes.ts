// Resolves relative links in release notes against the repository at the release's tag.

/** Where a link may be: in Markdown, as a reference, in HTML. Inline code is matched too, so as to be left unchanged. */
const place = /`[^`\n]{1,500}`|(\]\(<?|^ {0,3}\[[^[\]\n]{1,200}\]: ?|\b(?:href|src)=["'])([^\s"'()<>]{1,1000})/gm;

function absolute(written: string, base: URL, page: string): string {
  if (written.startsWith('#')) return page + written;
  if (/^[a-z][a-z0-9+.-]{0,20}:/i.test(written) || written.startsWith('//')) return written;
  const address = URL.parse(written, base.href);
  return address === null || address.origin !== base.origin ? written : address.href;
}

/**
 * The notes with all relative links made absolute; `page` is the release's own address.
 * `docs/x.md` → `https://github.com/o/r/blob/v1/docs/x.md`, `/o/r/wiki` → `https://github.com/o/r/wiki`.
 */
export function withAbsoluteLinks(text: string, repository: string, tag: string, page: string): string {
  const base = URL.parse(`${repository}/blob/${tag.split('/').map(encodeURIComponent).join('/')}/`);
  if (base === null) return text;
  const linked = (part: string) =>
    part.replaceAll(place, (whole: string, before?: string, written?: string) =>
      before === undefined || written === undefined ? whole : before + absolute(written, base, page),
    );
  const fence = '```';
  return text
    .split(fence)
    .map((part, index) => (index % 2 === 0 ? linked(part) : part))
    .join(fence);
}
