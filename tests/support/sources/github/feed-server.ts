// Serves Atom feeds of releases and tags from the same state.
import { find, type Hub } from './state.ts';

const missing = () => new Response('Not Found', { status: 404 });

export function answerFeed(hub: Hub, url: URL): Response {
  const [, owner = '', repo = '', file = ''] = url.pathname.split('/');
  const one = find(hub, `${owner}/${repo}`);
  if (!one) return missing();
  const releases = new Map(one.releases.map((item) => [item.tag, item]));
  const tags = Object.keys(one.tags);
  const names =
    file === 'tags.atom'
      ? tags
      : [...one.releases.map((item) => item.tag), ...tags.filter((item) => !releases.has(item))];
  const entries = names.slice(0, 10).map((name) => {
    const title = releases.get(name)?.name ?? name;
    return `<entry><id>tag:github.com,2008:Repository/${one.id}/${name}</id><updated>2026-01-10T11:00:00Z</updated>
      <link rel="alternate" type="text/html" href="https://github.test/${one.name}/releases/tag/${encodeURIComponent(name)}"/>
      <title>${title.replaceAll('&', '&amp;')}</title><content type="html">&lt;p&gt;notes&lt;/p&gt;</content></entry>`;
  });
  const text = `<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Release notes</title>${entries.join('')}</feed>`;
  return new Response(text, { headers: { 'content-type': 'application/atom+xml; charset=utf-8' } });
}
