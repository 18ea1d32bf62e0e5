// Hugging Face's webhooks: what a push names is looked at immediately.

// https://huggingface.co/docs/hub/webhooks
import { z } from 'zod';
import type { SourceKind } from '../sources/define.ts';
import type { Db } from '../store/define.ts';
import { targetsById } from '../store/targets.ts';
import type { Pushes } from '../worker/pushes.ts';

const name = z.string().max(200);
const payload = z.object({
  event: z.object({ action: z.string(), scope: z.string() }),
  repo: z.object({ type: z.string(), name }),
  movedTo: z.object({ name }).optional(),
});

export interface HookWorld {
  readonly db: Db;
  /** Parses addresses of Hugging Face. */
  readonly address: SourceKind['address'];
  readonly pushes: Pushes;
}

export type HookResult =
  | { readonly kind: 'taken'; readonly targetIds: readonly string[] }
  | { readonly kind: 'not understood' };

/** The target ids of a repository and its owner; none when the name is not an address. */
function idsOf(repository: string, address: SourceKind['address']): readonly string[] {
  const [owner = '', model] = repository.split('/');
  if (model === undefined) return [];
  return [owner, repository].flatMap((written) => {
    const reading = address(written, {});
    return 'target' in reading ? [reading.target.id] : [];
  });
}

/** Discussions, and repositories other than models, change nothing that is watched. */
function isNews(scope: string, type: string): boolean {
  return type === 'model' && (scope === 'repo' || scope.startsWith('repo.'));
}

/** Handles a webhook's body (version 3). Targets that are only covered by their owner's look are ignored. */
export async function takePush(world: HookWorld, body: unknown): Promise<HookResult> {
  const read = payload.safeParse(body);
  if (!read.success) return { kind: 'not understood' };
  const { event, repo, movedTo } = read.data;
  if (!isNews(event.scope, repo.type)) return { kind: 'taken', targetIds: [] };
  const named = [repo.name, ...(movedTo === undefined ? [] : [movedTo.name])];
  const ids = [...new Set(named.flatMap((one) => idsOf(one, world.address)))];
  const rows = [...(await targetsById(world.db, ids)).values()].filter((row) => row.dueAt !== null);
  for (const [pool, list] of Map.groupBy(rows, (row) => row.pool)) {
    world.pushes.add(
      pool,
      list.map((row) => row.target.id),
    );
  }
  return { kind: 'taken', targetIds: rows.map((row) => row.target.id) };
}
