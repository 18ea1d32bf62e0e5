// A channel by bot. The kind of channel behind its id is remembered; in a crowd, messages are sent before it is asked for.
import type { Json } from '../../types/core.ts';
import type { Learned, Outcome } from '../../types/delivery.ts';
import { createPlaceSend } from './by-place.ts';
import type { Connection } from './connection.ts';
import type { DiscordPage } from './page.ts';
import { type DiscordPlace, type DiscordPlaces, readPlace } from './place.ts';
import { asideOf, doubting, momentMs, type Outgoing, post, type Sender } from './send.ts';

export type BotSend = (outgoing: Outgoing, page: DiscordPage, signal: AbortSignal) => Promise<Outcome>;

interface BotChannel {
  readonly send: BotSend;
  /** Asks again for the kind of the channel, and publishes what was sent before it was known. Null = no capacity for it now. */
  readonly catchUp: (known: Json, signal: AbortSignal) => Promise<Learned | null>;
  /** The same connection, but what its answers say about the channel is remembered. */
  readonly heeding: (connection: Connection) => Connection;
}

/** Whether the outcome suggests that the remembered place is out of date. Nothing has been sent. */
function contradicts(outcome: Outcome, { kind }: DiscordPlace, isDirect: boolean): boolean {
  if (outcome.kind === 'sent') return false;
  const { code } = outcome.reason;
  // The stored conversation may be that of another bot.
  if (isDirect) return code === 'discord.no-channel' || code === 'discord.no-access';
  if (outcome.kind === 'later') return outcome.hold === true && code === 'discord.no-text';
  // Its tags may have been deleted.
  return kind === 'forum' && !outcome.gone && code === 'discord.refused';
}

/** Publishes messages that were sent before the channel was known to be for announcements. False = it must be repeated. */
async function publishUnseen(
  { connection }: Sender,
  places: DiscordPlaces,
  { kind, channel }: DiscordPlace,
  signal: AbortSignal,
): Promise<boolean> {
  for (const messageId of kind === 'announcements' ? places.unseen() : []) {
    const path = `/channels/${channel}/messages/${messageId}/crosspost` as const;
    const answer = await connection.call({ method: 'POST', path, auth: true, urgency: 'idle' }, signal);
    const isOver = answer.kind === 'answer' || answer.kind === 'refused';
    if (!isOver && !(answer.kind === 'limited' && answer.afterMs > momentMs)) return false;
    places.see(places.unseen().filter((one) => one !== messageId));
  }
  places.see([]);
  return true;
}

/** `channel`: the id to which a message may be sent before the kind of the channel is known; null = none. */
export function createBotSend(sender: Sender, places: DiscordPlaces, channel: string | null): BotChannel {
  const sendTo = createPlaceSend(sender, places);

  /** Most channels accept a plain message. A forum refuses it; then the place is returned. */
  async function sendUnseen(
    to: string,
    outgoing: Outgoing,
    page: DiscordPage,
    signal: AbortSignal,
  ): Promise<Outcome | DiscordPlace> {
    const { outcome } = await post(sender, { channel: to, outgoing, page, reply: null }, signal);
    if (outcome.kind === 'sent') {
      if (outcome.messageId !== null) places.see([...places.unseen(), outcome.messageId]);
      return outcome;
    }
    const isOther = outcome.kind === 'later' && outcome.hold === true && outcome.reason.code === 'discord.no-text';
    const place = isOther ? await places.ask(signal) : null;
    return place !== null && 'channel' in place && place.kind === 'forum' ? place : outcome;
  }

  /** With many waiting, a new message is sent without asking for the place first; edits, replies and doubts need the place. */
  async function sendFirst(outgoing: Outgoing, page: DiscordPage, signal: AbortSignal): Promise<Outcome> {
    const isPlain = outgoing.to === null && outgoing.doubtSince === null && (outgoing.first ?? null) === null;
    const isLoose = isPlain && channel !== null && outgoing.crowded === true;
    const place = isLoose ? await sendUnseen(channel, outgoing, page, signal) : await places.ask(signal);
    if ('messageId' in place || 'doubtful' in place || 'gone' in place) return place;
    // An error about the whole channel applies to every message in it.
    if (!('channel' in place)) return asideOf(place, outgoing);
    await publishUnseen(sender, places, place, signal);
    return sendTo(place, outgoing, page, signal);
  }

  async function sendAnywhere(outgoing: Outgoing, page: DiscordPage, signal: AbortSignal): Promise<Outcome> {
    const place = places.known();
    if (place === null) return sendFirst(outgoing, page, signal);
    const outcome = await sendTo(place, outgoing, page, signal);
    if (!contradicts(outcome, place, channel === null)) return outcome;
    places.forget();
    const now = await places.ask(signal);
    const isOther = 'channel' in now && JSON.stringify(now) !== JSON.stringify(place);
    return isOther ? sendTo(now, outgoing, page, signal) : outcome;
  }

  return {
    heeding: (connection) => ({
      call: async (call, signal) => {
        const answer = await connection.call(call, signal);
        const isIt = answer.kind === 'answer' && call.method === 'GET' && call.path === `/channels/${channel}`;
        const place = isIt && channel !== null ? readPlace(channel, answer.body) : null;
        if (place !== null) places.learn(place);
        return answer;
      },
    }),
    send: async (outgoing, page, signal) => {
      places.recall(outgoing.known);
      const outcome = await sendAnywhere(outgoing, page, signal);
      if (outcome.kind === 'later' && outcome.hold === true) places.forget();
      const learned = places.learned(outgoing.known);
      return { ...doubting(outcome, outgoing), ...(learned === null ? {} : { learned }) };
    },
    catchUp: async (known, signal) => {
      places.recall(known);
      const before = places.known();
      places.forget();
      const place = await places.ask(signal, 'idle');
      if ('channel' in place) {
        const isDone = await publishUnseen(sender, places, place, signal);
        return isDone ? (places.learned(known) ?? { known, behind: false }) : null;
      }
      if (before !== null) places.learn(before);
      if (place.kind !== 'refused') return null;
      // If Discord does not tell, the next message that needs the place asks again.
      places.see([]);
      return places.learned(known) ?? { known, behind: false };
    },
  };
}
