// Empties the outbox: every channel on its own, each in its order, each held by one worker at a time.
import { type DeliverWorld, deliverNext, type Outlet, state } from './deliver.ts';
import { giveUpChannel } from './store/deliveries.ts';
import { claimLease, leaseStatement, releaseLease } from './store/leases.ts';
import { type ChannelState, channelStates, saveChannelState } from './store/standing.ts';

export interface CourierWorld extends Omit<DeliverWorld, 'guard'> {
  readonly outlets: readonly Outlet[];
  readonly holder: string;
  /** Something infrastructural broke while a channel was served: said, and tried again. */
  readonly onError: (error: unknown, channel: string) => void;
}

const leaseMs = 60_000;
/** When another worker has the channel, or the database did not answer. */
const againMs = 5_000;

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

/** Milliseconds when the channel is to be served again; null = when something new is owed. */
async function serve(world: CourierWorld, outlet: Outlet, known: ChannelState | undefined, signal: AbortSignal): Promise<number | null> {
  const { db, now, holder } = world;
  const stands = known?.address === outlet.address ? known : undefined;
  if (stands?.goneAt != null) {
    await db.batch([giveUpChannel(outlet.name, stands.reason ?? 'the channel is gone', iso(now()))]);
    return null;
  }
  const held = stands?.holdUntil == null ? null : Date.parse(stands.holdUntil);
  if (held !== null && held > now()) return held;
  const lease = `channel:${outlet.name}`;
  if (!(await claimLease(db, lease, holder, iso(now()), iso(now() + leaseMs)))) return now() + againMs;
  const guarded: DeliverWorld = { ...world, guard: (nowMs) => [leaseStatement(lease, holder, iso(nowMs + leaseMs))] };
  try {
    while (!signal.aborted) {
      const progress = await deliverNext(guarded, outlet, signal);
      if (progress.kind === 'waits') return progress.at;
      if (held !== null) await db.batch([saveChannelState(state(outlet, {}))]);
    }
    return null;
  } finally {
    await releaseLease(db, lease, holder);
  }
}

/** Sends all that is due now. Returns when, in milliseconds, something has to be tried again; null = nothing waits. */
export async function deliverAll(world: CourierWorld, signal: AbortSignal): Promise<number | null> {
  const states = await channelStates(world.db);
  const times = await Promise.all(
    world.outlets.map(async (outlet) => {
      try {
        return await serve(world, outlet, states.get(outlet.name), signal);
      } catch (error) {
        world.onError(error, outlet.name);
        return world.now() + againMs;
      }
    }),
  );
  const waiting = times.filter((time) => time !== null);
  return waiting.length === 0 ? null : Math.min(...waiting);
}
