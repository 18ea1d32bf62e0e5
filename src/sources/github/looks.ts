// Looks at repositories and owners: asked in batches by GraphQL, or one by one over REST, and then read.
import type { Look, PollResult, Target } from '../../types.ts';
import type { Asking } from './client.ts';
import { type OwnerCursor, type RepositoryCursor, readOwnerCursor, readRepositoryCursor } from './cursor.ts';
import type { OwnerDocument, RepositoryDocument } from './document.ts';
import type { Feeds } from './feeds.ts';
import { askOwners } from './graphql-owners.ts';
import { askRepositories, type GraphqlAsked } from './graphql-repositories.ts';
import { createRun, type Pace } from './graphql-run.ts';
import { readOwner } from './read-owner.ts';
import { readRepository } from './read-repository.ts';
import { isRefusal } from './refusal.ts';
import { askOwner } from './rest-owner.ts';
import { askRepository } from './rest-repository.ts';

function isRepository(target: Target): boolean {
  return target.address.includes('/');
}

/** By target id; a look that is missing from it must be made another way. */
export async function lookByGraphql(
  looks: readonly Look[],
  asking: Asking,
  pace: Pace,
): Promise<ReadonlyMap<string, PollResult>> {
  const run = createRun(asking, pace);
  const results = new Map<string, PollResult>();
  const repositories = looks
    .filter(({ target }) => isRepository(target))
    .map((look) => {
      const cursor = readRepositoryCursor(look.cursor);
      return { look, id: look.target.id, address: cursor?.name ?? look.target.address, cursor };
    });
  const aboutRepositories = await askRepositories(repositories, run, asking);
  for (const { look, cursor } of repositories) {
    const asked = aboutRepositories.get(look.target.id);
    if (asked && asked.kind !== 'elsewhere') results.set(look.target.id, finishRepository(look, cursor, asked, asking));
  }
  const owners = looks
    .filter(({ target }) => !isRepository(target))
    .map((look) => {
      return { look, id: look.target.id, login: look.target.address, cursor: readOwnerCursor(look.cursor) };
    });
  const aboutOwners = await askOwners(owners, run, asking);
  for (const { look, cursor } of owners) {
    const asked = aboutOwners.get(look.target.id);
    if (asked && asked.kind !== 'elsewhere')
      results.set(look.target.id, finishOwner(look, cursor, asked, cursor?.route ?? 'orgs', asking));
  }
  return results;
}

/** `feeds`: where to turn when the requests that are free to all are spent; null = nowhere. */
export async function lookByRest(look: Look, asking: Asking, feeds: Feeds | null): Promise<PollResult> {
  if (isRepository(look.target)) {
    const cursor = readRepositoryCursor(look.cursor);
    const asked = await askRepository(cursor?.name ?? look.target.address, cursor, asking);
    // Only where REST has laid the baseline: a feed tells no releases from tags, so all releases would seem new later.
    if (asked.kind === 'later' && feeds && cursor?.there && !asking.withToken && asking.pausedMs('rest') > 0) {
      return (await feeds.look(look.target, cursor, asking)) ?? asked;
    }
    return finishRepository(look, cursor, asked, asking);
  }
  const cursor = readOwnerCursor(look.cursor);
  const { asked, route } = await askOwner(look.target.address, cursor, asking);
  return finishOwner(look, cursor, asked, route, asking);
}

type Answered<D> = Exclude<GraphqlAsked<D>, { kind: 'elsewhere' }>;

function finishRepository(
  look: Look,
  cursor: RepositoryCursor | null,
  asked: Answered<RepositoryDocument>,
  asking: Asking,
): PollResult {
  if (isRefusal(asked)) return asked;
  if (asked.kind === 'unchanged') return { kind: 'same', cursor: look.cursor, restMs: asked.restMs };
  const kept = { keys: asking.keys, validators: asked.validators, restMs: asked.restMs };
  return readRepository(look.target, cursor, asked.document, kept, asking.context.now());
}

function finishOwner(
  look: Look,
  cursor: OwnerCursor | null,
  asked: Answered<OwnerDocument>,
  route: OwnerCursor['route'],
  asking: Asking,
): PollResult {
  if (isRefusal(asked)) return asked;
  if (asked.kind === 'unchanged') return { kind: 'same', cursor: look.cursor, restMs: asked.restMs };
  const kept = { keys: asking.keys, validators: asked.validators, restMs: asked.restMs, route, server: asking.server };
  return readOwner(look.target, cursor, asked.document, kept, asking.context.now());
}
