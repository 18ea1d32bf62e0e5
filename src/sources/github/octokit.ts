// The octokit client for one way of signing in: nobody, a token, a GitHub App as itself, or one of its installations.
import type { SourceWorld } from '../define.ts';
import type { Headers } from './refusal.ts';

export interface Octokit {
  readonly request: (
    route: string,
    options: Readonly<Record<string, unknown>>,
  ) => Promise<{ readonly status: number; readonly headers: Headers; readonly data: unknown }>;
}

/** What octokit throws for statuses from 300 on, and for requests without an answer. */
export interface RequestFailure extends Error {
  readonly request?: { readonly url: string };
  readonly response?: { readonly status: number; readonly headers: Headers; readonly data: unknown };
}

export interface GithubApp {
  /** The App's number or client id. */
  readonly id: string;
  /** PEM. */
  readonly key: string;
}

/** `installation`: null = as the App itself, which may only ask about its installations. */
export type Credentials =
  | { readonly kind: 'none' }
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'app'; readonly app: GithubApp; readonly installation: number | null };

const silent = () => undefined;
const log = { debug: silent, info: silent, warn: silent, error: silent };

async function signIn(credentials: Credentials): Promise<Readonly<Record<string, unknown>>> {
  switch (credentials.kind) {
    case 'none':
      return {};
    case 'token':
      return { auth: credentials.token };
    case 'app': {
      const { createAppAuth } = await import('@octokit/auth-app');
      const { app, installation } = credentials;
      const auth = {
        appId: app.id,
        privateKey: app.key,
        ...(installation === null ? {} : { installationId: installation }),
      };
      return { authStrategy: createAppAuth, auth };
    }
  }
}

/** The plugins `throttle` and `retry` are off: they would sleep inside our call, but waiting is the scheduler's task. */
export async function loadOctokit(world: SourceWorld, credentials: Credentials): Promise<Octokit> {
  const [{ Octokit }, signedIn] = await Promise.all([import('octokit'), signIn(credentials)]);
  return new Octokit({
    ...signedIn,
    baseUrl: world.addresses['github.apiUrl'] ?? 'https://api.github.com',
    // Our own requests set it themselves; octokit's requests for an installation's token do not.
    userAgent: world.http.userAgent,
    throttle: { enabled: false },
    retry: { enabled: false },
    log,
    request: { fetch: world.http.fetch },
  });
}
