// Whether a guild's preview may cost a look now.

import { COURTESY, guildRoom } from '../scheduler/policy/budget.ts';
import { guildPart, readPool } from '../scheduler/policy/memory.ts';
import { countTargets, poolState } from '../store/pools.ts';
import type { Spent, Target } from '../types/core.ts';
import type { PreviewReason } from '../types/reasons/guilds.ts';
import type { GuildContext } from './context.ts';

export type Admission =
  /** To be called when the look is over, with what it cost. */
  { readonly over: (spent: readonly Spent[]) => void } | { readonly refused: PreviewReason };

/** Whether a pool may be asked for a preview now: the file's targets keep theirs, and a host that wants rest has it. */
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
  // No pause between the question and the claim: many ask at once.
  if (guildRoom(memory.budget, quota, { part: guildPart(memory), pending: previews.pending(pool, nowMs), now: nowMs }))
    return { over: previews.begin(pool, Math.ceil(memory.budget.unit), nowMs) };
  return { refused: { code: 'preview.share-spent', params: {} } };
}
