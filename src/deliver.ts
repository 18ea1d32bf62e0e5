// The outbox at work: claim → pin → send → settle, in the order of each channel.
import type { Channel, Draft, DraftStyle, Parcel } from './channels/define.ts';
import type { Db, Statement } from './store/define.ts';
import {
  type DeliveryRow, giveUpChannel, insertDelivery, messagesOf, nextOwed, pageSent, pin, putOff, saveMessage, settle,
} from './store/deliveries.ts';
import { type ChannelState, saveChannelState } from './store/standing.ts';
import { storyById } from './store/stories.ts';
import type { Delivery, Iso, Json, Mark, Outcome, Story, StoryItem } from './types.ts';

export interface Outlet {
  readonly name: string;
  /** Tells one place from another: when it changes, a hold or an end is forgotten. */
  readonly address: string;
  readonly channel: Channel;
  readonly style: (draft: Draft) => DraftStyle;
}

export interface DeliverWorld {
  readonly db: Db;
  readonly now: () => number;
  /** Between 0 and 1. */
  readonly random: () => number;
  readonly guard: (nowMs: number) => readonly Statement[];
  readonly onOutcome: (delivery: Delivery, outcome: Outcome) => void;
  /** What operators are told when a channel is gone or a message was refused. */
  readonly notice: (title: string, text: string) => readonly Statement[];
}

export type Progress =
  /** Something was settled: come again at once. */
  | { readonly kind: 'went on' }
  /** Nothing is due; `at` in milliseconds when the channel is to be asked again, null = when something new is owed. */
  | { readonly kind: 'waits'; readonly at: number | null };

const hourMs = 3_600_000;
const longestMs = 15 * 60_000;

function iso(ms: number): Iso {
  return new Date(ms).toISOString();
}

/** Doubles from two seconds to fifteen minutes, less up to a fifth so that retries spread. */
export function backOffMs(attempts: number, random: number): number {
  return Math.round(Math.min(longestMs, 2_000 * 2 ** Math.min(attempts, 20)) * (1 - random / 5));
}

interface Claimed {
  readonly draft: Draft;
  readonly revision: number;
  readonly to: Parcel['to'];
  /** The story whose card this is, when it is one. */
  readonly card: Story | null;
}

interface ReplyContent {
  readonly turns: readonly Mark[];
}

interface GroupContent {
  readonly title: string;
  readonly url: string | null;
  readonly items: readonly StoryItem[];
}

/** Decides at the claim what a delivery says: a card or an edit, a reply or the card it has to be instead. Null = nothing. */
async function claim(db: Db, outlet: Outlet, delivery: DeliveryRow): Promise<Claimed | null> {
  switch (delivery.form) {
    case 'card':
    case 'reply': {
      const story = await storyById(db, delivery.subject);
      if (story === null) return null;
      const message = (await messagesOf(db, [story.id])).find((entry) => entry.channel === outlet.name);
      const card: Claimed = { draft: { form: 'card', story }, revision: story.revision, to: null, card: story };
      if (delivery.form === 'card') {
        if (message === undefined) return card;
        const stale = message.sentRevision >= story.revision;
        if (message.messageId === null || !outlet.channel.edits || stale) return null;
        return { ...card, to: { edit: message.messageId } };
      }
      if (message === undefined || message.messageId === null) return card;
      const { turns } = delivery.content as unknown as ReplyContent;
      const to = { reply: message.messageId };
      return { draft: { form: 'reply', story, turns }, revision: delivery.revision, to, card: null };
    }
    case 'group': {
      const { title, url, items } = delivery.content as unknown as GroupContent;
      return { draft: { form: 'group', title, url, items }, revision: delivery.revision, to: null, card: null };
    }
    case 'notice': {
      const { title, text } = delivery.content as unknown as { readonly title: string; readonly text: string };
      return { draft: { form: 'notice', title, text }, revision: delivery.revision, to: null, card: null };
    }
    case 'digest':
      return null;
  }
}

/** Pinned content carries where it goes, so that a repeat after a crash goes to the same place. */
interface Pin {
  readonly to: Parcel['to'];
  readonly card: boolean;
  readonly page: Json;
}

async function pinned(world: DeliverWorld, outlet: Outlet, delivery: DeliveryRow): Promise<DeliveryRow | 'nothing' | 'conflict'> {
  const nowMs = world.now();
  if (delivery.pinned !== null) {
    const statements = [...world.guard(nowMs), pin(delivery, delivery.pinned, delivery.revision, iso(nowMs))];
    if ((await world.db.batch(statements)) === 'conflict') return 'conflict';
    return { ...delivery, attempts: delivery.attempts + 1, doubtSince: delivery.doubtSince ?? iso(nowMs) };
  }
  const claimed = await claim(world.db, outlet, delivery);
  if (claimed === null) {
    await world.db.batch([settle(delivery.id, 'sent', [], 'nothing to say any more', iso(nowMs))]);
    return 'nothing';
  }
  const pages = outlet.channel.pages(claimed.draft, outlet.style(claimed.draft), delivery);
  const sealed = pages.map((page): Pin => ({ to: claimed.to, card: claimed.card !== null, page }));
  const statements = [...world.guard(nowMs), pin(delivery, sealed as unknown as readonly Json[], claimed.revision, iso(nowMs))];
  if ((await world.db.batch(statements)) === 'conflict') return 'conflict';
  return {
    ...delivery, pinned: sealed as unknown as readonly Json[], revision: claimed.revision, attempts: delivery.attempts + 1,
    doubtSince: delivery.doubtSince ?? iso(nowMs),
  };
}

