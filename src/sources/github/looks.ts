// Looks at repositories and owners: asks in batches by GraphQL or one by one over REST, then reads the answers.
import type { Look, PollResult, Target } from '../../types/core.ts';
import type { GithubSession } from './client.ts';
import { type OwnerCursor, type RepositoryCursor, readOwnerCursor, readRepositoryCursor } from './cursor.ts';
import type { OwnerDocument, RepositoryDocument } from './document.ts';
import type { Feeds } from './feeds.ts';
import { askOwners } from './graphql-owners.ts';
import { askRepositories, askTwoAtATime, type GraphqlAsked, type RepositoryLook } from './graphql-repositories.ts';
import { createRun, type GraphqlState } from './graphql-run.ts';
import { readOwner } from './read-owner.ts';
import { readRepository, replacedIn } from './read-repository.ts';
import { isRefusal } from './refusal.ts';
import { askOwner } from './rest-owner.ts';
import { askRepository } from './rest-repository.ts';

function isRepository(target: Target): boolean {
  return target.address.includes('/');
}

/** By target id; a look that is missing from the result has to be made over REST. */
export async function lookByGraphql(
  looks: readonly Look[],
  asking: GithubSession,
  pace: GraphqlState,
): Promise<ReadonlyMap<string, PollResult>> {
  const run = createRun(asking, pace);
  const results = new Map<string, PollResult>();
  const repositories = looks
    .filter(({ target }) => isRepository(target))
    .map((look) => {
      const cursor = readRepositoryCursor(look.cursor);
      const support = look.wants?.includes('support') === true;
      return { look, id: look.target.id, address: look.target.address, cursor, support };
    });
  const byId = new Map(repositories.map((one) => [one.id, one]));
  const settle = (id: string, asked: GraphqlAsked<RepositoryDocument>): void => {
    const one = byId.get(id);
    if (one && asked.kind !== 'elsewhere') results.set(id, finishRepository(one.look, one.cursor, asked, asking));
  };
  const again: RepositoryLook[] = [];
  await askRepositories(repositories, run, asking, (id, asked) => {
    const more = byId.get(id);
    const repeated = more === undefined ? null : lookToRepeat(more, asked);
    if (repeated === null) settle(id, asked);
    else again.push(repeated);
  });
  await askRepositories(again, run, asking, settle);
  const owners = looks
    .filter(({ target }) => !isRepository(target))
    .map((look) => {
      return { look, id: look.target.id, login: look.target.address, cursor: readOwnerCursor(look.cursor) };
    });
  const askPart = async (part: readonly (typeof owners)[number][]): Promise<void> => {
    const about = await askOwners(part, run, asking);
    for (const { look, cursor } of part) {
      const asked = about.get(look.target.id);
      if (asked && asked.kind !== 'elsewhere')
        results.set(look.target.id, finishOwner(look, { cursor, asked, route: cursor?.route ?? 'orgs' }, asking));
    }
  };
  await askTwoAtATime(owners, askPart);
  return results;
}

/**
 * The look to repeat, if any. A renamed repository is found by its old address until somebody reuses that address or the
 * old owner's name; then it is asked for by its own name. If another repository answers, it is looked at as for the first
 * time.
 */
function lookToRepeat(look: RepositoryLook, asked: GraphqlAsked<RepositoryDocument>): RepositoryLook | null {
  if (asked.kind !== 'asked') return null;
  const moved = look.cursor?.name ?? null;
  if (!asked.document.there) return moved === null ? null : { ...look, address: moved };
  return replacedIn(look.cursor, asked.document) === undefined ? null : { ...look, cursor: null };
}

const lanesAtOnce = 4;

