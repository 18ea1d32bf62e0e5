// Asks for an owner's repositories over REST, most recently pushed first.
import { dayMs, hourMs } from '../../types/time.ts';
import { type RepositoryBody, readAbout, readRepositoryBodies, readRepositoryCount } from './bodies.ts';
import type { GithubSession } from './client.ts';
import type { OwnerCursor } from './cursor.ts';
import type { OwnedRepository, OwnerDocument } from './document.ts';
import { type GithubRefusal, isRefusal } from './refusal.ts';
import { askList, type ListReply } from './rest-list.ts';
import type { RestResult } from './rest-repository.ts';

/** How often all pages are read, whatever the first one shows: a repository made public late may be far down the list. */
export const sweepMs = dayMs;
const perPage = 100;
/** How often the number of repositories is asked for when the first page is unchanged and there are more pages. */
const countMs = hourMs;

export interface OwnerAsked {
  readonly asked: RestResult<OwnerDocument>;
  readonly route: OwnerCursor['route'];
}

export async function askOwner(login: string, cursor: OwnerCursor | null, asking: GithubSession): Promise<OwnerAsked> {
  const route = cursor?.route ?? 'orgs';
  const first = await askBy(route, login, cursor, asking);
  if (first !== 'missing') return { asked: first, route };
  const other = route === 'orgs' ? 'users' : 'orgs';
  const second = await askBy(other, login, null, asking);
  if (second !== 'missing') return { asked: second, route: other };
  const document: OwnerDocument = { ...blank, there: false };
  return { asked: { kind: 'asked', document, validators: {}, restMs: null }, route };
}

const blank: OwnerDocument = {
  what: 'owner',
  by: 'rest',
  there: true,
  repositories: [],
  whole: false,
  count: null,
  dropped: 0,
};

async function askBy(
  route: OwnerCursor['route'],
  login: string,
  cursor: OwnerCursor | null,
  asking: GithubSession,
): Promise<RestResult<OwnerDocument> | 'missing'> {
  const now = asking.context.now();
  const sweep = mustSweep(cursor, now);
  const list = (validator: string | undefined, all: boolean): Promise<ListReply<RepositoryBody>> =>
    askList<RepositoryBody>(asking, {
      route: `GET /${route}/{owner}/repos`,
      parameters: { owner: login, per_page: perPage, sort: 'pushed', direction: 'desc' },
      validator,
      read: readRepositoryBodies,
      more: (items) => all || !reachesKnown(items, cursor),
    });
  const validator = !sweep && cursor?.keys === asking.keys ? (cursor.validator ?? undefined) : undefined;
  const reply = await list(validator, sweep);
  if (isRefusal(reply)) return reply;
  if (reply.kind === 'unchanged' && (!cursor?.counted || now - cursor.counted.at < countMs)) return reply;
  if (reply.kind === 'list' && reply.missing) return 'missing';
  const manyPages = reply.kind === 'unchanged' || reply.pages > 1 || !reply.whole;
  const count = manyPages ? await askCount(route, login, asking) : null;
  if (isRefusal(count)) return count;
  if (reply.kind === 'unchanged') {
    if (count !== null && !isAccounted(cursor, 'rest', count, [])) return finish(await list(undefined, true), count);
    const document: OwnerDocument = { ...blank, count: count ?? cursor?.counted?.count ?? null };
    return { kind: 'asked', document, validators: { owner: validator ?? null }, restMs: reply.restMs };
  }
  const accounted = reply.whole || sweep || count === null || isAccounted(cursor, 'rest', count, ownOf(reply.items));
  return finish(accounted ? reply : await list(undefined, true), count);
}

function finish(reply: ListReply<RepositoryBody>, count: number | null): RestResult<OwnerDocument> | 'missing' {
  if (isRefusal(reply) || reply.kind === 'unchanged') return reply;
  if (reply.missing) return 'missing';
  const document: OwnerDocument = {
    ...blank,
    repositories: ownOf(reply.items),
    whole: reply.whole,
    count,
    dropped: reply.dropped,
  };
  return { kind: 'asked', document, validators: { owner: reply.validator }, restMs: reply.restMs };
}

function ownOf(items: readonly RepositoryBody[]): readonly OwnedRepository[] {
  return items.filter((one) => one.fork !== true).map(readOwned);
}

/** Null when the server does not say; then only the daily sweep finds what was made public late. */
async function askCount(
  route: OwnerCursor['route'],
  login: string,
  asking: GithubSession,
): Promise<number | null | GithubRefusal> {
  const reply = await asking.get(`GET /${route}/{owner}`, { owner: login });
  if (reply.kind === 'later') return reply;
  return reply.kind === 'body' ? readRepositoryCount(reply.body) : null;
}

/** Whether the total is explained by the repositories counted before plus the unknown ones in `read`. */
export function isAccounted(
  cursor: OwnerCursor | null,
  by: 'rest' | 'graphql',
  count: number,
  read: readonly OwnedRepository[],
): boolean {
  const known = cursor?.repositories ?? {};
  const counted = cursor?.counted?.by === by ? cursor.counted.count : null;
  // REST's count includes forks, so it can only be compared with an earlier count.
  if (counted === null && by === 'rest') return false;
  const added = new Set(read.filter(({ id }) => known[String(id)] === undefined).map(({ id }) => id));
  return count === (counted ?? Object.keys(known).length) + added.size;
}

export function mustSweep(cursor: OwnerCursor | null, now: number): boolean {
  return cursor === null || !cursor.there || now - cursor.sweptAt >= sweepMs;
}

/** Sorted by push: behind a repository pushed before the newest known push, there is nothing new. */
function reachesKnown(items: readonly RepositoryBody[], cursor: OwnerCursor | null): boolean {
  const latest = cursor?.latest ?? null;
  return latest !== null && items.some((one) => (readAbout(one).pushedAt ?? latest) < latest);
}

function readOwned(body: RepositoryBody): OwnedRepository {
  return { ...readAbout(body), id: body.id, name: body.full_name, empty: null };
}
