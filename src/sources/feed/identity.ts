// Which entry is which: keys that survive re-dating, reordering, changed tracking parameters and changing guids.
import { identityOf, linkOf } from '../document/links.ts';
import { digest } from '../document/text.ts';

export interface FeedItem {
  /** guid or id as written; null = none. */
  readonly id: string | null;
  /** Absolute, without tracking; null = none. */
  readonly link: string | null;
  readonly title: string;
}

/** Under which key each link was known at earlier looks: digest of the link → key. */
export type KnownLinks = Readonly<Record<string, string>>;

export interface Keyed<T> {
  readonly item: T;
  readonly key: string;
  /** The link in its form for comparison; null when the link does not tell this entry from others. */
  readonly same: string | null;
}

const linksAtMost = 1000;
const keyAtMost = 300;

interface Candidate<T> {
  readonly item: T;
  readonly guid: string | null;
  readonly same: string | null;
  readonly title: string;
}

/**
 * One key per entry, in the order of the document; entries that are one and the same are given once.
 *
 * The key is the guid where it is unique in the document, else the link, else the title. A link that was known under a
 * key keeps it, so that a generator that makes up new guids tells nothing new. `homes` are links that name no entry.
 */
export function keysOf<T extends FeedItem>(
  items: readonly T[],
  homes: ReadonlySet<string>,
  known: KnownLinks,
): readonly Keyed<T>[] {
  const candidates = merged(items.map((item) => candidateOf(item, homes)));
  const guids = countsOf(candidates.map((one) => one.guid));
  const links = countsOf(candidates.map((one) => one.same));
  const knownKeys = new Set(Object.values(known));
  const naturals = candidates.map((one) => naturalKey(one, guids, links));
  const taken = new Set(naturals.filter((key) => knownKeys.has(key)));
  const used = new Set<string>();
  return candidates.map((one, index) => {
    const natural = naturals[index] ?? '';
    const before = one.same !== null && links.get(one.same) === 1 ? known[digest(one.same)] : undefined;
    const wanted = before === undefined || knownKeys.has(natural) || taken.has(before) ? natural : before;
    const key = used.has(wanted) ? `${wanted}#${digest(`${one.title}\n${one.same}\n${index}`)}` : wanted;
    used.add(key);
    return { item: one.item, key, same: one.same };
  });
}

/** What to remember for the next look: the links of this document, then older ones, at most 1,000. */
export function linksKnown(keyed: readonly Keyed<unknown>[], before: KnownLinks): KnownLinks {
  const links = new Map<string, string>();
  for (const { same, key } of keyed) if (same !== null) links.set(digest(same), key);
  for (const [link, key] of Object.entries(before)) {
    if (links.size >= linksAtMost) break;
    if (!links.has(link)) links.set(link, key);
  }
  return Object.fromEntries([...links].slice(0, linksAtMost));
}

function candidateOf<T extends FeedItem>(item: T, homes: ReadonlySet<string>): Candidate<T> {
  const same = item.link === null ? null : identityOf(item.link);
  const own = same !== null && !homes.has(same) && new URL(same).pathname + new URL(same).search !== '/';
  return { item, guid: guidOf(item.id), same: own ? same : null, title: item.title.toLowerCase() };
}

/** A guid that is an address may carry tracking like any other. */
function guidOf(id: string | null): string | null {
  const text = id?.trim() ?? '';
  if (text === '') return null;
  const link = /^https?:\/\//i.test(text) ? linkOf(text, text) : null;
  return link === null ? text : identityOf(link);
}

/** Same link: one, unless both guid and title say otherwise (a page that lists all its changes under one address). */
function merged<T>(candidates: readonly Candidate<T>[]): readonly Candidate<T>[] {
  const groups = new Map<string, { readonly titles: Set<string>; readonly guids: Set<string | null> }>();
  return candidates.filter(({ same, guid, title }) => {
    const name = same ?? guid ?? title;
    const group = groups.get(name);
    if (group === undefined) {
      groups.set(name, { titles: new Set([title]), guids: new Set([guid]) });
      return true;
    }
    const sameTitle = title === '' || group.titles.has(title) || group.titles.has('');
    const sameGuid = same !== null && (guid === null || group.guids.has(guid) || group.guids.has(null));
    if (sameTitle || sameGuid) return false;
    group.titles.add(title);
    group.guids.add(guid);
    return true;
  });
}

function naturalKey(
  one: Candidate<unknown>,
  guids: ReadonlyMap<string, number>,
  links: ReadonlyMap<string, number>,
): string {
  if (one.guid !== null && guids.get(one.guid) === 1) return shortened(one.guid);
  if (one.same !== null && links.get(one.same) === 1) return shortened(one.same);
  const shared = one.same ?? one.guid;
  return shared === null ? `title:${digest(one.title)}` : shortened(`${shared}#${digest(one.title)}`);
}

const shortened = (key: string): string => (key.length > keyAtMost ? `${key.slice(0, 100)}…${digest(key)}` : key);

function countsOf(texts: readonly (string | null)[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) if (text !== null) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}
