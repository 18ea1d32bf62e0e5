// The result of a REST route of GitHub, before validators, paging and limits are applied.
import type { GithubHosts } from './bodies.ts';
import type { GithubState } from './state.ts';

export interface Found {
  readonly status: number;
  readonly body: unknown;
  /** Milliseconds since the epoch; only for resources with a `Last-Modified` on GitHub. */
  readonly modified?: number;
  /** The whole listing; only the requested page of it is sent. */
  readonly list?: { readonly items: readonly unknown[]; readonly canonical: string };
  readonly location?: string;
  readonly type?: string;
}

export interface GithubContext {
  readonly state: GithubState;
  readonly hosts: GithubHosts;
}

export const NOT_FOUND: Found = {
  status: 404,
  body: { message: 'Not Found', documentation_url: 'https://docs.github.com/rest', status: '404' },
};
