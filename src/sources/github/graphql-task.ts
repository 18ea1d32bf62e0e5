// What is still to be asked by GraphQL about one repository, and how its answers are merged. Pure.
import { type RepositoryCursor, shortHash } from './cursor.ts';
import type { LicenceFile, Pull, Release, RepositoryDocument, Tag } from './document.ts';
import type { NodePage, RepositoryNode } from './graphql-bodies.ts';
import { readAboutNode, readLicenceId } from './graphql-bodies.ts';
import { findDoubtful, findMissing, findVanished, youngMs } from './listing.ts';
import { fingerprintRelease } from './things.ts';

export interface Gathered<T> extends NodePage<T> {
  readonly pages: number;
}

export interface Task {
  readonly id: string;
  readonly owner: string;
  readonly name: string;
  /** Null at a first look, and when the repository was absent at the last one. */
  readonly cursor: RepositoryCursor | null;
  readonly node: RepositoryNode;
  /** Null = not asked for. */
  readonly pulls: readonly Pull[] | null;
  readonly releases: Gathered<Release> | null;
  readonly tags: Gathered<Tag> | null;
  /** The licence file at the root; undefined = not asked for; null = there is none. */
  readonly file: { readonly name: string; readonly oid: string } | null | undefined;
  /** The file under the usual name, asked for together with the tree. */
  readonly guess: { readonly oid: string; readonly text?: string | null | undefined } | null;
  readonly text: string | null;
  /** Names that were asked for one by one and not found. */
  readonly absent: Named;
  readonly proved: Named;
}

interface Named {
  readonly releases: readonly string[];
  readonly tags: readonly string[];
}

/** What the next query asks for. */
export interface Wanted {
  readonly releases: { readonly after: string | null; readonly notes: boolean } | null;
  readonly tags: { readonly after: string | null } | null;
  /** Tags of the releases whose notes are asked for. */
  readonly notes: readonly string[];
  readonly tree: boolean;
  /** Items that seem to have vanished and are asked for by name, to be sure. */
  readonly proofs: Named;
}

const mostPages = 10;
const mostNotes = 10;
const mostProofs = 10;

export function wantedAfterLook(task: Task, at: number): Wanted {
  const { cursor, node, releases, tags } = task;
  const pushed = cursor === null || cursor.pushedAt !== readAboutNode(node).pushedAt || cursor.head !== headOf(node);
  const known = new Map(cursor?.releases.items);
  const moved = releases?.items.filter((one) => known.get(one.tag) !== shortHash(fingerprintRelease(one))) ?? [];
  const deeper = countFalls(task);
  const page = wantsReleases(task, pushed) || deeper || countGrows(task);
  const notes = cursor !== null && !deeper;
  const latest = unknownLatest(task);
  const first = releases?.items[0];
  return {
    releases: page ? { after: null, notes } : null,
    tags: pushed || (tags !== null && wantsMore(cursor?.tags.items, tags, (one) => one.name)) ? { after: null } : null,
    // A first look is the baseline, so only the newest release can be told.
    notes:
      cursor === null
        ? first
          ? [first.tag]
          : []
        : [
            ...(page && notes ? [] : moved.slice(0, mostNotes).map((one) => one.tag)),
            ...(latest === null ? [] : [latest]),
          ],
    tree: !node.isEmpty && headOf(node) !== null && wantsTree(task),
    proofs: cursor === null ? { releases: [], tags: [] } : wantedProofs(cursor, task, at),
  };
}

function wantsReleases({ cursor, node, releases, tags }: Task, pushed: boolean): boolean {
  if (releases !== null) {
    return cursor === null ? !releases.whole : wantsMore(cursor.releases.items, releases, (one) => one.tag);
  }
  // There were no releases, so tags were asked for instead; these are the signs of a first release.
  const known = new Map(cursor?.tags.items);
  return node.latestRelease != null || pushed || tags?.items.some((one) => !known.has(one.name)) === true;
}

/** How many unknown releases these pages contain, and how many known ones have gone. */
function turnover({ cursor, releases }: Task): { readonly came: number; readonly went: number } {
  const known = new Set(cursor?.releases.items.map(([tag]) => tag));
  const tags = releases?.items.map(({ tag }) => tag) ?? [];
  const went = cursor === null ? [] : findVanished(cursor.releases, 'graphql', tags, releases?.whole === true);
  return { came: tags.filter((tag) => !known.has(tag)).length, went: went.length };
}

/** The total grew by more than these pages explain: a release with an old tag was published, further down the list. */
function countGrows(task: Task): boolean {
  const before = task.cursor?.releases.count;
  const after = task.releases?.count;
  if (before === undefined || after === undefined || after === null) return false;
  const { came, went } = turnover(task);
  return after > before + came - went;
}

/** The tag of GitHub's latest release when it is neither known nor on these pages; else null. */
function unknownLatest({ cursor, node, releases }: Task): string | null {
  const tag = node.latestRelease?.tagName;
  if (cursor === null || releases === null || tag === undefined) return null;
  const known = cursor.releases.items.some(([name]) => name === tag) || releases.items.some((one) => one.tag === tag);
  return known ? null : tag;
}

/** These pages reach down to the oldest known release. */
function reachesOldestKnown({ cursor, releases }: Task): boolean {
  const last = cursor?.releases.items.at(-1)?.[0];
  return last === undefined || releases?.items.some(({ tag }) => tag === last) === true;
}

