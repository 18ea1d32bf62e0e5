// What channels put off while messages went first, and what they know that has become old: asked when there is room.
import type { Db } from '../store/define.ts';
import { forgetPlace, placesBehind, replacePlace } from '../store/places.ts';
import { dayMs, iso } from '../types/time.ts';
import type { OutboxTarget } from './target.ts';

export interface CatchUpWorld {
  readonly db: Db;
  readonly now: () => number;
  readonly outboxTargets: readonly OutboxTarget[];
}

/** What is older is asked anew: a text channel may publish by now. */
const freshMs = 7 * dayMs;
const atOnce = 50;

/** `null`: nothing is left; `full`: there was no room for all of it. */
export async function catchUp(
  { db, now, outboxTargets }: CatchUpWorld,
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
      const learned = await channel.catchUp(known, signal);
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
