// A repository's popularity: stars and forks.
import { z } from 'zod';
import type { Target } from '../../types/core.ts';
import type { SpreadAnswer } from '../define.ts';
import type { GithubSession } from './client.ts';

const document = z.object({
  private: z.boolean().nullish(),
  stargazers_count: z.int().nonnegative(),
  forks_count: z.int().nonnegative(),
});

export async function countSpread(asking: GithubSession, target: Target): Promise<SpreadAnswer> {
  const [owner = '', repo = ''] = target.address.split('/');
  const answer = await asking.get('GET /repos/{owner}/{repo}', { owner, repo });
  const read = answer.kind === 'body' ? document.safeParse(answer.body) : null;
  if (read?.success !== true || read.data.private === true) return { measures: null, spent: asking.spent };
  const { stargazers_count: stars, forks_count: forks } = read.data;
  return { measures: { stars, forks }, spent: asking.spent };
}