/** The total is smaller than these pages explain: a release further down the list has vanished. */
function countFalls(task: Task): boolean {
  const { cursor, releases } = task;
  const before = cursor?.releases;
  if (!before || before.count === undefined || releases === null || releases.count === null) return false;
  const { came, went } = turnover(task);
  return releases.count < before.count + came - went;
}

function wantsMore<T>(
  known: RepositoryCursor['tags']['items'] | undefined,
  page: NodePage<T>,
  nameOf: (item: T) => string,
): boolean {
  const names = new Set(known?.map(([name]) => name));
  return !page.whole && !page.items.some((one) => names.has(nameOf(one)));
}

function wantsTree({ cursor, node }: Task): boolean {
  const licence = cursor?.licence;
  return (
    !licence ||
    cursor.head !== headOf(node) ||
    licence.spdx !== readLicenceId(node) ||
    licence.files.graphql === undefined
  );
}

function wantedProofs(cursor: RepositoryCursor, { releases, tags, proved }: Task, at: number): Named {
  const young = (list: string) => (name: string) => at - (cursor.young[`${list}:${name}`] ?? 0) < youngMs;
  const vanished = <T>(known: RepositoryCursor['tags'], page: NodePage<T> | null, nameOf: (item: T) => string) =>
    page === null ? [] : findVanished(known, 'graphql', page.items.map(nameOf), page.whole);
  const open = (names: readonly string[], asked: readonly string[]) =>
    names.slice(0, mostProofs).filter((name) => !asked.includes(name));
  const doubtfulReleases = findDoubtful(
    vanished(cursor.releases, releases, (one) => one.tag),
    young('release'),
  );
  const deep = releases !== null && releases.pages > 0 && !releases.whole;
  const further = deep
    ? findMissing(
        cursor.releases,
        releases.items.map((one) => one.tag),
        false,
      )
    : [];
  const doubtfulTags = findDoubtful(
    vanished(cursor.tags, tags, (one) => one.name),
    young('tag'),
  );
  return {
    releases: open([...new Set([...doubtfulReleases, ...further])], proved.releases),
    tags: open(doubtfulTags, proved.tags),
  };
}

/** Further pages where no known item was reached, and proofs of what seems to be missing; null = nothing is left to ask. */
export function wantedNext(task: Task, at: number): Wanted | null {
  const { cursor, releases, tags } = task;
  if (cursor === null) return null;
  const goesOn = <T>(page: Gathered<T> | null, known: RepositoryCursor['tags'], nameOf: (item: T) => string) =>
    page !== null && page.pages > 0 && page.pages < mostPages && wantsMore(known.items, page, nameOf);
  const further = releases !== null && releases.pages > 0 && releases.pages < mostPages && !releases.whole;
  const moreReleases =
    goesOn(releases, cursor.releases, (one) => one.tag) || (further && countGrows(task) && !reachesOldestKnown(task));
  const moreTags = goesOn(tags, cursor.tags, (one) => one.name);
  const proofs = wantedProofs(cursor, task, at);
  if (!moreReleases && !moreTags && proofs.releases.length + proofs.tags.length === 0) return null;
  return {
    releases: moreReleases && releases ? { after: releases.after, notes: true } : null,
    tags: moreTags && tags ? { after: tags.after } : null,
    notes: [],
    tree: false,
    proofs,
  };
}

export function isEmptyWish({ releases, tags, notes, tree, proofs }: Wanted): boolean {
  return (
    releases === null && tags === null && notes.length + proofs.releases.length + proofs.tags.length === 0 && !tree
  );
}

/** The blob whose text is still to be read; null = there is none, or it has not changed. */
export function wantedText({ cursor, node, file }: Task): string | null {
  if (!file) return null;
  const before = cursor?.licence;
  return before?.files.graphql === file.oid && before.spdx === readLicenceId(node) ? null : file.oid;
}

export function headOf(node: RepositoryNode): string | null {
  return node.defaultBranchRef?.target?.oid ?? null;
}

export function joinPages<T>(before: Gathered<T> | null, page: NodePage<T>): Gathered<T> {
  if (before === null || before.pages === 0) return { ...page, count: page.count ?? before?.count ?? null, pages: 1 };
  return {
    ...page,
    count: page.count ?? before.count,
    items: [...before.items, ...page.items],
    dropped: before.dropped + page.dropped,
    pages: before.pages + 1,
  };
}

export function writeDocument(task: Task, server: string): RepositoryDocument {
  const { node, releases, tags, absent } = task;
  const listing = <T>(page: Gathered<T> | null, missing: readonly string[]) =>
    page && {
      items: page.items,
      whole: page.whole,
      absent: missing,
      ...(page.count === null ? {} : { count: page.count }),
    };
  return {
    what: 'repository',
    by: 'graphql',
    there: true,
    server,
    name: node.nameWithOwner,
    id: node.databaseId ?? null,
    about: readAboutNode(node),
    head: headOf(node),
    empty: node.isEmpty,
    licence: node.isEmpty ? null : { spdx: readLicenceId(node), file: writeFile(task, server) },
    releases: listing(releases, absent.releases),
    tags: listing(tags, absent.tags),
    pulls: task.pulls,
    dropped: (releases?.dropped ?? 0) + (tags?.dropped ?? 0),
  };
}

function writeFile(task: Task, server: string): LicenceFile | 'as before' | null {
  const { node, file, text } = task;
  if (file === undefined) return 'as before';
  if (file === null) return null;
  if (wantedText(task) === null) return 'as before';
  const path = file.name.split('/').map(encodeURIComponent).join('/');
  return { sha: file.oid, path: file.name, url: `${server}/${node.nameWithOwner}/blob/${headOf(node)}/${path}`, text };
}
