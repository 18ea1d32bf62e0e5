// Direct messages to one person, as a channel: once the conversation is open, messages are sent like in any other channel.
import { z } from 'zod';
import type { SendReason } from '../../types/reasons/sending.ts';
import type { Channel, ChannelKind } from '../define.ts';
import { createBotSend } from './by-bot.ts';
import { type Connection, connectionOf, paceOfToken } from './connection.ts';
import { createFinder, createSelf } from './doubt.ts';
import { lookOf } from './look.ts';
import { readPage } from './page.ts';
import { createPlaces, type DiscordPlaces } from './place.ts';
import { render } from './render.ts';

const options = z.object({ person: z.string().regex(/^\d{1,20}$/) });
const opened = z.object({ id: z.string().regex(/^\d+$/) });

/** Discord blocks bots that open conversations quickly: after a few at once, one every so many milliseconds. */
const openEveryMs = 3_000;
const openAtOnce = 5;

type Pace = (nowMs: number) => number;

/** Milliseconds to wait before opening another conversation; 0 = allowed now, and counted. */
function createPace(): Pace {
  let freeAt = 0;
  return (nowMs) => {
    const earliest = Math.max(freeAt, nowMs - (openAtOnce - 1) * openEveryMs);
    if (earliest > nowMs) return earliest - nowMs;
    freeAt = earliest + openEveryMs;
    return 0;
  };
}

/** One pace per connection, shared by all people. */
const paces = new WeakMap<Connection, Pace>();

function paceOf(connection: Connection): Pace {
  const pace = paces.get(connection) ?? createPace();
  paces.set(connection, pace);
  return pace;
}

const waits: SendReason = { code: 'discord.limited', params: { scope: 'direct messages' } };

/** Opening a conversation is idempotent at Discord, so opening it again gives the same one. */
function createConversation(connection: Connection, person: string, now: () => number): DiscordPlaces {
  return createPlaces(async (signal) => {
    const afterMs = paceOf(connection)(now());
    if (afterMs > 0) return { kind: 'limited', afterMs, reason: waits };
    const body = { recipient_id: person };
    const answer = await connection.call({ method: 'POST', path: '/users/@me/channels', body, auth: true }, signal);
    if (answer.kind !== 'answer') return answer;
    const read = opened.safeParse(answer.body);
    return read.success
      ? { kind: 'text', channel: read.data.id, guild: null, tags: [] }
      : { kind: 'lost', reached: false, reason: { code: 'discord.channel-unsaid', params: {} } };
  });
}

/** Not available in the configuration file: people subscribe with a button. */
export const directMessages: ChannelKind = {
  kind: 'direct',
  options,
  usable: () => true,
  open: (given, world): Channel => {
    const { person } = options.parse(given);
    const connection = connectionOf(world);
    const sender = { connection, find: createFinder(connection, createSelf(connection)), now: world.now };
    const { send } = createBotSend(sender, createConversation(connection, person, world.now), null);
    return {
      kind: 'direct',
      ...paceOfToken(world),
      edits: true,
      pages: (draft, style, delivery) =>
        render(draft, style, delivery.id, { ...lookOf(world), ...(world.pressable ? { press: 'person' } : {}) }),
      send: async (outgoing, signal) => {
        const page = readPage(outgoing.page);
        if (page === null) return { kind: 'dead', reason: { code: 'message.not-discord', params: {} }, gone: false };
        return send(outgoing, page, signal);
      },
    };
  },
};
