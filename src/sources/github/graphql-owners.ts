// Asks for many owners by GraphQL: the most recently pushed repositories, and further pages only where needed.
import type { GithubSession } from './client.ts';
import type { OwnerCursor } from './cursor.ts';
import type { OwnedRepository, OwnerDocument } from './document.ts';
import { lookFragments, ownerNode, readOwned } from './graphql-bodies.ts';
import type { GraphqlAsked } from './graphql-repositories.ts';
import type { Question, Run } from './graphql-run.ts';
import { isRefusal } from './refusal.ts';
import { isAccounted, mustSweep } from './rest-owner.ts';

export interface OwnerLook {
  readonly id: string;
  readonly login: string;
  readonly cursor: OwnerCursor | null;
}

interface Reading extends OwnerLook {
  readonly sweep: boolean;
  readonly after: string | null;
  readonly repositories: readonly OwnedRepository[];
  readonly dropped: number;
  readonly count: number | null;
}

const mostPages = 10;

export async function askOwners(
  looks: readonly OwnerLook[],
  run: Run,
  asking: GithubSession,
): Promise<ReadonlyMap<string, GraphqlAsked<OwnerDocument>>> {
  const results = new Map<string, GraphqlAsked<OwnerDocument>>();
  const now = asking.context.now();
  let open = looks.map(
    (look): Reading => ({
      ...look,
      sweep: mustSweep(look.cursor, now),
      after: null,
      repositories: [],
      dropped: 0,
      count: null,
    }),
  );
  for (let page = 1; open.length > 0; page++) {
    const told = await run(open.map(questionOf), lookFragments);
    open = open.flatMap((reading) => {
      const answer = told.get(reading.id);
      if (answer?.kind === 'missing') {
        results.set(reading.id, finish(reading, false, false));
        return [];
      }
      if (answer?.kind !== 'node') {
        const refusal = answer && (isRefusal(answer) || answer.kind === 'elsewhere') ? answer : null;
        results.set(
          reading.id,
          refusal ?? { kind: 'later', reason: { code: 'github.part-missing', params: {} }, afterMs: null },
        );
        return [];
      }
      const node = ownerNode.safeParse(answer.node).data;
      if (!node) {
        results.set(reading.id, {
          kind: 'broken',
          reason: { code: 'github.no-owner', params: { owner: reading.login } },
        });
        return [];
      }
      const { items, dropped, whole, after, count } = readOwned(node.repositories);
      const next: Reading = {
        ...reading,
        after,
        repositories: [...reading.repositories, ...items],
        dropped: reading.dropped + dropped,
        count,
      };
      if (!whole && after !== null && page < mostPages && (next.sweep || !reachesEnd(next))) return [next];
      results.set(reading.id, finish(next, true, whole));
      return [];
    });
  }
  return results;
}

function finish(
  { repositories, dropped, count }: Reading,
  there: boolean,
  whole: boolean,
): GraphqlAsked<OwnerDocument> {
  const document: OwnerDocument = { what: 'owner', by: 'graphql', there, repositories, whole, count, dropped };
  return { kind: 'asked', document, validators: {}, restMs: null };
}

/** A repository made public late may be far down the list, so paging goes on until the total is accounted for. */
function reachesEnd({ cursor, repositories, count }: Reading): boolean {
  const latest = cursor?.latest ?? null;
  const known = latest !== null && repositories.some((one) => (one.pushedAt ?? latest) < latest);
  return known && (count === null || isAccounted(cursor, 'graphql', count, repositories));
}

/** The same repositories as over REST: those that the owner has itself, without forks. */
function questionOf({ id, login, sweep, after }: Reading): Question {
  return {
    id,
    load: sweep || after !== null ? 3 : 1,
    field: (variable) => {
      const size = sweep || after !== null ? 100 : 20;
      const from = after === null ? '' : `,after:${variable(after)}`;
      const order = 'ownerAffiliations:[OWNER],isFork:false,orderBy:{field:PUSHED_AT,direction:DESC}';
      return `repositoryOwner(login:${variable(login)}){repositories(first:${size},${order}${from}){totalCount nodes{...owned} pageInfo{hasNextPage endCursor}}}`;
    },
  };
}
