// Reads a feed: one observation per entry, and what is needed to recognise the entries at the next look.
import type { Observation, Target } from '../../types/core.ts';
import type { LookReason } from '../../types/reasons/looks.ts';
import { longest } from '../document/get.ts';
import { baseOf, identityOf, linkOf } from '../document/links.ts';
import { summaryText, titleText } from '../document/markup.ts';
import { type Identities, identitiesOf, type Sessions } from '../document/sessions.ts';
import { digest, hangulShare } from '../document/text.ts';
import { dateOf, zoneOf } from './dates.ts';
import { type RawEntry, type RawFeed, ranked } from './entry.ts';
import { type FeedItem, type Keyed, type KnownLinks, keysOf, linksKnown } from './identity.ts';
import { parseFeedText } from './parse.ts';

export type FeedReading =
  | {
      readonly kind: 'feed';
      readonly type: 'xml' | 'json';
      readonly observations: readonly Observation[];
      /** Changes only when the entries' contents change, not their order or dates. */
      readonly hash: string;
      readonly links: KnownLinks;
      readonly sessions: Identities['sessions'];
      /** How long the feed asks to be left alone, in milliseconds; null = it does not say. */
      readonly restMs: number | null;
    }
  | { readonly kind: 'broken'; readonly reason: LookReason };

const textAtMost = 2_000;
const titleAtMost = 500;
/** From this share of Hangul a text is Korean whatever the feed declares; in a Korean feed, a single word is enough. */
const koreanFrom = 0.3;
const koreanAmongKorean = 0.05;

interface Entry extends Omit<FeedItem, 'at'> {
  readonly raw: RawEntry;
  readonly text: string | null;
}

/** What earlier looks remembered. */
interface Known {
  readonly links: KnownLinks;
  readonly sessions: Sessions;
}

/** Pure except for the parser's promise. `url` is where the document was fetched. */
export async function readFeed(text: string, url: string, target: Target, known: Known): Promise<FeedReading> {
  const parsed = await parseFeedText(text);
  if (parsed.kind === 'broken') return parsed;
  const { feed } = parsed;
  const stated = feed.bases.length === 0 ? null : feed.bases.reduce((before, base) => baseOf(base, before), url);
  const home = firstLink(
    { id: null, idIsLink: false, links: feed.links.filter((link) => link.rel === 'alternate') },
    stated ?? url,
  );
  const base = stated ?? home ?? url;
  const undated = feed.entries.map((raw) => entryOf(raw, base)).filter((entry) => entry !== null);
  const homes = new Set([home, linkOf(url, url)].filter((link) => link !== null).map(identityOf));
  const identities = identitiesOf(
    undated.flatMap(({ link, id }) => [link, id === null ? null : linkOf(id, id)]).filter((link) => link !== null),
    known.sessions,
  );
  const korean = isKorean(feed, undated, url);
  const zone = zoneOf(
    feed.entries.flatMap((entry) => entry.dates),
    feed.dates,
    korean,
  );
  const entries = undated.map((one) => ({ ...one, at: dateOf(one.raw.dates, zone) ?? dateOf(one.raw.updates, zone) }));
  const keyed = keysOf(entries, homes, known.links, identities.of);
  const around = { korean, zone, home: home ?? url, plain: identities.plain };
  const observations = keyed.map((one) => observationOf(one, target, feed, around));
  return {
    kind: 'feed',
    type: parsed.type,
    observations,
    hash: digest(
      observations
        .map((one) => `${one.key}\t${one.fingerprint}`)
        .sort()
        .join('\n'),
    ),
    links: linksKnown(keyed, known.links),
    sessions: identities.sessions,
    restMs: longest(feed.restMs),
  };
}

/** Null for an entry without title, link, text and id. */
function entryOf(raw: RawEntry, base: string): Entry | null {
  const link = firstLink(raw, baseOf(raw.base ?? undefined, base));
  const text = summaryText(raw.summary, textAtMost);
  const title = titleText(raw.title) || shortTitle(text, link ?? raw.id);
  return title === '' ? null : { id: raw.id, link, title: title.slice(0, titleAtMost).toWellFormed(), raw, text };
}

function shortTitle(text: string | null, otherwise: string | null): string {
  return text === null ? (otherwise ?? '').trim() : (summaryText(text.replaceAll('<', '&lt;'), 120) ?? '');
}

function firstLink(entry: Pick<RawEntry, 'id' | 'idIsLink' | 'links'>, base: string): string | null {
  for (const link of ranked(entry)) {
    const found = linkOf(link.href, baseOf(link.base ?? undefined, base));
    if (found !== null) return found;
  }
  return null;
}

interface Surroundings {
  readonly korean: boolean;
  /** Minutes east of UTC for dates without a zone. */
  readonly zone: number;
  readonly home: string;
  readonly plain: (link: string) => string;
}

const linksAtMost = 5;

/** Links in the markup that look like repositories; no others are kept. */
function repositoryLinks(markup: string): readonly string[] {
  const written = markup.slice(0, 20_000).matchAll(/href=["'](https?:\/\/[^"'\s]{1,300})["']/gi);
  const links = new Set<string>();
  for (const [, link = ''] of written) {
    if (links.size >= linksAtMost) break;
    if (URL.canParse(link) && /^\/[\w.-]+\/[\w.-]+\/?$/.test(new URL(link).pathname)) links.add(link);
  }
  return [...links];
}

/** The same link is about the same thing in every feed, except for further entries with that link, which differ by title. */
function aboutOf({ same, key, further, item }: Keyed<Entry & FeedItem>, target: Target): string {
  if (same === null) return `feed:${target.address}#${key}`;
  return further ? `feed:${same}#${digest(item.title.toLowerCase())}` : `feed:${same}`;
}

function observationOf(one: Keyed<Entry & FeedItem>, target: Target, feed: RawFeed, around: Surroundings): Observation {
  const { raw, title, text, link } = one.item;
  const needed = around.korean ? koreanAmongKorean : koreanFrom;
  const isKoreanText = hangulShare(title) >= needed || hangulShare(`${title} ${text ?? ''}`) >= koreanFrom;
  const author = raw.author === null ? '' : titleText(raw.author).slice(0, 100);
  const links = repositoryLinks(raw.summary);
  const publishedAt = dateOf(raw.dates, around.zone);
  const updatedAt = publishedAt ?? dateOf(raw.updates, around.zone);
  return {
    targetId: target.id,
    key: one.key,
    fingerprint: digest(`${title}\n${one.same ?? ''}`),
    kind: 'entry',
    sort: 'thing',
    about: aboutOf(one, target),
    subject: title,
    title,
    url: link === null ? around.home : around.plain(link),
    publishedAt: updatedAt,
    lang: isKoreanText ? 'ko' : languageOf(raw.lang ?? feed.lang),
    text,
    facts: {
      ...(author === '' ? {} : { author }),
      ...(links.length === 0 ? {} : { links }),
      ...(publishedAt === updatedAt ? {} : { dated: 'updated' as const }),
    },
  };
}

/** `en-US` → `en`; null when it is not a language tag. */
const languageOf = (tag: string | null): string | null =>
  /^\s*([a-z]{2,3})(?:[-_]|\s*$)/i.exec(tag ?? '')?.[1]?.toLowerCase() ?? null;

function isKorean(feed: RawFeed, entries: readonly Entry[], url: string): boolean {
  if (languageOf(feed.lang) === 'ko' || new URL(url).hostname.endsWith('.kr')) return true;
  return hangulShare(entries.map((entry) => entry.title).join(' ')) >= koreanFrom;
}