/** When the story went on while its card was on the way, the newer revision follows as an edit. */
function followUp(delivery: Delivery, now: Iso): Statement {
  return {
    sql: `INSERT INTO deliveries (id, channel, subject, revision, form, seq, not_before, state, attempts, content, sent, made_at)
      SELECT s.id || '@' || s.revision || '>' || $2 || '/card', $2, s.id, s.revision, 'card', $3, $4, 'owed', 0, 'null', '[]', $4
      FROM stories s WHERE s.id = $1 AND s.revision > $5 ON CONFLICT DO NOTHING`,
    params: [delivery.subject, delivery.channel, delivery.seq, now, delivery.revision],
  };
}

async function settled(world: DeliverWorld, outlet: Outlet, delivery: DeliveryRow, sealed: Pin, outcome: Outcome, earlier: Iso | null): Promise<Progress> {
  const nowMs = world.now();
  const now = iso(nowMs);
  switch (outcome.kind) {
    case 'sent': {
      const sent = [...delivery.sent, outcome.messageId ?? ''];
      if (sent.length < (delivery.pinned?.length ?? 0)) {
        await world.db.batch([pageSent(delivery.id, sent)]);
        return { kind: 'went on' };
      }
      const id = sealed.to !== null && 'edit' in sealed.to ? sealed.to.edit : (sent[0] ?? '');
      const card = sealed.card ? [saveMessage(delivery.subject, outlet.name, id, delivery.revision), followUp(delivery, now)] : [];
      await world.db.batch([settle(delivery.id, 'sent', sent, null, now), ...card]);
      return { kind: 'went on' };
    }
    case 'later': {
      const wait = outcome.hold === true ? hourMs : (outcome.afterMs ?? backOffMs(delivery.attempts, world.random()));
      const at = nowMs + wait;
      // An attempt that surely did not arrive leaves the doubt of an earlier one standing.
      const doubt = outcome.doubtful ? delivery.doubtSince : earlier;
      const hold = outcome.hold === true ? [saveChannelState(state(outlet, { holdUntil: iso(at), reason: outcome.reason }))] : [];
      await world.db.batch([putOff(delivery.id, iso(at), outcome.reason, doubt), ...hold]);
      return { kind: 'waits', at };
    }
    case 'dead': {
      if (outcome.gone) {
        const notice = world.notice(`channel ${outlet.name} is gone`, outcome.reason);
        const gone = saveChannelState(state(outlet, { goneAt: now, reason: outcome.reason }));
        await world.db.batch([giveUpChannel(outlet.name, outcome.reason, now), gone, ...notice]);
        return { kind: 'waits', at: null };
      }
      const deleted = outcome.reason === 'message deleted';
      const card = sealed.card || deleted ? [saveMessage(delivery.subject, outlet.name, null, delivery.revision)] : [];
      const notice = deleted ? [] : world.notice(`a message to ${outlet.name} was refused`, `${delivery.id}: ${outcome.reason}`);
      await world.db.batch([settle(delivery.id, deleted ? 'sent' : 'dead', delivery.sent, outcome.reason, now), ...card, ...notice]);
      return { kind: 'went on' };
    }
  }
}

export function state(outlet: Pick<Outlet, 'name' | 'address'>, change: Partial<ChannelState>): ChannelState {
  return { name: outlet.name, address: outlet.address, holdUntil: null, reason: null, goneAt: null, ...change };
}

/** Sends the next page that is owed to a channel. The caller holds the channel's lease. */
export async function deliverNext(world: DeliverWorld, outlet: Outlet, signal: AbortSignal): Promise<Progress> {
  const nowMs = world.now();
  const next = await nextOwed(world.db, outlet.name, iso(nowMs));
  if (next === null) return { kind: 'waits', at: null };
  if (next.attempts > 0 && Date.parse(next.notBefore) > nowMs) return { kind: 'waits', at: Date.parse(next.notBefore) };
  const ready = await pinned(world, outlet, next);
  if (ready === 'nothing' || ready === 'conflict') return { kind: 'went on' };
  const index = ready.sent.length;
  const sealed = ready.pinned?.[index] as unknown as Pin | undefined;
  if (sealed === undefined) {
    await world.db.batch([settle(ready.id, 'sent', ready.sent, 'nothing to say', iso(world.now()))]);
    return { kind: 'went on' };
  }
  const earlier = next.doubtSince;
  const parcel: Parcel = { id: `${ready.id}#${index}`, form: ready.form, page: sealed.page, to: sealed.to, doubtSince: earlier };
  const outcome = await outlet.channel.send(parcel, signal);
  world.onOutcome(ready, outcome);
  return settled(world, outlet, ready, sealed, outcome, earlier);
}

export function noticeStatement(channel: string, title: string, text: string, seq: number, now: Iso): Statement {
  const subject = `notice:${title}`;
  const id = `${subject}@${now}>${channel}/notice`;
  const delivery: Delivery = {
    id, subject, revision: 1, channel, form: 'notice', seq, notBefore: now, attempts: 0, content: { title, text }, pinned: null, sent: [],
    doubtSince: null,
  };
  return insertDelivery(delivery, now);
}
