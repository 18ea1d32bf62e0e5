// On whose behalf each address is asked for, each with its own quota: anonymous, the token, or an installation of an App.
import { createHash } from 'node:crypto';
import type { Target } from '../../types/core.ts';
import type { LookReason } from '../../types/reasons/looks.ts';
import type { PollContext, SourceWorld } from '../define.ts';
import { createClient, type GithubClient, type Seat } from './client.ts';
import { createPace } from './graphql-run.ts';
import { createInstallations, type Installation, installationFor, type PoolsLearned } from './installations.ts';
import { type GithubApp, loadOctokit } from './octokit.ts';

export interface Place {
  readonly pool: string;
  readonly client: GithubClient;
  readonly pace: ReturnType<typeof createPace>;
}

export interface Places {
  /** False = within the limits of anonymous use. */
  readonly signedIn: boolean;
  readonly poolOf: (target: Target) => string;
  /** The place for requests about this address, or why there is none. Learns the installations if none are known yet. */
  readonly placeOf: (address: string, context: PollContext) => Promise<Place | { readonly problem: LookReason }>;
  /** Null = no place with this pool has been used yet. */
  readonly byPool: (pool: string) => Place | null;
  readonly learn: (context: PollContext) => Promise<PoolsLearned>;
}

const commonPool = 'github';

const shortHash = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 8);

function placeWith(world: SourceWorld, seat: Seat): Place {
  return { pool: seat.pool, client: createClient(world, seat), pace: createPace() };
}

/** Without an App: one place for all addresses. */
function onePlace(world: SourceWorld, token: string | undefined): Places {
  const signedIn = token !== undefined && token !== '';
  const place = placeWith(world, {
    pool: commonPool,
    signedIn,
    keys: signedIn ? shortHash(token) : 'anonymous',
    load: () => loadOctokit(world, signedIn ? { kind: 'token', token } : { kind: 'none' }),
  });
  return {
    signedIn,
    poolOf: () => commonPool,
    placeOf: () => Promise.resolve(place),
    byPool: () => place,
    learn: () => Promise.resolve({ moved: false, problem: null }),
  };
}

function placesOfApp(world: SourceWorld, app: GithubApp): Places {
  const host = new URL(world.addresses['github.apiUrl'] ?? 'https://api.github.com').host;
  const places = new Map<number, Place>();
  const installations = createInstallations(host, () => loadOctokit(world, { kind: 'app', app, installation: null }));
  const poolFor = ({ account }: Installation): string => `${commonPool}:${account}`;

  const placeFor = (installation: Installation): Place => {
    const { id, account } = installation;
    const known = places.get(id);
    if (known?.pool === poolFor(installation)) return known;
    const place = placeWith(world, {
      pool: poolFor(installation),
      signedIn: true,
      keys: shortHash(`installation ${id}`),
      load: () => loadOctokit(world, { kind: 'app', app, installation: id }),
      refusedAs: (status, forToken, nowMs) => {
        // A 401 for its token, or a 403 or 404 when asking for one: the installation is suspended or no longer exists.
        if (forToken && status === 401)
          return { kind: 'broken', reason: { code: 'github.app-refused', params: { host } } };
        if (status !== 401 && !(forToken && (status === 403 || status === 404))) return null;
        installations.lose(id, nowMs);
        places.delete(id);
        return {
          kind: 'later',
          reason: { code: 'github.installation-gone', params: { host, account } },
          afterMs: null,
        };
      },
    });
    places.set(id, place);
    return place;
  };

  return {
    signedIn: true,
    poolOf: ({ address }) => {
      const installation = installationFor(address, installations.list());
      return installation === null ? commonPool : poolFor(installation);
    },
    placeOf: async (address, context) => {
      if (installations.list().length === 0) await installations.refresh(context);
      const installation = installationFor(address, installations.list());
      if (installation !== null) return placeFor(installation);
      return { problem: installations.problem() ?? { code: 'github.no-installation', params: { host } } };
    },
    byPool: (pool) => [...places.values()].find((place) => place.pool === pool) ?? null,
    learn: installations.learn,
  };
}

export function openPlaces(world: SourceWorld): Places {
  const { GITHUB_TOKEN: token, GITHUB_APP_ID: id, GITHUB_APP_KEY: key } = world.secrets;
  return id === undefined || key === undefined ? onePlace(world, token) : placesOfApp(world, { id, key });
}
