// The kind of a channel (text, announcements, a thread, a forum), requested once, remembered and stored.
import { z } from 'zod';
import type { Json } from '../../types/core.ts';
import type { Learned } from '../../types/delivery.ts';
import type { Urgency } from '../define.ts';
import type { Connection, RestAnswer } from './connection.ts';

// Types rather than interfaces, since they are stored as `Json`, to which the compiler does not assign an interface.
export type ForumTag = {
  readonly id: string;
  readonly name: string;
  /** Only moderators may apply it. */
  readonly moderated: boolean;
};

export type DiscordPlace = {
  /** `forum` includes media channels: every new message there is a post. */
  readonly kind: 'text' | 'announcements' | 'thread' | 'forum';
  readonly channel: string;
  readonly guild: string | null;
  /** The tags of a forum; empty for other kinds. */
  readonly tags: readonly ForumTag[];
};

export type Unplaced = Exclude<RestAnswer, { kind: 'answer' }>;

export interface DiscordPlaces {
  /** The known place, else what Discord answers. */
  readonly ask: (signal: AbortSignal, urgency?: Urgency) => Promise<DiscordPlace | Unplaced>;
  /** Null = not asked yet. */
  readonly known: () => DiscordPlace | null;
  /** Takes over the stored knowledge. */
  readonly recall: (stored: Json | undefined) => void;
  /** To be called when it may have changed; the next `ask` requests it again. */
  readonly forget: () => void;
  /** To be called when tags were created. */
  readonly learn: (place: DiscordPlace) => void;
  /** Ids of messages that were sent before it was known whether to publish them. */
  readonly unseen: () => readonly string[];
  readonly see: (left: readonly string[]) => void;
  /** What to store; null = no different from `stored`. */
  readonly learned: (stored: Json | undefined) => Learned | null;
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

/** The stored form. A changed form gets another `v`; a place with an unknown one is asked for again. */
type Stored = {
  readonly v: 1;
  readonly place: DiscordPlace | null;
  readonly unseen: readonly string[];
};

const nothing: Stored = { v: 1, place: null, unseen: [] };
/** The oldest beyond this number are not published: they would no longer be news. */
const unseenMost = 100;

function isStored(known: Json | undefined): known is Stored {
  return typeof known === 'object' && known !== null && 'v' in known && known.v === 1;
}

export function createPlaces(
  find: (signal: AbortSignal, urgency?: Urgency) => Promise<DiscordPlace | Unplaced>,
): DiscordPlaces {
  let kept: Stored = nothing;
  let taken: Json | undefined;
  return {
    ask: async (signal, urgency) => {
      if (kept.place !== null) return kept.place;
      const found = await find(signal, urgency);
      if ('channel' in found) kept = { ...kept, place: found };
      return found;
    },
    known: () => kept.place,
    recall: (stored) => {
      // The same stored value given again lacks what was learned since, so it is ignored.
      if (isStored(stored) && stored !== taken)
        kept = taken === undefined && kept.place !== null ? { ...stored, place: kept.place } : stored;
      taken = stored;
    },
    forget: () => {
      kept = { ...kept, place: null };
    },
    learn: (place) => {
      kept = { ...kept, place };
    },
    unseen: () => kept.unseen,
    see: (left) => {
      kept = { ...kept, unseen: left.slice(-unseenMost) };
    },
    learned: (stored) =>
      JSON.stringify(kept) === JSON.stringify(stored ?? nothing)
        ? null
        : { known: kept, behind: kept.unseen.length > 0 },
  };
}

/** The place of a fixed channel id. */
export function createFixedPlaces(connection: Connection, channel: string): DiscordPlaces {
  return createPlaces(async (signal, urgency) => {
    const answer = await connection.call({ method: 'GET', path: `/channels/${channel}`, auth: true, urgency }, signal);
    if (answer.kind !== 'answer') return answer;
    const place = readPlace(channel, answer.body);
    return place ?? { kind: 'lost', reached: false, reason: { code: 'discord.channel-unsaid', params: {} } };
  });
}
