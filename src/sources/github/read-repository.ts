// Turns a repository's document into observations and the next cursor, given what was known. Pure.
import type { Fresh, Json, Observation, PollResult, Replaced, Target } from '../../types/core.ts';
import { cursorVersion, type KnownList, type RepositoryCursor, shortHash } from './cursor.ts';
import type { Release, RepositoryDocument, Tag } from './document.ts';
import { type Compared, compare, youngMs } from './listing.ts';
import { readSupport } from './support.ts';
import { fingerprintRelease, observeRelease, observeTag, pin } from './things.ts';
import { readTraits } from './traits.ts';

export interface Kept {
  /** Identifies the token that the validators belong to. */
  readonly keys: string;
  /** Validators of the parts that were received; null = the part came without one. */
  readonly validators: Readonly<Record<string, string | null>>;
  readonly restMs: number | null;
  /** A key for the model that a pull request with this title adds support for; left out = nothing is recognised. */
  readonly supportedIn?: ((title: string) => string | null) | undefined;
}

const mostRemembered = 100;
const noList: KnownList = { by: 'rest', seen: 0, whole: true, items: [] };

function startCursor(keys: string): RepositoryCursor {
  return {
    v: cursorVersion,
    there: false,
    id: null,
    successor: false,
    name: null,
    keys,
    validators: {},
    pushedAt: null,
    head: null,
    code: null,
    licence: null,
    prints: {},
    releases: noList,
    ids: {},
    aliases: {},
    tags: noList,
    manyTags: false,
    unpinned: {},
    young: {},
    support: null,
    looks: 0,
  };
}

/** The ids of the previous and the current repository at this address; undefined when it is still the same one. */
export function replacedIn(cursor: RepositoryCursor | null, { id }: RepositoryDocument): Replaced | undefined {
  const before = cursor?.id ?? null;
  return before === null || id === null || before === id ? undefined : { before: `${before}`, after: `${id}` };
}

interface RepositoryLook {
  readonly before: RepositoryCursor | null;
  readonly document: RepositoryDocument;
  readonly kept: Kept;
}

/** A new repository under a reused address is a subject of its own. */
function ofSuccessor(observations: readonly Observation[], target: Target, id: number | null): readonly Observation[] {
  return observations.map((one) => ({ ...one, about: `${target.id}~${id}${one.about.slice(target.id.length)}` }));
}

export function readRepository(target: Target, { before, document, kept }: RepositoryLook, at: number): PollResult {
  const replaced = replacedIn(before, document);
  const known = replaced === undefined ? before : null;
  const cursor = known ?? { ...startCursor(kept.keys), successor: replaced !== undefined };
  if (!document.there) return readAbsent(target, { before: known, cursor, document, kept });
  const id = document.id ?? cursor.id;
  const traits = readTraits(target, document, known);
  const hashes = new Map(traits.observations.map((one) => [one.key, hashTrait(one)]));
  const releases = document.releases && compareReleases(cursor, document, document.releases, at);
  const tags = document.tags && compareTags(cursor, document, document.tags, at);
  const support =
    document.pulls &&
    readSupport(target, { document, pulls: document.pulls, before: cursor.support }, kept.supportedIn);
  const corrected = correctionsOf(cursor, document);
  const aliases = { ...cursor.aliases, ...corrected.aliases };
  const knownAs = (tag: string): string => aliases[tag] ?? tag;
  const released = releasedTags(cursor, document);

  const unpinned = { ...cursor.unpinned };
  // Releases come last and newest first, so that the oldest end of the window is the end of the list.
  const observations = [
    ...traits.observations.filter((one) => cursor.prints[one.key] !== hashes.get(one.key)),
    ...inOrderOfReleases(tags?.moved ?? [], document.releases?.items ?? []).map((tag) => {
      const quiet = released.has(tag.name) || tags?.old.has(tag.name) === true;
      return observeTag(target, document, { tag, fingerprint: pin(unpinned, tag), quiet });
    }),
    ...(support?.moved ?? []),
    ...(releases?.moved ?? []).map((release) => observeRelease(target, document, release, knownAs(release.tag))),
  ];
  const missed = (releases?.gone ?? []).filter((tag) => !corrected.left.has(tag));
  // The old tag of a corrected release is not reported as gone.
  const goneTags = (tags?.gone ?? []).filter((tag) => !Object.values(aliases).includes(tag));
  const gone = [...missed.map((tag) => `release:${knownAs(tag)}`), ...goneTags.map((tag) => `tag:${tag}`)];
  const next: RepositoryCursor = {
    v: cursorVersion,
    there: true,
    id,
    successor: cursor.successor,
    name: document.name.toLowerCase() === target.address.toLowerCase() ? null : document.name,
    keys: kept.keys,
    validators: keepValidators(cursor, kept, releases, tags),
    pushedAt: document.about?.pushedAt ?? cursor.pushedAt,
    head: document.head ?? cursor.head,
    code: traits.code,
    licence: traits.licence,
    prints: { ...cursor.prints, ...Object.fromEntries(hashes) },
    releases: without(releases?.next ?? cursor.releases, corrected.left),
    ids: document.releases ? idsOf(document.releases.items) : cursor.ids,
    aliases: keepAliases(aliases, releases?.next ?? cursor.releases),
    tags: tags?.next ?? cursor.tags,
    manyTags: document.tags ? !document.tags.whole || document.tags.items.length > mostRemembered : cursor.manyTags,
    unpinned,
    young: keepYoung(cursor, cursor.there ? { release: releases?.added ?? [], tag: tags?.added ?? [] } : {}, at),
    support: support?.next ?? cursor.support,
    looks: cursor.looks + 1,
  };
  if (cursor.there && observations.length + gone.length === 0)
    return { kind: 'same', cursor: next as Json, restMs: kept.restMs };
  return {
    ...fresh(document, next, kept),
    there: true,
    observations: cursor.successor ? ofSuccessor(observations, target, id) : observations,
    gone,
    ...(replaced === undefined ? {} : { replaced }),
  };
}

