// Asks for an owner's repositories over REST, the newest push first.
import { type RepositoryBody, readAbout, readRepositoryBodies } from './bodies.ts';
import type { Asking } from './client.ts';
import type { OwnerCursor } from './cursor.ts';
import type { OwnedRepository, OwnerDocument } from './document.ts';
import { isRefusal } from './refusal.ts';
import { askList } from './rest-list.ts';
import type { Asked } from './rest-repository.ts';

/** So often all pages are read, whatever the first one says: a repository made public late may stand far behind. */
export const sweepMs = 24 * 3_600_000;
const perPage = 100;

export interface OwnerAsked {
  readonly asked: Asked<OwnerDocument>;
  readonly route: OwnerCursor['route'];
}

export async function askOwner(login: string, cursor: OwnerCursor | null, asking: Asking): Promise<OwnerAsked> {
  const route = cursor?.route ?? 'orgs';
  const first = await askBy(route, login, cursor, asking);
  if (first !== 'missing') return { asked: first, route };
  const other = route === 'orgs' ? 'users' : 'orgs';
  const second = await askBy(other, login, null, asking);
  if (second !== 'missing') return { asked: second, route: other };
  const document: OwnerDocument = { ...blank, there: false };
  return { asked: { kind: 'asked', document, validators: {}, restMs: null }, route };
}

const blank: OwnerDocument = { what: 'owner', by: 'rest', there: true, repositories: [], whole: false, dropped: 0 };

async function askBy(
  route: OwnerCursor['route'],
  login: string,
  cursor: OwnerCursor | null,
  asking: Asking,
): Promise<Asked<OwnerDocument> | 'missing'> {
  const sweep = mustSweep(cursor, asking.context.now());
  const reply = await askList<RepositoryBody>(asking, {
    route: route === 'orgs' ? 'GET /orgs/{owner}/repos' : 'GET /users/{owner}/repos',
    parameters: { owner: login, per_page: perPage, sort: 'pushed', direction: 'desc' },
    validator: !sweep && cursor?.keys === asking.keys ? (cursor.validator ?? undefined) : undefined,
    read: readRepositoryBodies,
    more: (items) => sweep || !reachesKnown(items, cursor),
  });
  if (isRefusal(reply)) return reply;
  if (reply.kind === 'unchanged') return reply;
  if (reply.missing) return 'missing';
  const repositories = reply.items.filter((one) => one.fork !== true).map(readOwned);
  const document: OwnerDocument = { ...blank, repositories, whole: reply.whole, dropped: reply.dropped };
  return { kind: 'asked', document, validators: { owner: reply.validator }, restMs: reply.restMs };
}

export function mustSweep(cursor: OwnerCursor | null, now: number): boolean {
  return cursor === null || !cursor.there || now - cursor.sweptAt >= sweepMs;
}

/** In the order of pushes, everything behind one that is as old as the newest push known has been seen. */
function reachesKnown(items: readonly RepositoryBody[], cursor: OwnerCursor | null): boolean {
  const latest = cursor?.latest ?? null;
  return latest !== null && items.some((one) => (readAbout(one).pushedAt ?? latest) < latest);
}

function readOwned(body: RepositoryBody): OwnedRepository {
  return { ...readAbout(body), id: body.id, name: body.full_name, empty: null };
}
