// Whether a guild's preview may make a look now.

import { COURTESY, guildRoom } from '../scheduler/policy/budget.ts';
import { guildPart, readPool } from '../scheduler/policy/memory.ts';
import { countTargets, poolState } from '../store/pools.ts';
import type { Spent, Target } from '../types/core.ts';
import type { PreviewReason } from '../types/reasons/guilds.ts';
import type { GuildContext } from './context.ts';

export type Admission =
  /** Called when the look is over, with what it cost. */
  { readonly over: (spent: readonly Spent[]) => void } | { readonly refused: PreviewReason };

/** The file's targets keep their share of the pool, and a host that asked for rest is left alone. */
export async function admitPreview(
  guildContext: Pick<GuildContext, 'db' | 'now' | 'sources' | 'previews'>,
  target: Target,
): Promise<Admission> {
  const { db, sources, previews } = guildContext;
  const nowMs = guildContext.now();
  const pool = sources.get(target.source)?.pool(target) ?? target.source;
  const quota = sources.get(target.source)?.quota?.(pool, await countTargets(db, pool)) ?? COURTESY;
  const state = await poolState(db, pool);
  const rest = state?.pausedUntil ?? null;
  if (rest !== null && Date.parse(rest) > nowMs) return { refused: { code: 'look.host-rests', params: {} } };
  const memory = readPool(state?.doc ?? null, quota, nowMs);
  // There is no `await` between the question and the claim, because many may ask at once.
  if (guildRoom(memory.budget, quota, { part: guildPart(memory), pending: previews.pending(pool, nowMs), now: nowMs }))
    return { over: previews.begin(pool, Math.ceil(memory.budget.unit), nowMs) };
  return { refused: { code: 'preview.share-spent', params: {} } };
}
