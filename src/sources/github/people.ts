// The repositories that a GitHub user starred and the accounts they follow, for generating a watch list.
import { z } from 'zod';
import type { Collected } from '../define.ts';
import type { GithubSession } from './client.ts';

const lists = {
  /** https://docs.github.com/en/rest/activity/starring */
  stars: { route: 'GET /users/{username}/starred', item: z.object({ full_name: z.string().min(3) }) },
  /** https://docs.github.com/en/rest/users/followers */
  following: { route: 'GET /users/{username}/following', item: z.object({ login: z.string().min(1) }) },
} as const;

/** Pages of a hundred items. */
const mostPages = 50;

export async function collect(asking: GithubSession, list: string, username: string): Promise<Collected> {
  if (list !== 'stars' && list !== 'following') return { kind: 'absent' };
  const { route, item } = lists[list];
  const addresses: string[] = [];
  for (let page = 1; page <= mostPages; page += 1) {
    const reply = await asking.get(route, { username, per_page: 100, page });
    switch (reply.kind) {
      case 'later':
      case 'broken':
        return { kind: 'failed', reason: reply.reason };
      case 'missing':
        return { kind: 'absent' };
      case 'body': {
        const items = z.array(z.unknown()).safeParse(reply.body).data;
        if (items === undefined) return { kind: 'failed', reason: { code: 'github.no-list', params: { route } } };
        for (const one of items) {
          const read = item.safeParse(one).data;
          if (read !== undefined) addresses.push('full_name' in read ? read.full_name : read.login);
        }
        if (!reply.next) return { kind: 'list', addresses, whole: true };
        break;
      }
      case 'unchanged':
      case 'empty':
        return { kind: 'list', addresses, whole: true };
    }
  }
  return { kind: 'list', addresses, whole: false };
}
