// The state of one place in Discord: the worker, the watches here, what is owed here. Only reads.

import { channelState } from '../store/channel-states.ts';
import { countOwedIn } from '../store/deliveries.ts';
import { readMeta } from '../store/meta.ts';
import type { Beat } from '../types/beat.ts';
import type { Iso } from '../types/core.ts';
import type { AnyReason } from '../types/reasons/reason.ts';
import type { SendReason } from '../types/reasons/sending.ts';
import { iso } from '../types/time.ts';
import { channelName, type GuildChannelIds, type GuildContext } from './context.ts';
import { watchesHere } from './watches.ts';

export interface GuildStatus {
  /** The worker's last beat; null = it has not woken yet. */
  readonly beat: Iso | null;
  readonly watches: number;
  readonly paused: number;
  readonly failing: readonly { readonly target: string; readonly reason: AnyReason }[];
  readonly owed: number;
  /** Until when messages wait, and why. */
  readonly held: { readonly until: Iso; readonly reason: AnyReason } | null;
  /** Why nothing is sent here any more. */
  readonly gone: AnyReason | null;
}

const unknown: SendReason = { code: 'channel.gone', params: {} };

export async function standingHere(guildContext: GuildContext, place: GuildChannelIds): Promise<GuildStatus> {
  const { db } = guildContext;
  const name = channelName(guildContext, place);
  const watches = await watchesHere(guildContext, place);
  const now = iso(guildContext.now());
  const { owed } = await countOwedIn(db, [name], now);
  const state = await channelState(db, name);
  const beat = await readMeta(db, 'beat');
  return {
    beat: beat === null ? null : (JSON.parse(beat) as Beat).at,
    watches: watches.length,
    paused: watches.filter((watch) => watch.paused).length,
    failing: watches.flatMap(({ target, failing }) => (failing === null ? [] : [{ target, reason: failing }])),
    owed,
    held:
      state?.holdUntil == null || state.holdUntil <= now
        ? null
        : { until: state.holdUntil, reason: state.reason ?? unknown },
    gone: state?.goneAt == null ? null : (state.reason ?? unknown),
  };
}
