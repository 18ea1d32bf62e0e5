// GitHub in a process of its own, so that the work of playing it is not taken for the bot's: `fork` it, and it says where it is.
import { openGithub } from '../support/world/github/open.ts';

/** What the bench asks of it. */
export interface GithubOrder {
  /** A release in each repository. */
  readonly release: string;
}

export interface GithubWord {
  readonly env?: Readonly<Record<string, string>>;
  /** Requests so far. */
  readonly asked?: number;
  readonly released?: string;
}

const repos = Number(process.env.REPOS);
const github = await openGithub(Date.now);
github.warm();
github.api.latency(Number(process.env.ANSWER_MS));
const list = Array.from({ length: repos }, (_, index) => github.repo(`org${index % 50}/repo${index}`, {}));
for (const repo of list) for (let number = 1; number <= 3; number += 1) repo.release({ tag: `v1.${number}` });

const tell = (word: GithubWord): void => {
  process.send?.(word);
};
process.on('message', ({ release }: GithubOrder) => {
  for (const repo of list) repo.release({ tag: release, body: 'What is new in this one.\n'.repeat(20) });
  tell({ released: release });
});
setInterval(() => tell({ asked: github.api.log.length }), 100).unref();
tell({
  env: {
    GITHUB_API_URL: github.api.url,
    GITHUB_GRAPHQL_URL: `${github.api.url}/graphql`,
    GITHUB_SERVER_URL: github.web.url,
    GITHUB_TOKEN: github.token,
  },
});
