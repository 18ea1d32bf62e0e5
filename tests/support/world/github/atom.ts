// GitHub's web site: `releases.atom` and `tags.atom` in its format, and raw files.
import { createHash } from 'node:crypto';
import type { Ask, Said } from '../service.ts';
import { xmlText } from '../xml.ts';
import type { GithubContext } from './found.ts';
import { findRepo, type RepoState, shownReleases } from './state.ts';

const ENTRIES = 10;

interface Entry {
  readonly tag: string;
  readonly title: string;
  readonly content: string;
  readonly at: number;
}

/** A function from a request to the web site's answer; null = this world has no such page. */
export function createGithubWeb(context: GithubContext): (ask: Ask) => Said | null {
  return (ask) => {
    const feed = /^\/([^/]+)\/([^/]+)\/(releases|tags)\.atom$/.exec(ask.path);
    if (feed !== null)
      return atom(context, ask, feed[1] ?? '', feed[2] ?? '', feed[3] === 'tags' ? 'tags' : 'releases');
    const raw = /^\/([^/]+)\/([^/]+)\/raw\/[^/]+\/(.+)$/.exec(ask.path);
    if (raw === null) return null;
    const found = findRepo(context.state, raw[1] ?? '', raw[2] ?? '');
    const text = found !== null && 'repo' in found ? found.repo.files.get(raw[3] ?? '') : undefined;
    return text === undefined ? { status: 404, body: '404: Not Found' } : { status: 200, body: text };
  };
}

function atom(context: GithubContext, ask: Ask, owner: string, name: string, kind: 'releases' | 'tags'): Said {
  const found = findRepo(context.state, owner, name);
  if (found === null) {
    return {
      status: 404,
      headers: { 'content-type': 'text/html; charset=utf-8' },
      body: '<!DOCTYPE html><title>Page not found</title>',
    };
  }
  if ('moved' in found) {
    const to = `${context.hosts.web}/${found.moved.owner.login}/${found.moved.name}/${kind}.atom`;
    return { status: 301, headers: { location: to, 'content-type': 'text/html' }, body: '' };
  }
  const body = render(context, found.repo, kind);
  const etag = `W/"${createHash('md5').update(body).digest('hex')}"`;
  const headers = {
    'content-type': 'application/atom+xml; charset=utf-8',
    etag,
    'cache-control': 'max-age=0, private, must-revalidate',
  };
  if (ask.headers['if-none-match'] === etag) return { status: 304, headers };
  return { status: 200, headers, body };
}

function render({ state, hosts }: GithubContext, repo: RepoState, kind: 'releases' | 'tags'): string {
  const fullName = `${repo.owner.login}/${repo.name}`;
  const page = `${hosts.web}/${fullName}`;
  const releases = shownReleases(state, repo);
  // The releases feed lists plain tags, too.
  const entries: readonly Entry[] = repo.tags
    .map((tag) => {
      const release = releases.find((one) => one.tag === tag.name);
      return {
        tag: tag.name,
        title: release?.name ?? tag.name,
        content: release?.body ?? '',
        at: release?.publishedAt ?? tag.at,
      };
    })
    .toSorted((a, b) => b.at - a.at)
    .slice(0, ENTRIES);
  const updated = new Date(entries[0]?.at ?? repo.createdAt).toISOString();
  const title = kind === 'releases' ? `Release notes from ${repo.name}` : `Tags from ${repo.name}`;
  const lines = entries.map(
    (entry) => `  <entry>
    <id>tag:github.com,2008:Repository/${repo.id}/${xmlText(entry.tag)}</id>
    <updated>${new Date(entry.at).toISOString()}</updated>
    <link rel="alternate" type="text/html" href="${page}/releases/tag/${encodeURIComponent(entry.tag)}"/>
    <title>${xmlText(entry.title)}</title>
    <content type="html">${xmlText(entry.content === '' ? 'No content.' : `<p>${xmlText(entry.content)}</p>`)}</content>
    <author><name>${xmlText(repo.owner.login)}</name></author>
    <media:thumbnail height="30" width="30" url="${hosts.web}/avatars/u/${repo.owner.id}?s=60&amp;v=4"/>
  </entry>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" xml:lang="en-US">
  <id>tag:github.com,2008:${page}/${kind}</id>
  <link type="text/html" rel="alternate" href="${page}/${kind}"/>
  <link type="application/atom+xml" rel="self" href="${page}/${kind}.atom"/>
  <title>${xmlText(title)}</title>
  <updated>${updated}</updated>
${lines.join('\n')}
</feed>
`;
}
