// GitHub in this world: the API host, the web host, and the handles for tests.
import { openService, type Service } from '../service.ts';
import { type AppControl, createApp } from './app.ts';
import { createGithubWeb } from './atom.ts';
import type { GithubHosts } from './bodies.ts';
import type { GithubContext } from './found.ts';
import { createGithubGraphql, type GraphqlControl, githubSchema } from './graphql.ts';
import { ensureOwner, ensureRepo, type RepoHandle, type RepoSeed } from './handles.ts';
import { createGithubLimits, type GithubLimits } from './limits.ts';
import { createGithubRest } from './rest.ts';
import { createGithubState, type OwnerState } from './state.ts';

export interface GithubWorld {
  /** REST at `/`, GraphQL at `/graphql`. */
  readonly api: Service;
  /** Atom feeds and raw files. */
  readonly web: Service;
  readonly limits: GithubLimits;
  readonly graphql: GraphqlControl;
  /** The GitHub App, created by the first call. */
  readonly app: () => AppControl;
  /** A token that is valid from the start. */
  readonly token: string;
  /** The repository with this name, created from the seed if missing. */
  readonly repo: (fullName: string, seed?: RepoSeed) => RepoHandle;
  readonly owner: (login: string, type?: OwnerState['type']) => OwnerState;
  /** Builds the GraphQL schema now, so that the first query is not slower than others. */
  readonly warm: () => void;
  readonly close: () => Promise<void>;
}

const TOKEN = 'github_pat_11LANDFALL0worldcanary7Qm2Zr';

export async function openGithub(now: () => number): Promise<GithubWorld> {
  const state = createGithubState(now);
  const limits = createGithubLimits();
  limits.addToken(TOKEN);
  // Filled in once the ports are known.
  const hosts = { api: '', web: '' } satisfies GithubHosts;
  const context: GithubContext = { state, hosts };
  const gaps: string[] = [];
  const rest = createGithubRest(context, limits);
  let app: ReturnType<typeof createApp> | null = null;
  const graphql = createGithubGraphql(context, limits, gaps);
  const api = await openService({
    name: 'GitHub API',
    now,
    handle: async (ask) => {
      const said =
        ask.method === 'POST' && ask.path === '/graphql' ? await graphql.answer(ask) : (app?.answer(ask) ?? rest(ask));
      api.unexpected.push(...gaps.splice(0));
      return said;
    },
  });
  const web = await openService({ name: 'GitHub web host', now, handle: createGithubWeb(context) });
  hosts.api = api.url;
  hosts.web = web.url;
  return {
    api,
    web,
    limits,
    graphql: graphql.control,
    app: () => {
      app ??= createApp(limits, now);
      return app.control;
    },
    token: TOKEN,
    repo: (fullName, seed) => ensureRepo(state, fullName, seed),
    owner: (login, type) => ensureOwner(state, login, type),
    warm: () => {
      githubSchema();
    },
    close: async () => {
      await Promise.all([api.close(), web.close()]);
    },
  };
}
