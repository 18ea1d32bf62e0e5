// The kind of a channel (text, announcements, a thread, a forum), requested once and remembered.
import { z } from 'zod';
import type { Connection, RestAnswer } from './connection.ts';

export interface ForumTag {
  readonly id: string;
  readonly name: string;
  /** Only moderators may apply it. */
  readonly moderated: boolean;
}

export interface DiscordPlace {
  /** `forum` includes media channels: every new message there is a post. */
  readonly kind: 'text' | 'announcements' | 'thread' | 'forum';
  readonly channel: string;
  readonly guild: string | null;
  /** The tags of a forum; empty for other kinds. */
  readonly tags: readonly ForumTag[];
}

export interface DiscordPlaces {
  readonly ask: (signal: AbortSignal) => Promise<DiscordPlace | Exclude<RestAnswer, { kind: 'answer' }>>;
  /** To be called when it may have changed; the next `ask` requests it again. */
  readonly forget: () => void;
  /** To be called when tags were created. */
  readonly learn: (place: DiscordPlace) => void;
}

/** Minutes of inactivity after which Discord archives a thread or post; a new message reopens it. */
export const archiveAfter = 10_080;

const tagShape = z.object({ id: z.string(), name: z.string(), moderated: z.boolean().catch(false) });
const channelShape = z.object({
  type: z.number(),
  guild_id: z.string().optional(),
  available_tags: z.array(z.unknown()).catch([]),
});

/** https://discord.com/developers/docs/resources/channel#channel-object-channel-types */
export function kindOf(type: number): DiscordPlace['kind'] {
  if (type === 15 || type === 16) return 'forum';
  if (type === 5) return 'announcements';
  return type === 10 || type === 11 || type === 12 ? 'thread' : 'text';
}

/** Null when the answer is not a channel. */
export function readPlace(channel: string, body: unknown): DiscordPlace | null {
  const read = channelShape.safeParse(body);
  if (!read.success) return null;
  const { type, guild_id: guild = null, available_tags: tags } = read.data;
  return { kind: kindOf(type), channel, guild, tags: tags.flatMap((tag) => tagShape.safeParse(tag).data ?? []) };
}

export function createPlaces(connection: Connection, channel: string): DiscordPlaces {
  let known: DiscordPlace | null = null;
  return {
    ask: async (signal) => {
      if (known !== null) return known;
      const answer = await connection.call({ method: 'GET', path: `/channels/${channel}`, auth: true }, signal);
      if (answer.kind !== 'answer') return answer;
      known = readPlace(channel, answer.body);
      return known ?? { kind: 'lost', reached: false, reason: { code: 'discord.channel-unsaid', params: {} } };
    },
    forget: () => {
      known = null;
    },
    learn: (place) => {
      known = place;
    },
  };
}
