// GitHub's limits: the hourly budget per token or address, and the secondary limits (points per minute, concurrency).
import type { Ask, Said } from '../service.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const DOCS = 'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api';

export interface GithubLimitSettings {
  /** Requests per hour without a token. */
  anonymous: number;
  /** Requests per hour with a token. */
  core: number;
  /** GraphQL points per hour. */
  graphql: number;
  /** Concurrent requests, REST and GraphQL together. */
  concurrent: number;
  restPerMinute: number;
  graphqlPerMinute: number;
  /** The `Retry-After` of a secondary limit, in seconds. */
  retryAfterS: number;
}

export interface Window {
  readonly limit: number;
  used: number;
  /** Milliseconds since the epoch. */
  readonly resetAt: number;
}

interface TokenOwner {
  readonly id: string;
  /** The account whose private repositories it sees. */
  readonly account: string;
  readonly until: number;
  readonly core?: number;
  readonly graphql?: number;
}

export interface Principal {
  readonly id: string;
  readonly token: boolean;
  /** The account whose private repositories it sees. */
  readonly account?: string;
}

export interface GithubLimits {
  readonly settings: GithubLimitSettings;
  /** Whose budget a request uses: that of a known token or of the address; null = an unknown token. */
  readonly principal: (ask: Ask) => Principal | null;
  /** `owner`: whose budget the token uses, until when it is valid, and any limits other than the usual ones. */
  readonly addToken: (token: string, owner?: TokenOwner) => void;
  readonly revokeToken: (token: string) => void;
  readonly window: (principal: string, resource: Resource) => Window;
  /** The refusal of a request before it is answered; null = none. Counts points of the secondary limits. */
  readonly refuse: (ask: Ask, principal: { id: string; token: boolean }, resource: Resource) => Said | null;
  readonly spend: (principal: string, resource: Resource, cost: number) => void;
  /** How often a limit was exceeded. */
  readonly refusals: { primary: number; secondary: number };
}

export type Resource = 'core' | 'graphql';

export function createGithubLimits(): GithubLimits {
  const settings: GithubLimitSettings = {
    anonymous: 60,
    core: 5000,
    graphql: 5000,
    concurrent: 100,
    restPerMinute: 900,
    graphqlPerMinute: 2000,
    retryAfterS: 60,
  };
  const tokens = new Map<string, TokenOwner | null>();
  const budgets = new Map<string, { readonly core?: number; readonly graphql?: number }>();
  const windows = new Map<string, Window>();
  const minutes = new Map<string, number[]>();
  const refusals = { primary: 0, secondary: 0 };
  let now = 0;

  const window = (principal: string, resource: Resource): Window => {
    const key = `${principal} ${resource}`;
    const known = windows.get(key);
    if (known !== undefined && known.resetAt > now) return known;
    const usual =
      resource === 'graphql' ? settings.graphql : principal === 'anonymous' ? settings.anonymous : settings.core;
    const limit = budgets.get(principal)?.[resource] ?? usual;
    const fresh: Window = { limit, used: 0, resetAt: (Math.floor(now / 1000) + HOUR / 1000) * 1000 };
    windows.set(key, fresh);
    return fresh;
  };

  return {
    settings,
    refusals,
    addToken: (token, owner) => {
      tokens.set(token, owner ?? null);
      if (owner !== undefined) budgets.set(owner.id, owner);
    },
    revokeToken: (token) => tokens.delete(token),
    principal: (ask) => {
      now = ask.at;
      const given = /^(?:bearer|token) +(\S+)$/i.exec(ask.headers.authorization ?? '')?.[1];
      if (ask.headers.authorization === undefined) return { id: 'anonymous', token: false };
      const owner = given === undefined ? undefined : tokens.get(given);
      if (given === undefined || owner === undefined) return null;
      if (owner === null) return { id: given, token: true };
      return owner.until > ask.at ? { id: owner.id, token: true, account: owner.account } : null;
    },
    window,
    refuse: (ask, principal, resource) => {
      const perMinute = resource === 'graphql' ? settings.graphqlPerMinute : settings.restPerMinute;
      const key = `${principal.id} ${resource}`;
      const recent = (minutes.get(key) ?? []).filter((at) => at > ask.at - MINUTE);
      minutes.set(key, recent);
      recent.push(ask.at);
      if (ask.concurrent > settings.concurrent || recent.length > perMinute) {
        refusals.secondary += 1;
        return secondary(settings.retryAfterS);
      }
      const budget = window(principal.id, resource);
      if (resource === 'graphql' || budget.used < budget.limit) return null;
      refusals.primary += 1;
      return primary(principal);
    },
    spend: (principal, resource, cost) => {
      window(principal, resource).used += cost;
    },
  };
}

/** The refusal by a secondary limit, in GitHub's words. */
export function secondary(retryAfterS: number): Said {
  return {
    status: 403,
    headers: { 'retry-after': String(retryAfterS) },
    body: {
      documentation_url: `${DOCS}#about-secondary-rate-limits`,
      message:
        'You have exceeded a secondary rate limit. Please wait a few minutes before you try again. If you reach out to GitHub Support for help, please include the request ID.',
    },
  };
}

function primary(principal: { id: string; token: boolean }): Said {
  return {
    status: 403,
    body: {
      message: principal.token
        ? 'API rate limit exceeded for user ID 583231. If you reach out to GitHub Support for help, please include the request ID.'
        : "API rate limit exceeded for 127.0.0.1. (But here's the good news: Authenticated requests get a higher rate limit. Check out the documentation for more details.)",
      documentation_url: `${DOCS}#primary-rate-limits`,
      status: '403',
    },
  };
}

/** The rate limit headers of every answer. */
export function limitHeaders(window: Window, resource: Resource): Record<string, string> {
  return {
    'x-ratelimit-limit': String(window.limit),
    'x-ratelimit-remaining': String(Math.max(0, window.limit - window.used)),
    'x-ratelimit-used': String(window.used),
    'x-ratelimit-reset': String(Math.floor(window.resetAt / 1000)),
    'x-ratelimit-resource': resource,
  };
}
