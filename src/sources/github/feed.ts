// The last resort without a token: when the hour's requests are spent, the Atom feeds of the web site still show new tags.
import { Parser } from 'htmlparser2';
import type { Http, Reply } from '../../http.ts';
import type { PollResult, Target } from '../../types.ts';
import type { Asking } from './client.ts';
import type { RepositoryCursor } from './cursor.ts';
import type { RepositoryDocument } from './document.ts';
import { readRepository } from './read-repository.ts';

export interface Feeds {
  /** Null when the feeds do not help: not there, refused, unchanged in a way that proves nothing. */
  readonly look: (target: Target, cursor: RepositoryCursor, asking: Asking) => Promise<PollResult | null>;
}

/** The web host has limits of its own, meant for people. */
const restMs = 15 * 60_000;

export function openFeeds(http: Http, server: string): Feeds {
  let silentUntil = 0;

  async function get(url: string, asking: Asking): Promise<string | null> {
    if (asking.context.now() < silentUntil) return null;
    const reply: Reply = await http.get(url, {
      headers: { accept: 'application/atom+xml' },
      signal: asking.context.signal,
      reach: 'any',
    });
    if (reply.kind === 'reply' && reply.status === 200) return new TextDecoder().decode(reply.bytes);
    // A feed that is missing says something about one repository, all else about the host.
    if (reply.kind === 'failed' || reply.status !== 404) silentUntil = asking.context.now() + restMs;
    return null;
  }

  async function look(target: Target, cursor: RepositoryCursor, asking: Asking): Promise<PollResult | null> {
    const name = cursor.name ?? target.address;
    const texts = [
      await get(`${server}/${name}/releases.atom`, asking),
      await get(`${server}/${name}/tags.atom`, asking),
    ];
    const lists = texts.map((text) => (text === null ? null : readFeed(text)));
    if (lists.some((list) => list === null)) return null;
    const tags = new Set(lists.flatMap((list) => list ?? []));
    const unasked = { about: null, head: null, empty: null, licence: null, releases: null, dropped: 0 };
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
      cursor,
      document,
      { keys: asking.keys, validators: {}, restMs },
      asking.context.now(),
    );
  }

  return { look };
}

/**
 * The tags of the entries; null when the text is no complete feed. The feed of releases lists bare tags among them and
 * tells neither apart, nor prereleases: so all it can say of an entry is that its tag is there.
 */
export function readFeed(text: string): readonly string[] | null {
  const tags: string[] = [];
  const path: string[] = [];
  let id = '';
  let complete = false;
  const parser = new Parser(
    {
      onopentagname: (name) => {
        path.push(name);
        if (name === 'entry') id = '';
      },
      ontext: (part) => {
        if (path.join('/') === 'feed/entry/id') id += part;
      },
      onclosetag: (name, implied) => {
        path.pop();
        if (implied) return;
        if (name === 'feed') complete = true;
        const tag = /^tag:[^,]+,\d+:Repository\/\d+\/(.+)$/.exec(id.trim())?.[1];
        if (name === 'entry' && tag !== undefined) tags.push(tag);
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(text);
  return complete ? tags : null;
}
