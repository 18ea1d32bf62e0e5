// Puts a channel on hold, with a notice to operators when the hold begins.
import { type ChannelState, channelState, saveChannelState } from '../store/channel-states.ts';
import type { Db, Statement } from '../store/define.ts';
import type { AnyReason } from '../types/reasons/reason.ts';
import { iso } from '../types/time.ts';
import type { Notice, OutboxTarget } from './target.ts';

interface World {
  readonly db: Db;
  readonly notice: (notice: Notice) => readonly Statement[];
}

/** Statements for the hold, with a notice to operators if it is new. */
export async function held(
  world: World,
  outboxTarget: OutboxTarget,
  reason: AnyReason,
  untilMs: number,
): Promise<readonly Statement[]> {
  const known = await channelState(world.db, outboxTarget.name);
  const already = known?.address === outboxTarget.address && known.holdUntil !== null;
  const notice = already ? [] : world.notice({ kind: 'channelHeld', what: [outboxTarget.name], reason });
  return [saveChannelState(state(outboxTarget, { holdUntil: iso(untilMs), reason })), ...notice];
}

export function state(
  outboxTarget: Pick<OutboxTarget, 'name' | 'address'>,
  change: Partial<ChannelState>,
): ChannelState {
  return {
    name: outboxTarget.name,
    address: outboxTarget.address,
    holdUntil: null,
    reason: null,
    goneAt: null,
    ...change,
  };
}
