// The parts of a repository that REST returns separately: releases, tags, whether it is empty, its licence.
import { type RepositoryBody, readLicenceBody, readReleaseBodies, readSpdx, readTagBodies } from './bodies.ts';
import type { GithubSession } from './client.ts';
import type { RepositoryCursor } from './cursor.ts';
import type { Listing, Release, RepositoryDocument, Tag } from './document.ts';
import { findVanished } from './listing.ts';
import { type GithubRefusal, isRefusal } from './refusal.ts';
import { askList, isYoung, type ListReply, listingOf, prove } from './rest-list.ts';

/** How many existing items a first look remembers. */
export const pastItems = 100;
const releasesRoute = 'GET /repos/{owner}/{repo}/releases';
const releasesPerPage = 30;
const mostPerPage = 100;
const tagsPerPage = 100;

/** What is known before one look asks. */
export interface Before {
  /** Null at a first look, and when the repository was absent at the last one. */
  readonly cursor: RepositoryCursor | null;
  readonly validators: Readonly<Record<string, string>>;
  readonly place: Readonly<Record<'owner' | 'repo', string>>;
  readonly asking: GithubSession;
}

/**
 * The newest releases by creation. If the total is larger than these explain, one was published further down the list, so
 * paging goes on to the oldest known release.
 */
export async function askReleases(before: Before): Promise<ListReply<Release>> {
  const { cursor, validators, place, asking } = before;
  const reply = await askNewest(before);
  if (isRefusal(reply) || !goesOn(cursor, reply)) return reply;
  // Counting costs a request at every look, for a rare case.
  if (!asking.withToken && !asking.reserve.isFull()) return reply;
  const count = await countReleases(before);
  if (count === null) return reply;
  if (isExplained(cursor, reply, count)) return reply.kind === 'list' ? { ...reply, count } : reply;
  const last = cursor?.releases.items.at(-1)?.[0];
  const deep = await askList(asking, {
    route: releasesRoute,
    parameters: { ...place, per_page: mostPerPage },
    validator: undefined,
    read: readReleaseBodies,
    more: (items) => !items.some(({ tag }) => tag === last),
  });
  if (deep.kind !== 'list') return deep;
  // The validator of the first page of newest releases, which is what the next look asks for.
  const validator = reply.kind === 'list' ? reply.validator : (validators.releases ?? null);
  return { ...deep, count, validator };
}

/** Whether there may be more releases than fit on one page. */
function goesOn(cursor: RepositoryCursor | null, reply: Exclude<ListReply<Release>, GithubRefusal>): boolean {
  if (reply.kind === 'list' && (reply.pages > 1 || !reply.whole)) return !reply.missing;
  return cursor !== null && (cursor.releases.items.length >= releasesPerPage || !cursor.releases.whole);
}

/** The number of releases: with one per page, it is the number of pages. Null when it cannot be read now. */
async function countReleases({ place, asking }: Before): Promise<number | null> {
  const reply = await asking.get(releasesRoute, { ...place, per_page: 1 });
  if (reply.kind !== 'body' || !Array.isArray(reply.body)) return null;
  return reply.pages ?? reply.body.length;
}

/** Whether the total is the last count, minus the releases seen to be gone, plus the new ones. */
function isExplained(
  cursor: RepositoryCursor | null,
  reply: Exclude<ListReply<Release>, GithubRefusal>,
  count: number,
): boolean {
  if (cursor === null) return true;
  const { count: counted, items } = cursor.releases;
  // Without an earlier count, a list just received sets it; an unchanged one is read again in full.
  if (counted === undefined) return reply.kind === 'list';
  if (reply.kind === 'unchanged') return count === counted;
  const known = new Set(items.map(([tag]) => tag));
  const tags = reply.items.map(({ tag }) => tag);
  const came = tags.filter((tag) => !known.has(tag)).length;
  return count === counted + came - findVanished(cursor.releases, 'rest', tags, reply.whole).length;
}

function askNewest({ cursor, validators, place, asking }: Before): Promise<ListReply<Release>> {
  const known = new Set(cursor?.releases.items.map(([tag]) => tag));
  return askList(asking, {
    route: releasesRoute,
    parameters: { ...place, per_page: releasesPerPage },
    validator: validators.releases,
    read: readReleaseBodies,
    more: (items) =>
      known.size > 0
        ? !items.some((item) => known.has(item.tag))
        : // Past items only complete the baseline: without a token they are not worth another repository's look.
          items.length < pastItems && (cursor !== null || asking.withToken || asking.reserve.isFull()),
  });
}

