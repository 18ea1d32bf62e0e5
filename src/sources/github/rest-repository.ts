// Asks for one repository over REST: at most three requests when nothing has changed.
import { readAbout, readRepositoryBody } from './bodies.ts';
import type { GithubSession, RestReply } from './client.ts';
import type { RepositoryCursor } from './cursor.ts';
import { type Release, type RepositoryDocument, type Tag, unasked } from './document.ts';
import { type GithubRefusal, isRefusal } from './refusal.ts';
import type { ListReply } from './rest-list.ts';
import { askEmpty, askLicence, askReleases, askTags, type Before, proveReleases, proveTags } from './rest-parts.ts';

export type RestResult<D> =
  | {
      readonly kind: 'asked';
      readonly document: D;
      /** Validators of the parts that were received; null = the part came without one. Unchanged parts keep theirs. */
      readonly validators: Readonly<Record<string, string | null>>;
      readonly restMs: number | null;
    }
  | { readonly kind: 'unchanged'; readonly restMs: number | null }
  | GithubRefusal;

function placeOf(address: string): Before['place'] {
  const [owner = '', repo = ''] = address.split('/');
  return { owner, repo };
}

/** `address`: as written; where a rename led is in the cursor. */
export async function askRepository(
  address: string,
  cursor: RepositoryCursor | null,
  asking: GithubSession,
): Promise<RestResult<RepositoryDocument>> {
  const there = cursor?.there === true ? cursor : null;
  const validators = there?.keys === asking.keys ? there.validators : {};
  const moved = cursor?.name ?? null;
  const before: Before = { cursor: there, validators, place: placeOf(moved ?? address), asking };
  const askSelf = async () => {
    // Unconditional while the id is not known: a 304 would not contain it.
    const validator = there !== null && there.id === null ? undefined : validators.repository;
    // After a rename the written address redirects, until somebody reuses it.
    const reply = await asking.get('GET /repos/{owner}/{repo}', placeOf(address), validator);
    if (moved === null || reply.kind !== 'missing') return reply;
    return await asking.get('GET /repos/{owner}/{repo}', before.place, validator);
  };
  // A repository that may not exist costs one request instead of three.
  const first = there ? null : await askSelf();
  if (first !== null && first.kind !== 'body') return alone(first, address, asking);
  const [self, releases, tags] = await Promise.all([first ?? askSelf(), askReleases(before), askTags(before, false)]);
  if (self.kind !== 'body' && (self.kind !== 'unchanged' || there === null)) return alone(self, address, asking);
  if (isRefusal(releases)) return releases;
  if (isRefusal(tags)) return tags;
  if (self.kind === 'unchanged' && releases.kind === 'unchanged' && tags.kind === 'unchanged') {
    return { kind: 'unchanged', restMs: longest([self.restMs, releases.restMs, tags.restMs]) };
  }
  return await join(before, moved ?? address, { self, releases, firstTags: tags });
}

/** The result when the first answer is not a repository: absent, or refused. */
function alone(
  reply: Exclude<RestReply, { kind: 'body' }>,
  address: string,
  asking: GithubSession,
): RestResult<RepositoryDocument> {
  switch (reply.kind) {
    case 'later':
    case 'broken':
      return reply;
    case 'missing':
    case 'empty':
      return { kind: 'asked', document: { ...blank(address, asking), there: false }, validators: {}, restMs: null };
    case 'unchanged':
      return { kind: 'broken', reason: { code: 'github.unchanged-unseen', params: {} } };
  }
}

function blank(name: string, asking: GithubSession): RepositoryDocument {
  return { what: 'repository', by: 'rest', there: true, server: asking.server, name, ...unasked };
}

interface RepositoryReplies {
  readonly self: Extract<RestReply, { kind: 'body' | 'unchanged' }>;
  readonly releases: Exclude<ListReply<Release>, GithubRefusal>;
  readonly firstTags: Exclude<ListReply<Tag>, GithubRefusal>;
}

async function join(
  before: Before,
  address: string,
  { self, releases, firstTags }: RepositoryReplies,
): Promise<RestResult<RepositoryDocument>> {
  const { cursor, asking } = before;
  const body = self.kind === 'body' ? readRepositoryBody(self.body) : null;
  if (self.kind === 'body' && body === null)
    return { kind: 'broken', reason: { code: 'github.no-repository', params: { address } } };
  const about = body && readAbout(body);
  const pushed = about !== null && about.pushedAt !== cursor?.pushedAt;
  const unread = firstTags.kind === 'unchanged' && pushed && cursor?.manyTags === true && asking.withToken;
  const tags = unread ? await askTags(before, true) : firstTags;
  if (isRefusal(tags)) return tags;

  const count = (reply: ListReply<unknown>) => (reply.kind === 'list' ? reply.items.length : 0);
  const empty = body && (await askEmpty(before, body, count(releases) + count(tags) > 0));
  if (isRefusal(empty)) return empty;
  const licence = body && empty !== true ? await askLicence(before, body, pushed) : null;
  if (isRefusal(licence)) return licence;

  const document: RepositoryDocument = {
    ...blank(body?.full_name ?? address, asking),
    id: body?.id ?? null,
    about,
    empty,
    licence: licence?.part ?? null,
    releases: await proveReleases(before, releases),
    tags: await proveTags(before, tags),
    pulls: null,
    dropped: (releases.kind === 'list' ? releases.dropped : 0) + (tags.kind === 'list' ? tags.dropped : 0),
  };
  const validators: Record<string, string | null> = {};
  if (self.kind === 'body') validators.repository = self.validator;
  if (releases.kind === 'list') validators.releases = releases.validator;
  if (tags.kind === 'list') validators.tags = tags.validator;
  if (licence?.validator !== undefined) validators.licence = licence.validator;
  return { kind: 'asked', document, validators, restMs: longest([self.restMs, releases.restMs, tags.restMs]) };
}

export function longest(rests: readonly (number | null)[]): number | null {
  return rests.reduce<number | null>((most, rest) => (rest === null ? most : Math.max(most ?? 0, rest)), null);
}