/** Without a token: a few at a time, the longest not looked at first, and only looks that the remaining requests can finish. */
export async function lookFrugally(
  looks: readonly Look[],
  asking: GithubSession,
  feeds: Feeds | null,
): Promise<ReadonlyMap<string, PollResult>> {
  const results = new Map<string, PollResult>();
  const waiting = looks.toSorted((left, right) => (left.lastAt ?? '').localeCompare(right.lastAt ?? ''));
  const lane = async (): Promise<void> => {
    for (let look = waiting.shift(); look !== undefined; look = waiting.shift()) {
      results.set(look.target.id, await lookWithin(look, asking, feeds));
    }
  };
  await Promise.all(Array.from({ length: lanesAtOnce }, lane));
  return new Map(
    looks.flatMap(({ target: { id } }) => {
      const result = results.get(id);
      return result ? [[id, result]] : [];
    }),
  );
}

/** The number of requests a look takes, apart from the rare further page; fewest for a target that is known and unchanged. */
function costOf(look: Look): number {
  if (!isRepository(look.target)) return readOwnerCursor(look.cursor)?.there ? 1 : 2;
  return readRepositoryCursor(look.cursor)?.there ? 3 : 4;
}

async function lookWithin(look: Look, asking: GithubSession, feeds: Feeds | null): Promise<PollResult> {
  const reservation = await asking.reserve.take(costOf(look), asking.context.now);
  if (isRefusal(reservation)) return (await lookByFeed(look, asking, feeds)) ?? reservation;
  const get: GithubSession['get'] = async (...request) => {
    const reply = await asking.get(...request);
    reservation.used();
    return reply;
  };
  // Always released, so that other looks do not wait for requests that this one reserved.
  const result = await lookByRest(look, { ...asking, get }).finally(reservation.done);
  const spent = result.kind === 'later' && asking.pausedMs('rest') > 0;
  return (spent ? await lookByFeed(look, asking, feeds) : null) ?? result;
}

/** Only after a baseline over REST: a feed does not tell releases from tags, so later all releases would seem new. */
async function lookByFeed(look: Look, asking: GithubSession, feeds: Feeds | null): Promise<PollResult | null> {
  const cursor = isRepository(look.target) ? readRepositoryCursor(look.cursor) : null;
  return feeds && cursor?.there ? await feeds.look(look.target, cursor, asking) : null;
}

export async function lookByRest(look: Look, asking: GithubSession): Promise<PollResult> {
  if (isRepository(look.target)) {
    const cursor = readRepositoryCursor(look.cursor);
    const asked = await askRepository(look.target.address, cursor, asking);
    const another = asked.kind === 'asked' && replacedIn(cursor, asked.document) !== undefined;
    const whole = another ? await askRepository(look.target.address, null, asking) : asked;
    return finishRepository(look, cursor, whole, asking);
  }
  const cursor = readOwnerCursor(look.cursor);
  const { asked, route } = await askOwner(look.target.address, cursor, asking);
  return finishOwner(look, { cursor, asked, route }, asking);
}

type Answered<D> = Exclude<GraphqlAsked<D>, { kind: 'elsewhere' }>;

function finishRepository(
  look: Look,
  cursor: RepositoryCursor | null,
  asked: Answered<RepositoryDocument>,
  asking: GithubSession,
): PollResult {
  if (isRefusal(asked)) return asked;
  if (asked.kind === 'unchanged') return { kind: 'same', cursor: look.cursor, restMs: asked.restMs };
  const { supportedIn } = asking;
  const kept = { keys: asking.keys, validators: asked.validators, restMs: asked.restMs, supportedIn };
  return readRepository(look.target, { before: cursor, document: asked.document, kept }, asking.context.now());
}

interface OwnerAnswer {
  readonly cursor: OwnerCursor | null;
  readonly asked: Answered<OwnerDocument>;
  readonly route: OwnerCursor['route'];
}

function finishOwner(look: Look, { cursor, asked, route }: OwnerAnswer, asking: GithubSession): PollResult {
  if (isRefusal(asked)) return asked;
  if (asked.kind === 'unchanged') return { kind: 'same', cursor: look.cursor, restMs: asked.restMs };
  const kept = { keys: asking.keys, validators: asked.validators, restMs: asked.restMs, route, server: asking.server };
  return readOwner(look.target, { before: cursor, document: asked.document, kept }, asking.context.now());
}
