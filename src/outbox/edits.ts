// Edits that were rate limited are put back: they delay replies to their card for a moment, and nothing else.
import type { OutgoingPage } from '../channels/define.ts';
import type { Db } from '../store/define.ts';
import type { DeliveryRow } from '../store/deliveries.ts';
import type { Held } from '../store/holds.ts';
import { putBackUntil, waitingBefore } from '../store/put-back.ts';
import { putOff } from '../store/settling.ts';
import { iso } from '../types/time.ts';

/** How long a reply waits for the edit of its card; after that it is sent without it. */
const patienceMs = 60_000;

export function isEdit({ to }: Pick<OutgoingPage, 'to'>): boolean {
  return to !== null && 'edit' in to;
}

/** The earliest retry of a delivery that was put back in a channel, in milliseconds since the epoch; null = there is none. */
export async function backAt(db: Db, channel: string, nowMs: number): Promise<number | null> {
  const at = await putBackUntil(db, channel, iso(nowMs));
  return at === null ? null : Date.parse(at);
}

/** Postpones a reply behind deliveries that come before it; false = it may be sent. */
export async function waitsForEdit(
  { db, lease }: { readonly db: Db; readonly lease: Pick<Held, 'guard'> },
  next: DeliveryRow,
  nowMs: number,
): Promise<boolean> {
  const until = await waitingBefore(db, next, iso(nowMs), iso(nowMs + patienceMs));
  if (until === null) return false;
  await db.batch([...lease.guard(), putOff(next.id, until, { code: 'message.after-edit', params: {} }, null)]);
  return true;
}