/** Tags are not sorted by time, so a new one may be on any page: all pages are read where the quota allows it. */
export function askTags({ validators, place, asking }: Before, anew: boolean): Promise<ListReply<Tag>> {
  return askList(asking, {
    route: 'GET /repos/{owner}/{repo}/tags',
    parameters: { ...place, per_page: tagsPerPage },
    validator: anew ? undefined : validators.tags,
    read: readTagBodies,
    more: () => asking.withToken,
  });
}

type ListedBy<T> = Exclude<ListReply<T>, GithubRefusal>;

export async function proveReleases(before: Before, reply: ListedBy<Release>): Promise<Listing<Release> | null> {
  const { cursor, place, asking } = before;
  if (reply.kind === 'unchanged') return null;
  if (cursor === null) return listingOf(reply);
  const young = (tag: string) => isYoung(cursor.young[`release:${tag}`], asking.context.now());
  return await prove(asking, reply, {
    known: { list: cursor.releases, young },
    nameOf: (item) => item.tag,
    ask: (tag) => ({ route: 'GET /repos/{owner}/{repo}/releases/tags/{tag}', parameters: { ...place, tag } }),
  });
}

export async function proveTags(before: Before, reply: ListedBy<Tag>): Promise<Listing<Tag> | null> {
  const { cursor, place, asking } = before;
  if (reply.kind === 'unchanged') return null;
  if (cursor === null) return listingOf(reply);
  const young = (tag: string) => isYoung(cursor.young[`tag:${tag}`], asking.context.now());
  return await prove(asking, reply, {
    known: { list: cursor.tags, young },
    nameOf: (item) => item.name,
    ask: (tag) => ({
      route: 'GET /repos/{owner}/{repo}/git/ref/{+ref}',
      parameters: { ...place, ref: `tags/${tag.split('/').map(encodeURIComponent).join('/')}` },
    }),
  });
}

/** `size` is rounded to kilobytes and lags, so only the list of commits tells a small repository from an empty one. */
export async function askEmpty(
  before: Before,
  body: RepositoryBody,
  holds: boolean,
): Promise<boolean | null | GithubRefusal> {
  if (before.cursor?.code === 'pushed' || holds || body.size !== 0) return false;
  const reply = await before.asking.get('GET /repos/{owner}/{repo}/commits', { ...before.place, per_page: 1 });
  switch (reply.kind) {
    case 'later':
    case 'broken':
      return reply;
    case 'empty':
      return true;
    case 'missing':
    case 'unchanged':
      return null;
    case 'body':
      return Array.isArray(reply.body) && reply.body.length === 0;
  }
}

export type LicenceReply =
  | {
      readonly kind: 'licence';
      readonly part: RepositoryDocument['licence'];
      readonly validator: string | null | undefined;
    }
  | GithubRefusal;

/** Reads the licence's text at the first look, after a push, and when the stated licence changed. */
export async function askLicence(before: Before, body: RepositoryBody, pushed: boolean): Promise<LicenceReply> {
  const { cursor, validators, place, asking } = before;
  const spdx = readSpdx(body.license);
  const known = cursor?.licence?.files.rest !== undefined && cursor.licence.spdx === spdx;
  if (known && !pushed) return { kind: 'licence', part: { spdx, file: 'as before' }, validator: undefined };
  const reply = await asking.get('GET /repos/{owner}/{repo}/license', place, known ? validators.licence : undefined);
  switch (reply.kind) {
    case 'later':
    case 'broken':
      return reply;
    case 'unchanged':
      return { kind: 'licence', part: { spdx, file: 'as before' }, validator: undefined };
    case 'missing':
    case 'empty':
      return { kind: 'licence', part: { spdx, file: null }, validator: null };
    case 'body': {
      const file = readLicenceBody(reply.body);
      if (file === null)
        return { kind: 'broken', reason: { code: 'github.no-licence', params: { repository: body.full_name } } };
      return { kind: 'licence', part: { spdx, file }, validator: reply.validator };
    }
  }
}
