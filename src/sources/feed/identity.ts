// Entry keys that survive re-dating, reordering, changed tracking parameters and changed guids.

import type { Iso } from '../../types/core.ts';
import { linkOf } from '../document/links.ts';
import { digest } from '../document/text.ts';

export interface FeedItem {
  /** The guid or id as written; null = none. */
  readonly id: string | null;
  /** Absolute, without tracking parameters; null = none. */
  readonly link: string | null;
  readonly title: string;
  /** When it was published or updated; null = not given. */
  readonly at: Iso | null;
}

/** An entry known from an earlier look: its key, the digest of its title ('' = not known), its time. */
export type KnownEntry = readonly [key: string, title: string, at: Iso | null];

/** Digest of a link → the entries known under it, newest first. */
export type KnownLinks = Readonly<Record<string, readonly KnownEntry[]>>;

export interface Keyed<T> {
  readonly item: T;
  readonly key: string;
  /** The normalised link; null when it does not tell this entry from others. */
  readonly same: string | null;
  /** Another entry had this link before, so the link alone does not identify the entry. */
  readonly further: boolean;
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
 * One key per entry, in the order of the document; duplicates of an entry are dropped.
 *
 * The key is the guid where it is unique in the document, else the link, else link and title. An entry known by the same link
 * and title keeps its key, so that a generator with unstable guids causes no news; so does an entry whose title was changed,
 * unless the old entry is still listed or this one's date is later. `homes` are links that do not identify an entry.
 */
export function keysOf<T extends FeedItem>(
  items: readonly T[],
  homes: ReadonlySet<string>,
  known: KnownLinks,
  identify: (link: string) => string,
): readonly Keyed<T>[] {
  const candidates = merged(items.map((item) => candidateOf(item, homes, identify)));
  const guids = countsOf(candidates.map((one) => one.guid));
  const links = countsOf(candidates.map((one) => one.same));
  const knownKeys = new Set(Object.values(known).flatMap((entries) => entries.map(([key]) => key)));
  const naturals = candidates.map((one) => naturalKey(one, guids, links));
  const listed = listedIn(known);
  const same = candidates.map((one, index) => sameEntry(one, naturals[index] ?? '', listed, knownKeys));
  const standing = new Set(same);
  const used = new Set<string>();
  const linked = new Set<string>();
  return candidates.map((one, index) => {
    const natural = naturals[index] ?? '';
    const wanted = same[index] ?? editedEntry(one, known, standing) ?? ownKey(one, natural, knownKeys);
    const key = used.has(wanted) ? `${wanted}#${digest(`${one.title}\n${one.same}\n${index}`)}` : wanted;
    used.add(key);
    const first = one.same === null ? undefined : known[digest(one.same)]?.at(-1)?.[0];
    const before = one.same !== null && linked.has(one.same);
    if (one.same !== null) linked.add(one.same);
    return { item: one.item, key, same: one.same, further: first === undefined ? before : first !== key };
  });
}

/** The key of the known entry with this link and title; null = none. */
type Listed = (link: string, title: string) => string | null;

/** Grouped by title, since thousands of entries may share one link. Cursors of an older format contain no titles. */
function listedIn(known: KnownLinks): Listed {
  const titles = new Map<string, ReadonlyMap<string, string>>();
  return (link, title) => {
    const of = digest(link);
    const keys =
      titles.get(of) ?? new Map((known[of] ?? []).toReversed().map(([key, titled]) => [titled, key] as const));
    titles.set(of, keys);
    return keys.get(digest(title)) ?? keys.get('') ?? null;
  };
}

/** The key of the known entry that this one certainly is: same guid, or same link and title. */
function sameEntry(
  one: Candidate<FeedItem>,
  natural: string,
  listed: Listed,
  knownKeys: ReadonlySet<string>,
): string | null {
  if (one.guid !== null && natural === shortened(one.guid) && knownKeys.has(natural)) return natural;
  return one.same === null ? null : listed(one.same, one.title);
}

/**
 * The key of the known entry that was probably retitled: the newest of its link, unless still listed or older than this
 * one.
 */
function editedEntry(one: Candidate<FeedItem>, known: KnownLinks, standing: ReadonlySet<string | null>): string | null {
  const [newest] = one.same === null ? [] : (known[digest(one.same)] ?? []);
  if (newest === undefined) return null;
  const [key, , at] = newest;
  const isLater = at !== null && one.item.at !== null && one.item.at > at;
  return standing.has(key) || isLater ? null : key;
}

/** A key that is not taken yet: entries with the same link and no guid are told apart by their titles. */
function ownKey(one: Candidate<FeedItem>, natural: string, knownKeys: ReadonlySet<string>): string {
  return knownKeys.has(natural) ? shortened(`${natural}#${digest(one.title)}`) : natural;
}

/** What to remember for the next look: this document's entries, then older ones, at most 1,000. */
export function linksKnown(keyed: readonly Keyed<FeedItem>[], before: KnownLinks): KnownLinks {
  const links = new Map<string, KnownEntry[]>();
  let entries = 0;
  const add = (link: string, entry: KnownEntry): void => {
    const list = links.get(link) ?? [];
    if (entries >= linksAtMost || list.some(([key]) => key === entry[0])) return;
    links.set(link, [...list, entry]);
    entries += 1;
  };
  for (const { same, key, item } of keyed)
    if (same !== null) add(digest(same), [key, digest(item.title.toLowerCase()), item.at]);
  for (const [link, list] of Object.entries(before)) for (const entry of list) add(link, entry);
  return Object.fromEntries(links);
}

function candidateOf<T extends FeedItem>(
  item: T,
  homes: ReadonlySet<string>,
  identify: (link: string) => string,
): Candidate<T> {
  const same = item.link === null ? null : identify(item.link);
  const own = same !== null && !homes.has(same) && new URL(same).pathname + new URL(same).search !== '/';
  return { item, guid: guidOf(item.id, identify), same: own ? same : null, title: item.title.toLowerCase() };
}

/** A guid that is an address may carry tracking parameters like any other link. */
function guidOf(id: string | null, identify: (link: string) => string): string | null {
  const text = id?.trim() ?? '';
  if (text === '') return null;
  const link = /^https?:\/\//i.test(text) ? linkOf(text, text) : null;
  return link === null ? text : identify(link);
}

/**
 * Drops duplicates. Entries with one link are the same entry if the guid or the title agrees; with different ones they are
 * separate (a page that lists all its changes).
 */
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
    const sameGuid = same !== null && guid !== null && group.guids.has(guid);
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
