// The models that a Hugging Face user likes, for generating a watch list.
import { z } from 'zod';
import type { Collected } from '../define.ts';
import type { HubClient } from './client.ts';

const like = z.object({ repo: z.object({ name: z.string().min(1), type: z.string() }) });

const mostPages = 50;

export async function collect(client: HubClient, list: string, user: string): Promise<Collected> {
  if (list !== 'likes') return { kind: 'absent' };
  const addresses: string[] = [];
  let path: string | null = `/api/users/${encodeURIComponent(user)}/likes`;
  for (let page = 1; page <= mostPages && path !== null; page += 1) {
    const got = await client.json(path, null);
    switch (got.kind) {
      case 'json': {
        const items = z.array(z.unknown()).safeParse(got.body).data;
        if (items === undefined)
          return { kind: 'failed', reason: { code: 'huggingface.not-json', params: { host: new URL(got.url).host } } };
        for (const one of items) {
          const repo = like.safeParse(one).data?.repo;
          if (repo?.type === 'model') addresses.push(repo.name);
        }
        path = got.next;
        break;
      }
      case 'missing':
      case 'disabled':
      case 'unchanged':
        return { kind: 'absent' };
      case 'too much':
      case 'later':
      case 'broken':
        return { kind: 'failed', reason: got.reason };
    }
  }
  return { kind: 'list', addresses, whole: path === null };
}
