// Catches up when there is capacity: what channels postponed in favour of messages, and knowledge that has become old.
import type { Db } from '../store/define.ts';
import type { Holds } from '../store/holds.ts';
import { forgetPlace, placesBehind, replacePlace } from '../store/places.ts';
import { dayMs, iso } from '../types/time.ts';
import { pacesOf } from './paces.ts';
import type { OutboxTarget } from './target.ts';

export interface CatchUpWorld {
  readonly db: Db;
  readonly now: () => number;
  readonly outboxTargets: readonly OutboxTarget[];
  readonly holds: Holds;
}

/** Older knowledge is asked for again: a text channel may have become one for announcements. */
const freshMs = 7 * dayMs;
const atOnce = 50;

/** Null = nothing is left; 'full' = there was no capacity for all of it. */
export async function catchUp(
  { db, now, outboxTargets, holds }: CatchUpWorld,
  { old }: { readonly old: boolean },
  signal: AbortSignal,
): Promise<null | 'full'> {
  for (let isOver = false; !isOver && !signal.aborted; ) {
    const behind = await placesBehind(db, old ? iso(now() - freshMs) : '', atOnce);
    isOver = behind.length < atOnce;
    const byAddress = new Map(outboxTargets.map((target) => [target.address, target]));
    for (const { address, known } of behind) {
      const channel = byAddress.get(address)?.channel;
      if (channel?.catchUp === undefined) {
        await db.batch([forgetPlace(address)]);
        continue;
      }
      const turn = await pacesOf(holds).take(channel.pace);
      if (turn === null) return 'full';
      const learned = await channel.catchUp(known, AbortSignal.any([signal, turn.signal])).finally(turn.done);
      if (learned === null || signal.aborted) return 'full';
      await db.batch([replacePlace(address, known, learned, iso(now()))]);
    }
  }
  return null;
}

const againMs = 1_000;
const restMs = 60_000;

/** Until the signal aborts. */
export async function keepCatchingUp(
  world: CatchUpWorld & { readonly onError: (error: unknown) => void },
  wait: (ms: number, signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const left = await catchUp(world, { old: true }, signal).catch(world.onError);
    await wait(left === 'full' ? againMs : restMs, signal);
  }
}