function releasedTags({ releases }: RepositoryCursor, document: RepositoryDocument): ReadonlySet<string> {
  const known = releases.items.map(([tag]) => tag);
  return new Set([...known, ...(document.releases?.items.map(({ tag }) => tag) ?? [])]);
}

/** Of one second, tags come in any order: those of releases take each other's places to stand as the releases do. */
function inOrderOfReleases(tags: readonly Tag[], releases: readonly Release[]): readonly Tag[] {
  const at = new Map(releases.map(({ tag }, index) => [tag, index]));
  const placed = tags
    .filter(({ name }) => at.has(name))
    .sort((one, other) => (at.get(one.name) ?? 0) - (at.get(other.name) ?? 0))
    .values();
  return tags.map((tag) => (at.has(tag.name) ? (placed.next().value ?? tag) : tag));
}

const idsRemembered = 20;

function idsOf(releases: readonly Release[]): Record<string, string> {
  const numbered = releases.slice(0, idsRemembered).map((release) => [release.tag, idOf(release)] as const);
  return Object.fromEntries(numbered.filter((one): one is readonly [string, string] => one[1] !== null));
}

/** What identifies a release when its tag is corrected. */
function idOf({ id, publishedAt }: Release): string | null {
  return id === null ? null : `${id} ${publishedAt ?? ''}`;
}

/** Releases whose tag was corrected, from new tag to original. `left`: the tags they had before. */
function correctionsOf(cursor: RepositoryCursor, { releases }: RepositoryDocument) {
  const items = releases?.items ?? [];
  const here = new Set(items.map(({ tag }) => tag));
  const tagOf = new Map(Object.entries(cursor.ids).map(([tag, id]) => [id, tag]));
  const pairs = items.flatMap((release) => {
    const before = tagOf.get(idOf(release) ?? '');
    return before === undefined || here.has(before) ? [] : [[release.tag, before] as const];
  });
  return {
    aliases: Object.fromEntries(pairs.map(([tag, before]) => [tag, cursor.aliases[before] ?? before])),
    left: new Set(pairs.map(([, before]) => before)),
  };
}

function without(list: KnownList, names: ReadonlySet<string>): KnownList {
  return names.size === 0 ? list : { ...list, items: list.items.filter(([name]) => !names.has(name)) };
}

function keepAliases(aliases: Readonly<Record<string, string>>, { items }: KnownList): Record<string, string> {
  const known = new Set(items.map(([name]) => name));
  return Object.fromEntries(Object.entries(aliases).filter(([tag]) => known.has(tag)));
}

