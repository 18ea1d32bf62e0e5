// The fallback without a token: once the hour's requests are used up, the web site's Atom feeds still show new tags.
import type { Http, HttpReply } from '../../infra/http/client.ts';
import type { PollResult, Target } from '../../types/core.ts';
import type { GithubSession } from './client.ts';
import type { RepositoryCursor } from './cursor.ts';
import { type RepositoryDocument, unasked } from './document.ts';
import { readRepository } from './read-repository.ts';

export interface Feeds {
  /** Null when the feeds do not help: missing, refused, or without anything they could prove. */
  readonly look: (target: Target, cursor: RepositoryCursor, asking: GithubSession) => Promise<PollResult | null>;
}

/** The web site has its own limits, which are meant for people. */
const restMs = 15 * 60_000;

export function openFeeds(http: Http, server: string): Feeds {
  let silentUntil = 0;

  async function get(url: string, asking: GithubSession): Promise<string | null> {
    if (asking.context.now() < silentUntil) return null;
    const reply: HttpReply = await http.get(url, {
      headers: { accept: 'application/atom+xml' },
      signal: asking.context.signal,
      reach: 'any',
    });
    if (reply.kind === 'reply' && reply.status === 200) return new TextDecoder().decode(reply.bytes);
    // A missing feed concerns one repository; any other failure concerns the whole host.
    if (reply.kind === 'failed' || reply.status !== 404) silentUntil = asking.context.now() + restMs;
    return null;
  }

  async function look(target: Target, cursor: RepositoryCursor, asking: GithubSession): Promise<PollResult | null> {
    const name = cursor.name ?? target.address;
    const texts = [
      await get(`${server}/${name}/releases.atom`, asking),
      await get(`${server}/${name}/tags.atom`, asking),
    ];
    const { readFeed } = await import('./feed.ts');
    const lists = texts.map((text) => (text === null ? null : readFeed(text)));
    if (lists.some((list) => list === null)) return null;
    const tags = new Set(lists.flatMap((list) => list ?? []));
    const items = [...tags].map((tag) => ({ name: tag, commit: null }));
    const document: RepositoryDocument = {
      what: 'repository',
      by: 'feed',
      there: true,
      server,
      name,
      ...unasked,
      tags: { items, whole: false, absent: [] },
    };
    return readRepository(
      target,
      { before: cursor, document, kept: { keys: asking.keys, validators: {}, restMs } },
      asking.context.now(),
    );
  }

  return { look };
}
