// Delivers: claim → pin → send → settle, in each channel's order.

import type { OutgoingPage } from '../channels/define.ts';
import { saveChannelState } from '../store/channel-states.ts';
import type { Db, Statement } from '../store/define.ts';
import { type DeliveryRow, nextOwed } from '../store/deliveries.ts';
import { forgetAdditions } from '../store/guilds.ts';
import type { Held } from '../store/holds.ts';
import { saveSent } from '../store/moving.ts';
import { putBack } from '../store/put-back.ts';
import {
  followUp,
  giveUpChannel,
  giveUpEntries,
  pageSent,
  pin,
  putOff,
  settle,
  tellIn,
  unpin,
} from '../store/settling.ts';
import type { Iso } from '../types/core.ts';
import type { Delivery, Outcome, PinnedPage } from '../types/delivery.ts';
import type { AnyReason } from '../types/reasons/reason.ts';
import type { SendReason } from '../types/reasons/sending.ts';
import { hourMs, iso } from '../types/time.ts';
import { claim } from './claim.ts';
import { backAt, isEdit, waitsForEdit } from './edits.ts';
import { held, state } from './held.ts';
import type { StoredPlace } from './place.ts';
import type { Notice, OutboxTarget } from './target.ts';

export interface DeliverWorld {
  readonly db: Db;
  readonly now: () => number;
  /** A random number between 0 and 1. */
  readonly random: () => number;
  /** The lease on the channel. */
  readonly lease: Held;
  readonly place: StoredPlace;
  /** Whether many channels are owed something; left out = never. */
  readonly crowded?: () => boolean;
  /** Name of this worker, stored with what it pins. */
  readonly holder: string;
  readonly onOutcome: (delivery: Delivery, outcome: Outcome) => void;
  /** Statements for a notice to operators that a channel is held or gone, or a message was refused. */
  readonly notice: (notice: Notice) => readonly Statement[];
  /** Waits out a rate limit; without it, even the shortest limit postpones the delivery. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

export type Progress =
  /** Something was settled: call again at once. */
  | { readonly kind: 'went on' }
  /** Nothing can be sent before `at` (milliseconds since the epoch); null = until something new is owed. */
  | { readonly kind: 'waits'; readonly at: number | null }
  /** Only deliveries that were put back are waiting, until `at` in milliseconds; anything newly owed is sent at once. */
  | { readonly kind: 'rests'; readonly at: number };

/** A page that certainly was not sent and may be sent again this soon is retried at once, without writing to the database. */
const briefMs = 6_000;
const longestMs = 15 * 60_000;

/** A longer wait is not believed: it is probably due to two clocks that differ. */
const longestRestMs = 6 * hourMs;

/** Doubles from two seconds up to fifteen minutes, shortened by up to a fifth to spread retries. */
export function backOffMs(attempts: number, random: number): number {
  return Math.round(Math.min(longestMs, 2_000 * 2 ** Math.min(attempts, 20)) * (1 - random / 5));
}

async function pinned(
  world: DeliverWorld,
  outboxTarget: OutboxTarget,
  delivery: DeliveryRow,
): Promise<DeliveryRow | 'nothing' | 'conflict'> {
  const nowMs = world.now();
  const by = { by: world.holder, now: iso(nowMs) };
  if (delivery.pinned !== null) {
    const again = pin(delivery, { pages: delivery.pinned, revision: delivery.revision, ...by });
    const statements = [...world.lease.guard(), again];
    if ((await world.db.batch(statements)) === 'conflict') return 'conflict';
    return { ...delivery, attempts: delivery.attempts + 1, doubtSince: delivery.doubtSince ?? iso(nowMs) };
  }
  const claimed = await claim(world.db, outboxTarget, delivery, iso(nowMs));
  if (claimed === null) {
    const reason: SendReason = { code: 'message.nothing-more', params: {} };
    const statements = [...world.lease.guard(), settle({ ...delivery, sent: [] }, 'sent', reason, iso(nowMs))];
    return (await world.db.batch(statements)) === 'conflict' ? 'conflict' : 'nothing';
  }
  const style = outboxTarget.style(claimed.draft);
  // Edits ping nobody.
  const isEdited = claimed.destination.to !== null && 'edit' in claimed.destination.to;
  const further = isEdited ? [] : ((await outboxTarget.pings?.(claimed.draft)) ?? []);
  const mention = [...style.mention, ...further];
  const pages = outboxTarget.channel.pages(claimed.draft, { ...style, mention }, delivery);
  const sealed = pages.map((page): PinnedPage => ({ ...claimed.destination, page }));
  const statements = [
    ...world.lease.guard(),
    pin(delivery, { pages: sealed, revision: claimed.revision, ...by }),
    ...claimed.also.map((entry) => tellIn(entry, delivery.id, iso(nowMs))),
  ];
  if ((await world.db.batch(statements)) === 'conflict') return 'conflict';
  return {
    ...delivery,
    pinned: sealed,
    revision: claimed.revision,
    attempts: delivery.attempts + 1,
    doubtSince: delivery.doubtSince ?? iso(nowMs),
  };
}

/** An attempt to send a page, and its outcome. */
interface Attempt<O extends Outcome = Outcome> {
  readonly delivery: DeliveryRow;
  readonly page: PinnedPage;
  readonly outcome: O;
  /** The doubt left by an earlier attempt; null = none. */
  readonly earlier: Iso | null;
}

type Of<K extends Outcome['kind']> = Attempt<Extract<Outcome, { readonly kind: K }>>;

function settled(world: DeliverWorld, outboxTarget: OutboxTarget, attempt: Attempt): Promise<Progress> {
  const { outcome } = attempt;
  switch (outcome.kind) {
    case 'sent':
      return afterSent(world, { ...attempt, outcome });
    case 'later':
      return afterLater(world, outboxTarget, { ...attempt, outcome });
    case 'dead':
      return outcome.gone
        ? afterGone(world, outboxTarget, { ...attempt, outcome })
        : afterRefused(world, outboxTarget, { ...attempt, outcome });
  }
}

/** Writes the outcome of an attempt and what it taught about the place, if this worker still holds the lease. */
async function write(world: DeliverWorld, outcome: Outcome, statements: readonly Statement[]): Promise<void> {
  await world.db.batch([...world.lease.guard(), ...world.place.learn(outcome, world.now()), ...statements]);
}

async function afterSent(world: DeliverWorld, { delivery, page, outcome }: Of<'sent'>): Promise<Progress> {
  const nowMs = world.now();
  const now = iso(nowMs);
  const sent = [...delivery.sent, outcome.messageId ?? ''];
  if (sent.length < (delivery.pinned?.length ?? 0)) {
    await write(world, outcome, [pageSent(delivery.id, sent)]);
    return { kind: 'went on' };
  }
  const id = page.card && page.to !== null ? page.to.edit : (sent[0] ?? '');
  const card = page.card ? [saveSent(delivery, id), followUp(delivery, now)] : [];
  await write(world, outcome, [settle({ ...delivery, sent }, 'sent', null, now), ...card]);
  return { kind: 'went on' };
}

async function afterLater(
  world: DeliverWorld,
  outboxTarget: OutboxTarget,
  { delivery, page, outcome, earlier }: Of<'later'>,
): Promise<Progress> {
  const wait =
    outcome.hold === true
      ? hourMs
      : Math.min(longestRestMs, outcome.afterMs ?? backOffMs(delivery.attempts, world.random()));
  const nowMs = world.now();
  const at = nowMs + wait;
  if (isEdit(page) && outcome.hold !== true) {
    // An edit can safely be repeated with newer content, so it is put back and news goes first.
    await write(world, outcome, [putBack(delivery.id, iso(at), outcome.reason)]);
    return { kind: 'went on' };
  }
  // An attempt that certainly failed does not remove the doubt left by an earlier one.
  const doubt = outcome.doubtful ? delivery.doubtSince : earlier;
  const hold = outcome.hold === true ? await held(world, outboxTarget, outcome.reason, at) : [];
  await write(world, outcome, [putOff(delivery.id, iso(at), outcome.reason, doubt), ...hold]);
  return { kind: 'waits', at };
}

function withEntries(delivery: DeliveryRow, reason: AnyReason): readonly Statement[] {
  return delivery.form === 'digest' ? [giveUpEntries(delivery.id, reason)] : [];
}

async function afterGone(
  world: DeliverWorld,
  outboxTarget: OutboxTarget,
  { delivery, outcome }: Of<'dead'>,
): Promise<Progress> {
  const { reason } = outcome;
  const now = iso(world.now());
  const { name } = outboxTarget;
  await write(world, outcome, [
    giveUpChannel(name, reason, now),
    ...withEntries(delivery, reason),
    saveChannelState(state(outboxTarget, { goneAt: now, reason })),
    ...(await forgetAdditions(world.db, name)),
    ...world.notice({ kind: 'channelGone', what: [name], reason }),
  ]);
  return { kind: 'waits', at: null };
}

async function afterRefused(
  world: DeliverWorld,
  { name }: OutboxTarget,
  { delivery, page, outcome }: Of<'dead'>,
): Promise<Progress> {
  const { reason } = outcome;
  const deleted = reason.code === 'message.deleted';
  if (deleted && delivery.form === 'reply' && !page.card && delivery.sent.length === 0) {
    // The message to reply to is gone, so this turn is posted as a card.
    await write(world, outcome, [unpin(delivery.id), saveSent(delivery, null)]);
    return { kind: 'went on' };
  }
  const card = page.card || deleted ? [saveSent(delivery, null)] : [];
  // A notice about a refused notice would probably be refused as well.
  const silent = deleted || delivery.form === 'notice';
  const which: SendReason = { code: 'message.refused', params: { delivery: delivery.id, cause: reason } };
  await write(world, outcome, [
    settle(delivery, deleted ? 'sent' : 'dead', reason, iso(world.now())),
    ...withEntries(delivery, reason),
    ...card,
    ...(silent ? [] : world.notice({ kind: 'messageRefused', what: [name], reason: which })),
  ]);
  return { kind: 'went on' };
}

/**
 * Sends one page, waiting out short delays. A worker that was suspended must not send what another has sent meanwhile: it
 * first
 * proves its lease, and a page that is not sent within the time which that proof covers is never sent.
 */
async function sent(
  world: DeliverWorld,
  outboxTarget: OutboxTarget,
  outgoing: OutgoingPage,
  signal: AbortSignal,
): Promise<Outcome | 'lost'> {
  const { lease } = world;
  for (;;) {
    if (!(await lease.prove())) return 'lost';
    const outcome = await outboxTarget.channel.send(outgoing, AbortSignal.any([signal, lease.signal]));
    if (lease.signal.aborted && outcome.kind !== 'sent') return 'lost';
    const waitMs = outcome.kind === 'later' && !outcome.doubtful && outcome.hold !== true ? outcome.afterMs : null;
    const brief = waitMs !== null && waitMs <= briefMs && !isEdit(outgoing);
    if (!brief || world.wait === undefined || signal.aborted) return outcome;
    await world.wait(waitMs, signal);
  }
}

/** Another worker has the channel now. */
function taken(world: DeliverWorld): Progress {
  return { kind: 'waits', at: world.now() + briefMs };
}

/** Sends the next page owed to a channel. The caller holds the channel's lease. */
export async function deliverNext(
  world: DeliverWorld,
  outboxTarget: OutboxTarget,
  signal: AbortSignal,
): Promise<Progress> {
  const nowMs = world.now();
  const next = await nextOwed(world.db, outboxTarget.name, iso(nowMs));
  if (next === null) {
    const at = await backAt(world.db, outboxTarget.name, nowMs);
    return at === null ? { kind: 'waits', at } : { kind: 'rests', at };
  }
  if (await waitsForEdit(world, next, nowMs)) return { kind: 'went on' };
  if (next.pinned !== null && next.attempts > 0 && Date.parse(next.notBefore) > nowMs)
    return { kind: 'waits', at: Date.parse(next.notBefore) };
  const ready = await pinned(world, outboxTarget, next);
  if (ready === 'conflict' && !(await world.lease.prove())) return taken(world);
  if (ready === 'nothing' || ready === 'conflict') return { kind: 'went on' };
  const index = ready.sent.length;
  const page = ready.pinned?.[index];
  if (page === undefined) {
    await world.db.batch([
      ...world.lease.guard(),
      settle(ready, 'sent', { code: 'message.nothing', params: {} }, iso(world.now())),
    ]);
    return { kind: 'went on' };
  }
  const earlier = next.doubtSince;
  const first = ready.sent[0] ?? null;
  const outgoing: OutgoingPage = {
    id: `${ready.id}#${index}`,
    form: ready.form,
    page: page.page,
    to: page.to,
    first,
    doubtSince: earlier,
    byAnother: earlier !== null && next.pinnedBy !== world.holder,
    known: world.place.known(),
    crowded: world.crowded?.() === true,
  };
  const outcome = await sent(world, outboxTarget, outgoing, signal);
  // The worker that has the channel now will search for an attempt that may have arrived.
  if (outcome === 'lost') return taken(world);
  world.onOutcome(ready, outcome);
  return settled(world, outboxTarget, { delivery: ready, page, outcome, earlier });
}