function fresh(
  document: RepositoryDocument,
  cursor: RepositoryCursor,
  kept: Kept,
): Omit<Fresh, 'there' | 'observations' | 'gone'> {
  return {
    kind: 'fresh',
    cursor: cursor as Json,
    window: 'newest',
    found: [],
    answer: { type: 'json', body: JSON.stringify(document), url: `${document.server}/${document.name}` },
    restMs: kept.restMs,
  };
}

interface AbsentLook {
  readonly before: RepositoryCursor | null;
  readonly cursor: RepositoryCursor;
  readonly document: RepositoryDocument;
  readonly kept: Kept;
}

function readAbsent(target: Target, { before, cursor, document, kept }: AbsentLook): PollResult {
  // The next look asks for the address as written: somebody may reuse it once the place it had moved to is gone.
  const next = {
    ...cursor,
    there: false,
    name: null,
    keys: kept.keys,
    validators: {},
    prints: {},
    looks: cursor.looks + 1,
  };
  if (before?.there === false && before.name === null)
    return { kind: 'same', cursor: next as Json, restMs: kept.restMs };
  return {
    ...fresh({ ...document, name: target.address }, next, kept),
    there: false,
    observations: [],
    gone: ['repo'],
  };
}

/** Stars and forks change all the time, so they are left out of the hash. */
function hashTrait({ fingerprint, title, url, text, facts, kind }: Observation): string {
  if (kind === 'licence') return shortHash(fingerprint);
  const { stars: _stars, forks: _forks, ...lasting } = facts;
  return shortHash([fingerprint, title, url, text, lasting]);
}

function judgeAge(cursor: RepositoryCursor, document: RepositoryDocument, list: string, at: number) {
  // While an item cannot be read, nothing counts as gone: the missing one may be that item.
  return (name: string): boolean => document.dropped > 0 || at - (cursor.young[`${list}:${name}`] ?? 0) < youngMs;
}

function compareReleases(
  cursor: RepositoryCursor,
  document: RepositoryDocument,
  listing: NonNullable<RepositoryDocument['releases']>,
  at: number,
): Compared<Release> {
  const read = { name: (item: Release) => item.tag, hash: (item: Release) => shortHash(fingerprintRelease(item)) };
  return compare(cursor.releases, document.by, listing, {
    read,
    young: judgeAge(cursor, document, 'release', at),
    most: mostRemembered,
  });
}

function compareTags(
  cursor: RepositoryCursor,
  document: RepositoryDocument,
  listing: NonNullable<RepositoryDocument['tags']>,
  at: number,
): Compared<Tag> {
  const known = new Map(cursor.tags.items);
  const read = {
    name: (item: Tag) => item.name,
    // An answer without commits does not show that a tag moved.
    hash: (item: Tag) => item.commit?.slice(0, 12) ?? known.get(item.name) ?? '',
  };
  return compare(cursor.tags, document.by, listing, {
    read,
    young: judgeAge(cursor, document, 'tag', at),
    most: mostRemembered,
  });
}

function keepValidators(
  cursor: RepositoryCursor,
  kept: Kept,
  releases: Compared<Release> | null,
  tags: Compared<Tag> | null,
): Record<string, string> {
  const validators: Record<string, string | null> = {
    ...(cursor.keys === kept.keys ? cursor.validators : {}),
    ...kept.validators,
  };
  // Unconfirmed absences are decided by the next look, so it must not be answered with "unchanged".
  if (releases && releases.held.length > 0) validators.releases = null;
  if (tags && tags.held.length > 0) validators.tags = null;
  return Object.fromEntries(
    Object.entries(validators).flatMap(([part, validator]) => (validator === null ? [] : [[part, validator]])),
  );
}

function keepYoung(
  cursor: RepositoryCursor,
  added: Readonly<Record<string, readonly string[]>>,
  at: number,
): Record<string, number> {
  const still = Object.entries(cursor.young).filter(([, seenAt]) => at - seenAt < youngMs);
  const now = Object.entries(added).flatMap(([list, names]) =>
    names.map((name): [string, number] => [`${list}:${name}`, at]),
  );
  return Object.fromEntries([...now, ...still]);
}
