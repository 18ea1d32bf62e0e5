// GitHub: repositories, and all repositories of an organisation or user.

import { z } from 'zod';
import type { Look, PollResult, Quota, RecordedAnswer } from '../../types/core.ts';
import type { LookReason } from '../../types/reasons/looks.ts';
import { hourMs } from '../../types/time.ts';
import type { PollAnswer, PollContext, Source, SourceKind, SourceWorld } from '../define.ts';
import { nameFilters } from '../filters.ts';
import { readAddress } from './address.ts';
import { readOwnerCursor, readRepositoryCursor } from './cursor.ts';
import { ownerDocument, repositoryDocument } from './document.ts';
import { openFeeds } from './feeds.ts';
import { mostAtOnce } from './graphql-run.ts';
import { lookByGraphql, lookByRest, lookFrugally } from './looks.ts';
import { collect } from './people.ts';
import { openPlaces, type Place } from './places.ts';
import { readOwner } from './read-owner.ts';
import { readRepository } from './read-repository.ts';
import { countSpread } from './spread.ts';

const events = ['release', 'tag', 'repo', 'code', 'licence', 'state', 'support'] as const;

export const github: SourceKind = {
  kind: 'github',
  events,
  options: {
    on: z.array(z.enum(events)).optional(),
    prereleases: z.boolean().optional(),
    ...nameFilters,
  },
  address: readAddress,
  floorMs: 30_000,
  open,
};

const publicServer = 'https://github.com';
const publicApi = 'https://api.github.com';
const queriesPerPoll = 10;

/** Share of a token's limit used on average; at this share 10,000 repositories are looked at within a minute of a release. */
const usualShare = 0.27;
/** https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api, and the same for GraphQL. */
const quotas = {
  anonymous: { limit: 60, windowMs: hourMs, share: 1, peak: 1, hot: 0, batch: 1, worst: 4, lanes: 4 },
  rest: { limit: 5_000, windowMs: hourMs, share: usualShare, peak: 1, hot: 60, batch: 1, worst: 4, lanes: 25 },
  // A light look costs one point; a first look costs two more for what it found, and some licences. Busy hours may use what
  // quiet ones left over: the answers say how much is left of the limit, and no look exceeds that.
  graphql: {
    limit: 5_000,
    windowMs: hourMs,
    share: usualShare,
    peak: 2,
    hot: 60,
    batch: mostAtOnce,
    worst: 4,
    lanes: 1,
  },
} as const satisfies Readonly<Record<string, Quota>>;

function open(world: SourceWorld): Source {
  const places = openPlaces(world);
  const server = world.addresses['github.serverUrl'] ?? publicServer;
  const apiUrl = world.addresses['github.apiUrl'] ?? publicApi;
  // The public web site's feeds know nothing about repositories on another server.
  const feeds = apiUrl === publicApi || server !== publicServer ? openFeeds(world.http, server) : null;

  async function pollAt({ client, pace }: Place, looks: readonly Look[], context: PollContext): Promise<PollAnswer> {
    const asking = client.begin(context);
    const one = async (look: Look, batched: ReadonlyMap<string, PollResult> | null): Promise<[string, PollResult]> => [
      look.target.id,
      batched?.get(look.target.id) ?? (await lookByRest(look, asking)),
    ];
    if (!asking.withToken) {
      return { results: await lookFrugally(looks, asking, feeds), spent: asking.spent };
    }
    const batched = pace.works === false ? null : await lookByGraphql(looks, asking, pace);
    return { results: new Map(await Promise.all(looks.map((look) => one(look, batched)))), spent: asking.spent };
  }

  async function poll(looks: readonly Look[], context: PollContext): Promise<PollAnswer> {
    const results = new Map<string, PollResult>();
    const groups = new Map<Place, Look[]>();
    for (const look of looks) {
      const place = await places.placeOf(look.target.address, context);
      if ('problem' in place) results.set(look.target.id, unanswered(place.problem));
      else {
        const some = groups.get(place) ?? [];
        some.push(look);
        groups.set(place, some);
      }
    }
    const answers = await Promise.all([...groups].map(([place, some]) => pollAt(place, some, context)));
    return {
      results: new Map([...results, ...answers.flatMap((answer) => [...answer.results])]),
      spent: answers.flatMap(({ spent }) => spent),
    };
  }

  return {
    kind: 'github',
    awaits: true,
    batch: queriesPerPoll * mostAtOnce,
    pool: places.poolOf,
    learnPools: places.learn,
    quota: (pool) => {
      if (!places.signedIn) return quotas.anonymous;
      const quota = places.byPool(pool)?.pace.works === false ? quotas.rest : quotas.graphql;
      return { ...quota, share: world.shares?.github ?? quota.share };
    },
    poll,
    collect: async (list, user, context) => {
      const place = await places.placeOf(user, context);
      if ('problem' in place) return { kind: 'failed', reason: place.problem };
      return collect(place.client.begin(context), list, user);
    },
    spread: async (target, context) => {
      const place = await places.placeOf(target.address, context);
      return 'problem' in place ? { measures: null, spent: [] } : countSpread(place.client.begin(context), target);
    },
    read: (look, answer, at) => read(look, answer, at, { server, supportedIn: world.supportedIn }),
  };
}

/** The result when no place can ask: the App is refused or not installed, or its installations are not known yet. */
function unanswered(reason: LookReason): PollResult {
  const mustBeMended = reason.code === 'github.app-refused' || reason.code === 'github.no-installation';
  return mustBeMended ? { kind: 'broken', reason } : { kind: 'later', reason, afterMs: null };
}

const recorded = z.discriminatedUnion('what', [repositoryDocument, ownerDocument]);
const unkept = { keys: 'recorded', validators: {}, restMs: null };

function read(
  look: Look,
  answer: RecordedAnswer,
  at: number,
  { server, supportedIn }: { readonly server: string; readonly supportedIn: SourceWorld['supportedIn'] },
): PollResult {
  const parsed = recorded.safeParse(parse(answer.body));
  if (!parsed.success) return { kind: 'broken', reason: { code: 'github.recorded-other', params: {} } };
  const document = parsed.data;
  switch (document.what) {
    case 'repository':
      return readRepository(
        look.target,
        { before: readRepositoryCursor(look.cursor), document, kept: { ...unkept, supportedIn } },
        at,
      );
    case 'owner':
      return readOwner(
        look.target,
        { before: readOwnerCursor(look.cursor), document, kept: { ...unkept, route: 'orgs', server } },
        at,
      );
  }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
