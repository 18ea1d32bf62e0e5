// What a REST route of GitHub answers, before validators, pages and limits are seen to.
import type { GithubHosts } from './bodies.ts';
import type { GithubState } from './state.ts';

export interface Found {
  readonly status: number;
  readonly body: unknown;
  /** Milliseconds; only for what has a `Last-Modified` on GitHub. */
  readonly modified?: number;
  /** The whole listing, of which the page asked for is sent. */
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
